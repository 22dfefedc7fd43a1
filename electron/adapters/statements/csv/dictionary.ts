// What banks call their columns, in nine languages. A name is evidence for a column's role, never proof: the cells must fit.

export type Role =
  | 'bookingDate'
  | 'valueDate'
  | 'transactionDate'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'indicator'
  | 'balance'
  | 'description'
  | 'counterparty'
  | 'counterpartyAccount'
  | 'endToEndId'
  | 'sourceId'
  | 'currency'
  | 'account'
  | 'fee'
  | 'status';

/** Names of each role, the surest first; English, German, Dutch, French, Polish, Swedish, Spanish, Italian, Czech mixed. */
const NAMES: Readonly<Record<Role, string>> = {
  bookingDate:
    'buchungstag, buchungsdatum, booking date, posting date, posted date, post date, date posted, completed date, boekdatum, boekingsdatum, date comptable, date de comptabilisation, data ksiegowania, bokforingsdag, bokforingsdatum, bokford, fecha contable, data contabile, data registrazione, datum zauctovani, date operation, date de l operation, date d operation, data operacji, fecha operacion, fecha de operacion, f operacion, data operazione, datum provedeni, datum odepsani, buchung, date, datum, fecha, data, dato, transaction date, transactiedatum, transaktionsdatum, data transakcji, belegdatum, trans date, posted',
  valueDate:
    'wertstellung, wertstellungsdatum, valutadatum, value date, rentedatum, date valeur, date de valeur, data waluty, valutadag, fecha valor, f valor, data valuta, datum valuty, valuta, wert, value',
  transactionDate:
    'transaction date, started date, purchase date, trans date, kaufdatum, belegdatum, transactiedatum, transaktionsdatum, data transakcji, data operacji, fecha transaccion, data transazione, date operation, date de l operation, fecha operacion, data operazione, datum provedeni',
  amount:
    'net, amount, betrag, umsatz, bedrag, montant, kwota, belopp, importe, importo, castka, transaction amount, transactiebedrag, kwota operacji, kwota transakcji, montant de l operation, objem, bedrag af bij, gross, brutto, value',
  debit:
    'soll, lastschrift, belastung, debit, debit amount, money out, paid out, withdrawal, withdrawals, withdrawal amt, debet, debito, dare, addebiti, addebito, obciazenia, uitgaven, cargo, cargos, uttag, uscite, vydaje, ausgang, ausgaben, spent, af',
  credit:
    'haben, gutschrift, credit, credit amount, money in, paid in, deposit, deposits, deposit amt, kredit, credito, avere, accrediti, accredito, uznania, inkomsten, abono, abonos, insattning, entrate, prijmy, eingang, einnahmen, received, bij',
  indicator:
    'soll haben, soll haben kennzeichen, s h, sh, debit credit, credit debit, credit debit indicator, creditdebitindicator, dc, d c, cr dr, dr cr, af bij, debet credit, dare avere, sign, vorzeichen, kennzeichen, kz, strona, wn ma, transaction type, type, typ, details',
  balance:
    'saldo nach buchung, balance, saldo, running bal, running balance, saldo na mutatie, saldo na trn, solde, saldo po operacji, saldo po transakcji, zustatek, kontostand, balance after, bookedbalance, ledger balance, saldo contabile, saldo disponible, konto saldo',
  description:
    'verwendungszweck, description, omschrijving, omschrijving 1, omschrijving 2, omschrijving 3, mededelingen, libelle, libelle operation, libelle de l operation, opis operacji, opis, tytul, tytul operacji, text, rubrik, beskrivning, concepto, descripcion, descrizione, descrizione operazione, causale, popis, zprava pro prijemce, poznamka, avisierungstext, transaction description, memo, narrative, notes, notes and tags, details, payment reference, communication, mededeling, observaciones, meddelande, betreff, vorgang, buchungstext, reference, bewegungstyp',
  counterparty:
    'beguenstigter zahlungspflichtiger, begunstigter zahlungspflichtiger, begunstigter auftraggeber, auftraggeber empfanger, zahlungsempfanger in, zahlungsempfanger, empfanger, name zahlungsbeteiligter, partner name, payee, merchant, merchant name, counterparty, counterparty name, naam tegenpartij, naam omschrijving, tegenpartij, contrepartie, beneficiaire, kontrahent, nadawca odbiorca, namn, mottagare, avsandare, beneficiario, ordenante, nazev protiuctu, nazev protistrany, protistrana, zahlungspflichtige r, name',
  counterpartyAccount:
    'partner iban, kontonummer iban, iban kontonummer, iban zahlungsbeteiligter, tegenrekening, tegenrekening iban bban, gegenkonto, counterparty iban, counterparty account, payee account number, numer konta, numer rachunku, compte contrepartie, protiucet, cislo protiuctu, iban',
  endToEndId: 'kundenreferenz end to end, end to end id, end to end, end to end reference, endtoendid, kundenreferenz',
  sourceId:
    'bank reference, transaction id, transactionid, transaction reference, transactiereferentie, reference number, transaktions id, id operacji, id transakce, id pohybu, volgnr, fitid, id',
  currency:
    'currency, wahrung, waehrung, munt, muntsoort, devise, waluta, valuta, moneda, divisa, mena, currency code, valutakod',
  account:
    'auftragskonto, iban auftragskonto, iban kontoinhaber, account, account number, account no, iban bban, rekening, rekeningnummer, rachunek, compte, cuenta, conto, cislo uctu, own account, konto',
  fee: 'fee, gebuhr',
  status: 'balance impact, status, state, umsatzstatus, statut, estado, stato, stav, info',
};

