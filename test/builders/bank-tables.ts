// Small CSV files in the habits of banks, written by hand with invented rows. What each must give stands beside it.
import iconv from 'iconv-lite';

/** A bank's table. `asked`: topics that the proposal leaves open; `answers`: what a person would say to them. Sums in minor units. */
export interface BankTable {
  readonly bank: string;
  readonly bytes: Buffer;
  readonly asked: readonly string[];
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly statements: readonly BankStatement[];
  readonly warnings?: readonly string[];
  /** Parts of rows by their place in the file's statements. */
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
}

export interface BankStatement {
  readonly account?: string;
  readonly currency: string;
  readonly rows: number;
  readonly booked: number;
  readonly pending?: number;
  readonly opening?: number;
  readonly closing?: number;
}

const lines = (...texts: readonly string[]): string => `${texts.join('\r\n')}\r\n`;
const utf8 = (...texts: readonly string[]): Buffer => Buffer.from(lines(...texts));
const inCharset = (charset: string, ...texts: readonly string[]): Buffer => iconv.encode(lines(...texts), charset);

export const BANK_TABLES: readonly BankTable[] = [
  {
    bank: 'Sparkasse (CAMT layout, cp1252)',
    bytes: inCharset(
      'windows-1252',
      '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"',
      '"DE89370400440532013000";"31.12.26";"31.12.26";"FOLGELASTSCHRIFT";"Beitrag 12/26; Mitglied ""Süd""";"DE98ZZZ";"M1";"E2E-1";"";"";"";"Bäckerei Müller";"DE02120300000000202051";"BYLADEM1001";"-1.234,56";"EUR";"Umsatz gebucht"',
      '"DE89370400440532013000";"30.12.26";"30.12.26";"GUTSCHRIFT";"Rechnung 7";"";"";"NOTPROVIDED";"";"";"";"Kunde GmbH";"DE02500105170137075030";"INGDDEFF";"2.000,00";"EUR";"Umsatz gebucht"',
      '"DE89370400440532013000";"30.12.26";"02.01.27";"KARTENZAHLUNG";"";"";"";"";"";"";"";"Tankstelle";"";"";"-50,00";"EUR";"Umsatz vorgemerkt"',
    ),
    asked: [],
    statements: [{ account: 'DE89370400440532013000', currency: 'EUR', rows: 3, booked: 76_544, pending: -5000 }],
    rows: [
      {
        bookingDate: '2026-12-31',
        amountMinor: '-123456',
        counterparty: 'Bäckerei Müller',
        counterpartyAccount: 'DE02120300000000202051',
        endToEndId: 'E2E-1',
        description: 'FOLGELASTSCHRIFT Beitrag 12/26; Mitglied "Süd"',
      },
      { endToEndId: null },
      { state: 'pending', valueDate: '2027-01-02' },
    ],
  },
  {
    bank: 'DKB (preamble)',
    bytes: Buffer.from(
      `\ufeff${lines(
        '"Girokonto";"DE89370400440532013000"',
        '"Zeitraum:";"01.12.2026 - 31.12.2026"',
        '"Kontostand vom 31.12.2026:";"1.500,00 €"',
        '""',
        '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"',
        '"31.12.26";"31.12.26";"Gebucht";"Office";"Stadtwerke";"Strom";"Ausgang";"DE02120300000000202051";"-99,9";"";"";""',
        '"30.12.26";"";"Vorgemerkt";"Kunde";"Office";"Honorar";"Eingang";"DE02500105170137075030";"1.200";"";"";"K-1"',
      )}`,
    ),
    asked: [],
    statements: [{ currency: 'EUR', rows: 2, booked: -9990, pending: 120_000 }],
    rows: [
      { counterparty: 'Stadtwerke', description: 'Office Strom' },
      { state: 'pending', endToEndId: 'K-1' },
    ],
  },
  {
    bank: 'ING-DE (two columns named Währung, running balance, newest first)',
    bytes: inCharset(
      'iso-8859-15',
      'Umsatzanzeige;Datei erstellt am: 02.01.2027 08:00',
      '',
      'IBAN;DE89 3704 0044 0532 0130 00',
      'Kontoname;Girokonto',
      'Zeitraum;01.12.2026 - 31.12.2026',
      'Saldo;900,00;EUR',
      '',
      'Sortierung;Datum absteigend',
      '',
      'Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung',
      '31.12.2026;31.12.2026;Café "Zum Löwen";Lastschrift;12" Pizza;900,00;EUR;-100,00;EUR',
      '30.12.2026;30.12.2026;Kunde;Gutschrift;Rechnung;1.000,00;EUR;250,50;EUR',
    ),
    asked: [],
    statements: [{ currency: 'EUR', rows: 2, booked: 15_050, opening: 74_950, closing: 90_000 }],
    rows: [{ counterparty: 'Café "Zum Löwen"', description: 'Lastschrift 12" Pizza', balanceAfterMinor: '90000' }],
  },
  {
    bank: 'Deutsche Bank (Soll and Haben, footer with a balance)',
    bytes: inCharset(
      'windows-1252',
      'Umsätze Girokonto;;;Kundennummer: 123 4567890',
      '01.12.2026 - 31.12.2026',
      'Letzter Kontostand;;;;1.000,00;EUR',
      'Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.',
      'Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung',
      '15.12.2026;15.12.2026;SEPA-Lastschrift;Versicherung;Beitrag;DE02120300000000202051;BYLADEM1001;R-1;;;;;;;;-300,00;;EUR',
      '16.12.2026;16.12.2026;SEPA-Gutschrift;Kunde;Rechnung 9;DE02500105170137075030;INGDDEFF;;;;;;;;;;1.500,00;EUR',
      'Kontostand;31.12.2026;;;2.200,00;EUR',
    ),
    asked: [],
    statements: [{ currency: 'EUR', rows: 2, booked: 120_000 }],
    rows: [{ amountMinor: '-30000', rawAmount: '-300,00', rawSign: 'soll' }, { amountMinor: '150000' }],
  },
  {
    bank: 'ING-NL (Af Bij)',
    bytes: utf8(
      '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mutatiesoort","Mededelingen"',
      '"20261231","Albert, Heijn","NL69INGB0123456789","","BA","Af","12,50","Betaalautomaat","Pasvolgnr: 001"',
      '"20261230","Klant BV","NL69INGB0123456789","NL13TEST0123456789","OV","Bij","1210,00","Overschrijving","Factuur 5"',
    ),
    asked: [],
    statements: [{ account: 'NL69INGB0123456789', currency: 'EUR', rows: 2, booked: 119_750 }],
    rows: [
      { amountMinor: '-1250', rawSign: 'Af', counterparty: 'Albert, Heijn' },
      { counterpartyAccount: 'NL13TEST0123456789' },
    ],
  },
  {
    bank: 'Rabobank NL (running balance, oldest first)',
    bytes: utf8(
      '"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij","Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie","Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2","Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"',
      '"NL44RABO0123456789","EUR","RABONL2U","000000000000000101","2026-12-01","2026-12-01","-12,50","+987,50","NL69INGB0123456789","Bakker","","","INGBNL2A","ba","","","","","","Brood","voor 2 dagen"," ","","","",""',
      '"NL44RABO0123456789","EUR","RABONL2U","000000000000000102","2026-12-02","2026-12-02","+1250,00","+2237,50","NL13TEST0123456789","Klant","","","TESTNL2A","cb","","REF-1","","","","Factuur 6",""," ","","","",""',
    ),
    asked: [],
    statements: [
      { account: 'NL44RABO0123456789', currency: 'EUR', rows: 2, booked: 123_750, opening: 100_000, closing: 223_750 },
    ],
    rows: [{ description: 'Brood voor 2 dagen', counterparty: 'Bakker' }],
  },
  {
    bank: 'Monzo',
    bytes: utf8(
      'Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In',
      'tx_0001,31/12/2026,23:59:59,Card payment,Café Nero,☕,Eating out,-3.40,GBP,-4.00,EUR,,1 High St,,CAFE NERO DUBLIN,,-3.40,',
      'tx_0002,31/12/2026,09:00:00,Faster payment,Client Ltd,,Income,500.00,GBP,500.00,GBP,inv 9,,,INVOICE 9,,,500.00',
    ),
    asked: [],
    statements: [{ currency: 'GBP', rows: 2, booked: 49_660 }],
    rows: [{ sourceId: 'tx_0001', counterparty: 'Café Nero', description: 'CAFE NERO DUBLIN' }],
  },
  {
    bank: 'Barclays (no currency, twins)',
    bytes: utf8(
      'Number,Date,Account,Amount,Subcategory,Memo',
      ' ,31/12/2026,20-00-00 12345678,-2.80,Debit,COFFEE SHOP',
      ' ,31/12/2026,20-00-00 12345678,-2.80,Debit,COFFEE SHOP',
      ' ,30/12/2026,20-00-00 12345678,1000.00,Counter Credit,CLIENT',
    ),
    asked: ['currency'],
    answers: { currency: 'GBP' },
    statements: [{ account: '20-00-00 12345678', currency: 'GBP', rows: 3, booked: 99_440 }],
  },
  {
    bank: 'Chase (a delimiter more in every row)',
    bytes: utf8(
      'Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #',
      'DEBIT,12/31/2026,"ACME SUPPLIES, INC",-120.25,ACH_DEBIT,879.75,,',
      'CREDIT,12/30/2026,"DEPOSIT ID 1",1000.00,DEPOSIT,1000.00,,',
    ),
    asked: ['currency'],
    answers: { currency: 'USD' },
    statements: [{ currency: 'USD', rows: 2, booked: 87_975, opening: 0, closing: 87_975 }],
    rows: [{ description: 'ACME SUPPLIES, INC' }],
  },
  {
    bank: 'Bank of America (preamble of totals, a balance among the rows)',
    bytes: utf8(
      'Description,,Summary Amt.',
      'Beginning balance as of 12/01/2026,,"1,000.00"',
      'Total credits,,"1,500.00"',
      'Total debits,,"-250.10"',
      'Ending balance as of 12/31/2026,,"2,249.90"',
      '',
      'Date,Description,Amount,Running Bal.',
      '12/01/2026,Beginning balance as of 12/01/2026,,"1,000.00"',
      '12/15/2026,"OFFICE RENT","-250.10","749.90"',
      '12/16/2026,"CLIENT PAYMENT","1,500.00","2,249.90"',
    ),
    asked: ['currency'],
    answers: { currency: 'USD' },
    statements: [{ currency: 'USD', rows: 2, booked: 124_990, opening: 100_000, closing: 224_990 }],
  },
  {
    bank: 'Revolut (states, fees)',
    bytes: utf8(
      'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance',
      'TOPUP,Current,2026-12-01 08:00:00,2026-12-01 08:00:05,Top-Up,100.00,0.00,EUR,COMPLETED,100.00',
      'TRANSFER,Current,2026-12-02 23:59:00,2026-12-03 00:01:00,To client,-20.00,0.50,EUR,COMPLETED,79.50',
      'CARD_PAYMENT,Current,2026-12-04 10:00:00,,Shop,-5.00,0.00,EUR,REVERTED,',
      'CARD_PAYMENT,Current,2026-12-05 10:00:00,,Hotel,-30.00,0.00,EUR,PENDING,',
    ),
    asked: [],
    statements: [{ currency: 'EUR', rows: 3, booked: 7950, pending: -3000, opening: 0, closing: 7950 }],
    warnings: ['BOOKING_DATE_MISSING'],
    rows: [{}, { amountMinor: '-2050', rawAmount: '-20.00', transactionDate: '2026-12-02', bookingDate: '2026-12-03' }],
  },
  {
    bank: 'mBank PL (preamble, currency in the cells, footer, cp1250)',
    bytes: inCharset(
      'windows-1250',
      'mBank S.A. Bankowość Detaliczna;',
      '#Klient;JAN ŻÓŁĆ;',
      '#Za okres:;01.12.2026;31.12.2026;',
      '#Waluta;#Wpływy;#Wydatki;',
      'PLN;1 500,00;-265,44;',
      '',
      '#Data operacji;#Data księgowania;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji;',
      '2026-12-15;2026-12-16;ZAKUP PRZY UŻYCIU KARTY;"SKLEP \'ŻABKA\'";"";\'\';-265,44;734,56;',
      '2026-12-17;2026-12-17;PRZELEW PRZYCHODZĄCY;"FAKTURA 5";"KLIENT SP. Z O.O.";\'61109010140000071219812874\';1\u00a0500,00;2\u00a0234,56;',
      '',
      ';;;;;;#Saldo końcowe;2\u00a0234,56 PLN;',
    ),
    asked: [],
    statements: [{ currency: 'PLN', rows: 2, booked: 123_456, opening: 100_000, closing: 223_456 }],
    rows: [
      {
        bookingDate: '2026-12-16',
        transactionDate: '2026-12-15',
        description: "ZAKUP PRZY UŻYCIU KARTY SKLEP 'ŻABKA'",
      },
      { counterpartyAccount: '61109010140000071219812874' },
    ],
  },
  {
    bank: 'PostFinance CH (two columns, balance once a day, disclaimer)',
    bytes: Buffer.from(
      `\ufeff${lines(
        'Datum von:;="01.12.2026"',
        'Datum bis:;="31.12.2026"',
        'Konto:;="CH9300762011623852957"',
        'Währung:;="CHF"',
        '',
        'Buchungsdatum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF',
        "17.12.2026;EINKAUF MIGROS;;-20.50;17.12.2026;1'979.50",
        '16.12.2026;GUTSCHRIFT KUNDE AG;1500.00;;16.12.2026;2000.00',
        '16.12.2026;BARGELDBEZUG;;-100.00;16.12.2026;',
        '',
        'Disclaimer:',
        'Dies ist kein durch die PostFinance AG erstelltes Dokument.',
      )}`,
    ),
    asked: [],
    statements: [{ currency: 'CHF', rows: 3, booked: 137_950, opening: 60_000, closing: 197_950 }],
    rows: [{ amountMinor: '-2050' }, { amountMinor: '150000', valueDate: '2026-12-16' }],
  },
  {
    bank: 'Nordea SE',
    bytes: Buffer.from(
      `\ufeff${lines(
        'Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta',
        '2026/12/31;-123,45;1234 56 78901;;;Kortköp ICA;9876,55;SEK',
        '2026/12/30;10000,00;;1234 56 78901;Kund AB;Faktura 12;10000,00;SEK',
      )}`,
    ),
    asked: [],
    statements: [{ currency: 'SEK', rows: 2, booked: 987_655, opening: 0, closing: 987_655 }],
    rows: [{}, { counterparty: 'Kund AB' }],
  },
  {
    bank: 'PayPal (currencies that alternate, rows without effect)',
    bytes: Buffer.from(
      `\ufeff${lines(
        '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Balance","Balance Impact"',
        '"31/12/2026","10:00:00","GMT","Buyer A","Website Payment","Completed","USD","100.00","-3.20","96.80","a@x.example","o@x.example","TX1","96.80","Credit"',
        '"31/12/2026","11:00:00","GMT","Buyer B","Website Payment","Completed","EUR","1,050.00","-31.00","1,019.00","b@x.example","o@x.example","TX2","1,019.00","Credit"',
        '"31/12/2026","11:30:00","GMT","Buyer C","Order","Pending","EUR","40.00","0.00","40.00","c@x.example","o@x.example","TX3","1,019.00","Memo"',
        '"31/12/2026","12:00:00","GMT","","Withdrawal","Completed","USD","-50.00","0.00","-50.00","o@x.example","","TX4","46.80","Debit"',
        '"31/12/2026","13:00:00","GMT","Shop","Payment","Completed","EUR","-19.00","0.00","-19.00","o@x.example","s@x.example","TX5","1,000.00","Debit"',
      )}`,
    ),
    asked: [],
    statements: [
      { currency: 'USD', rows: 2, booked: 4680, opening: 0, closing: 4680 },
      { currency: 'EUR', rows: 2, booked: 100_000, opening: 0, closing: 100_000 },
    ],
    rows: [{ sourceId: 'TX1', counterparty: 'Buyer A' }, { sourceId: 'TX4' }, { sourceId: 'TX2' }],
  },
  {
    bank: 'Crédit Agricole FR (preamble of sentences, lines within cells)',
    bytes: inCharset(
      'windows-1252',
      'Téléchargement du 02/01/2027;;;',
      'Compte de Dépôt carte n° 01234567890;;;',
      'Solde au 31/12/2026 1 234,56 €;;;',
      ';;;',
      'Date;Libellé;Débit euros;Crédit euros;',
      '31/12/2026;"PAIEMENT PAR CARTE   ',
      'X1234 BOULANGERIE";12,50;;',
      '30/12/2026;"VIREMENT EN VOTRE FAVEUR',
      'CLIENT SARL";;1 210,00;',
    ),
    asked: [],
    statements: [{ currency: 'EUR', rows: 2, booked: 119_750 }],
    rows: [{ description: 'PAIEMENT PAR CARTE X1234 BOULANGERIE' }],
  },
];
