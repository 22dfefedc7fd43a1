// Words that common passwords are made of, lower case, without the digits and marks people add. It is compared offline; nothing is sent anywhere.

/**
 * Stems of the passwords that head every published list of leaked ones, and the words of this trade. A password is common when
 * nothing but one of them (or two) is left after removing what people add.
 */
export const COMMON_STEMS: ReadonlySet<string> = new Set(
  `password passwort passw passwd kennwort motdepasse contrasena wachtwoord haslo parola senha qwerty qwertz azerty qwertyuiop qwertzuiop
  asdfgh asdfghjkl zxcvbn zxcvbnm yxcvbnm qazwsx qazwsxedc asdf abcd abcde abcdef abcdefgh abcdefghijklmnopqrstuvwxyz letmein welcome
  willkommen bienvenue admin administrator root user guest login master secret geheim private access default change changeme test
  testing temp temporary demo sample monkey dragon iloveyou loveyou love lover sunshine princess football baseball basketball soccer
  hockey superman batman spiderman pokemon starwars trustno shadow michael jordan michelle jennifer jessica ashley charlie daniel
  andrew thomas robert joshua matthew anthony william nicole hunter killer soldier ranger ginger pepper cookie chocolate butterfly
  purple orange yellow silver golden diamond flower summer winter spring autumn sommer herbst january february march april june july
  august september october november december monday tuesday wednesday thursday friday saturday sunday freedom whatever computer
  internet samsung google microsoft windows apple facebook linkedin dropbox amazon hello hallo hallihallo bonjour family forever
  friend friends angel angels baby babygirl jesus christ heaven blessed liverpool arsenal chelsea manchester united barcelona juventus
  mustang ferrari porsche mercedes yamaha harley corvette phoenix thunder matrix merlin maverick falcon eagle tiger panther
  buster bailey maggie lucky happy cheese banana pineapple strawberry mother father mustermann schatz schalke dortmund bayern
  account accounts accounting accountant accountancy bookkeeping bookkeeper buchhaltung steuer steuerberater kanzlei comptable tax
  taxes ledger invoice finance finances money office bank banking client clients strongroom company business payroll audit auditor
  one two three four five six seven eight nine zero eins zwei drei first last new old my the is and you correcthorsebatterystaple
  correct horse battery staple thisis thisismy mypassword password1234 nopassword`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