const RANKS: ReadonlyMap<Role, ReadonlyMap<string, number>> = new Map(
  Object.entries(NAMES).map(([role, names]) => [
    role as Role,
    new Map(names.split(', ').map((name, rank) => [name, rank])),
  ]),
);

/** A header cell without case, accents, marks and the currency in it: `Betrag (EUR)` is `betrag`, `#Kwota` is `kwota`. */
export function headerWords(header: string): string {
  return header
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ø', 'o')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[([](?:[a-z]{3}|\p{Sc})[)\]]|\b(?:in )?(?:eur|usd|gbp|chf|pln|sek|nok|dkk|czk|euros?)\b|€|£|\$/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** How sure a header names a role, 0 surest; null where it does not. */
export function rankOf(role: Role, header: string): number | null {
  return RANKS.get(role)?.get(headerWords(header)) ?? null;
}

/** A currency in a header, `Betrag (EUR)`, `Betrag (€)`, `Gutschrift in CHF`; null where there is none. */
export function headerCurrency(header: string): string | null {
  const found = /(?:[([]|\bin |[-_ ])([A-Z]{3}|€|£|[Ee]uros?)[)\]]?\s*$/.exec(header)?.[1];
  if (found === undefined) return null;
  return found === '£' ? 'GBP' : found === '€' || /^euro/i.test(found) ? 'EUR' : found;
}

/** Pairs of texts that say money out and money in, lower case. */
export const DIRECTIONS: readonly (readonly [string, string])[] = [
  ['s', 'h'],
  ['d', 'c'],
  ['dr', 'cr'],
  ['db', 'cr'],
  ['dbit', 'crdt'],
  ['debit', 'credit'],
  ['soll', 'haben'],
  ['af', 'bij'],
  ['debet', 'credit'],
  ['debet', 'kredit'],
  ['debito', 'credito'],
  ['débit', 'crédit'],
  ['dare', 'avere'],
  ['cargo', 'abono'],
  ['wn', 'ma'],
  ['obciążenie', 'uznanie'],
  ['-', '+'],
  ['out', 'in'],
];

/** What texts of a status column say, lower case. */
export interface StatusTexts {
  readonly booked: readonly string[];
  readonly pending: readonly string[];
  readonly ignored: readonly string[];
}

/** Families of status texts: states of a booking, and PayPal's effect on the balance. */
export const STATUS_TEXTS: readonly StatusTexts[] = [
  {
    booked:
      'completed, complete, booked, posted, cleared, settled, gebucht, umsatz gebucht, geboekt, verwerkt, executed, zaksięgowana, rozliczona, bokförd, contabilizado, contabilizzato, zaúčtováno, comptabilisé'.split(
        ', ',
      ),
    pending:
      'pending, vorgemerkt, umsatz vorgemerkt, authorised, authorized, reserved, reserverad, en attente, oczekująca, blokada, pendiente, in attesa, in behandeling, čeká'.split(
        ', ',
      ),
    ignored:
      'reverted, declined, failed, cancelled, canceled, denied, rejected, storniert, abgelehnt, geweigerd, refusé, odrzucona, rechazado, rifiutato'.split(
        ', ',
      ),
  },
  { booked: ['credit', 'debit'], pending: [], ignored: ['memo'] },
];

/** What a text says in a family, null where it says nothing. */
export function statusOf(family: StatusTexts, text: string): keyof StatusTexts | null {
  return (['booked', 'pending', 'ignored'] as const).find((state) => family[state].includes(text)) ?? null;
}

/** First words of totals and notices that stand among or behind rows. */
export const TOTAL_WORDS =
  /^[\W_]*(?:total|totaal|totale|totaux|summe|gesamt|suma|celkem|summa|saldo|solde|balance|kontostand|zustatek|opening|closing|beginning|ending|anfangs|end|schluss|start|alter|neuer|disclaimer|stan)/iu;
