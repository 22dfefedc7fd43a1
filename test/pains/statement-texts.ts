// The small statements that the pains are replayed from, as the banks write them. A row is written once and means the same in every format.
import type { CsvProfile, QifProfile } from '../../shared/model/statement-profile.ts';
import { CurrencyCode } from '../../shared/model/currency.ts';
import { aCsvProfile, named } from '../builders/csv-profiles.ts';

/** `amount` is a decimal with its sign, plus is money in. `id` is the bank's own reference. */
export interface PainRow {
  readonly date: string;
  readonly amount: string;
  readonly text: string;
  readonly name?: string;
  readonly id?: string;
  readonly pending?: boolean;
}

/** `from` and `to` are its days; `opening` is left out where the bank states none. */
export interface PainStatement {
  readonly rows: readonly PainRow[];
  readonly from: string;
  readonly to: string;
  readonly opening?: string;
  readonly closing?: string;
  readonly iban?: string;
  readonly currency?: string;
}

export const IBAN = 'DE89370400440532013000';
export const OTHER_IBAN = 'DE02120300000000202051';

const isDebit = (amount: string): boolean => amount.startsWith('-');
const unsigned = (amount: string): string => amount.replace(/^[-+]/, '');
const compact = (date: string): string => date.replaceAll('-', '');
const xmlText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const camtAmount = (amount: string, currency: string): string =>
  `<Amt Ccy="${currency}">${unsigned(amount)}</Amt><CdtDbtInd>${isDebit(amount) ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;

/** One CAMT entry; `more` is put into its details. */
export function camtEntry({ date, amount, text, name, id, pending }: PainRow, currency = 'EUR', more = ''): string {
  const party = isDebit(amount) ? 'Cdtr' : 'Dbtr';
  return [
    `<Ntry>${camtAmount(amount, currency)}<Sts><Cd>${pending ? 'PDNG' : 'BOOK'}</Cd></Sts><BookgDt><Dt>${date}</Dt></BookgDt>`,
    `<ValDt><Dt>${date}</Dt></ValDt>${id ? `<AcctSvcrRef>${id}</AcctSvcrRef>` : ''}<NtryDtls><TxDtls>${more}`,
    name ? `<RltdPties><${party}><Pty><Nm>${xmlText(name)}</Nm></Pty></${party}></RltdPties>` : '',
    `<RmtInf><Ustrd>${xmlText(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  ].join('');
}

export function camtBalance(
  type: string,
  amount: string,
  { date, currency }: { date: string; currency: string },
): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp>${camtAmount(amount, currency)}<Dt><Dt>${date}</Dt></Dt></Bal>`;
}

/** A CAMT statement around balances and entries as they stand. */
export function camtAround({ from, to, iban = IBAN, currency = 'EUR' }: PainStatement, inside: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr><MsgId>M</MsgId><CreDtTm>${to}T20:00:00+02:00</CreDtTm></GrpHdr><Stmt><Id>S</Id><CreDtTm>${to}T20:00:00+02:00</CreDtTm>`,
    `<FrToDt><FrDtTm>${from}T00:00:00+01:00</FrDtTm><ToDtTm>${to}T23:59:59+02:00</ToDtTm></FrToDt>`,
    `<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>`,
    inside,
    '</Stmt></BkToCstmrStmt></Document>\n',
  ].join('');
}

export function camt(statement: PainStatement): string {
  const { rows, from, to, opening, closing, currency = 'EUR' } = statement;
  return camtAround(
    statement,
    [
      opening === undefined ? '' : camtBalance('OPBD', opening, { date: from, currency }),
      closing === undefined ? '' : camtBalance('CLBD', closing, { date: to, currency }),
      ...rows.map((row) => camtEntry(row, currency)),
    ].join('\n'),
  );
}

const ofxRow = ({ date, amount, text, name = '', id, pending }: PainRow, at: number): string => {
  const tag = pending ? 'STMTTRNP' : 'STMTTRN';
  const [posted, fitid] = pending ? ['DTTRAN', ''] : ['DTPOSTED', `<FITID>${id ?? `F${compact(date)}${at}`}`];
  return `<${tag}><TRNTYPE>${isDebit(amount) ? 'DEBIT' : 'CREDIT'}<${posted}>${compact(date)}<TRNAMT>${amount}${fitid}<NAME>${xmlText(name)}<MEMO>${xmlText(text)}</${tag}>`;
};

const OFX_HEADER =
  'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:UTF-8\r\nCHARSET:NONE\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n';

/** OFX names a German account by bank code and number, which are the last 18 digits of its IBAN. */
export function ofx({ rows, from, to, closing, iban = IBAN, currency = 'EUR' }: PainStatement): string {
  const booked = rows.filter(({ pending }) => !pending).map(ofxRow);
  const waiting = rows.filter(({ pending }) => pending).map(ofxRow);
  return [
    OFX_HEADER,
    '<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260501120000<LANGUAGE>GER</SONRS></SIGNONMSGSRSV1>',
    `<BANKMSGSRSV1><STMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>${currency}`,
    `<BANKACCTFROM><BANKID>${iban.slice(4, 12)}<ACCTID>${iban.slice(12)}<ACCTTYPE>CHECKING</BANKACCTFROM>`,
    `<BANKTRANLIST><DTSTART>${compact(from)}<DTEND>${compact(to)}${booked.join('\n')}</BANKTRANLIST>`,
    waiting.length > 0 ? `<BANKTRANLISTP><DTASOF>${compact(to)}${waiting.join('\n')}</BANKTRANLISTP>` : '',
    closing === undefined ? '' : `<LEDGERBAL><BALAMT>${closing}<DTASOF>${compact(to)}</LEDGERBAL>`,
    '</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n',
  ].join('\n');
}

/** The same in a card's envelope, as card banks hand it out. */
export function cardOfx({ rows, from, to, closing = '0.00', currency = 'EUR' }: PainStatement): string {
  return [
    OFX_HEADER,
    '<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260501120000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>',
    `<CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><CCSTMTRS><CURDEF>${currency}`,
    `<CCACCTFROM><ACCTID>4111000011112222</CCACCTFROM><BANKTRANLIST><DTSTART>${compact(from)}<DTEND>${compact(to)}${rows.map(ofxRow).join('\n')}</BANKTRANLIST>`,
    `<LEDGERBAL><BALAMT>${closing}<DTASOF>${compact(to)}</LEDGERBAL></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>\n`,
  ].join('\n');
}

const swiftDate = (date: string): string => compact(date).slice(2);
const swiftAmount = (amount: string): string => unsigned(amount).replace('.', ',');
const swiftBalance = (amount: string, date: string, currency: string): string =>
  `${isDebit(amount) ? 'D' : 'C'}${swiftDate(date)}${currency}${swiftAmount(amount)}`;
const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** Fields 61 and 86 of a row; `beside` is put into subfield 9. */
export function swiftRow({ date, amount, text, name = '', id }: PainRow, beside = ''): string[] {
  const day = swiftDate(date);
  const parts = text.match(/.{1,27}/gsu) ?? [''];
  const purpose = parts.map((part, at) => `?${20 + at}${at === 0 ? 'SVWZ+' : ''}${part}`).join('');
  return [
    `:61:${day}${day.slice(2)}${isDebit(amount) ? 'D' : 'C'}${swiftAmount(amount)}NMSCNONREF${id ? `//${id}` : ''}`,
    ...(beside === '' ? [] : [beside]),
    `:86:166?00BUCHUNG${purpose}?32${name}`,
  ];
}

const swiftAccount = (iban: string): string => `:25:${iban.slice(4, 12)}/${iban.slice(12)}`;

/** Its opening balance is of the day before, as most banks write it. */
export function mt940(statement: PainStatement, lines?: readonly string[]): string {
  const { rows, from, to, opening = '0.00', closing = '0.00', iban = IBAN, currency = 'EUR' } = statement;
  return [
    ':20:STARTUMS',
    swiftAccount(iban),
    ':28C:1/1',
    `:60F:${swiftBalance(opening, dayBefore(from), currency)}`,
    ...(lines ?? rows.flatMap((row) => swiftRow(row))),
    `:62F:${swiftBalance(closing, to, currency)}`,
    '-',
    '',
  ].join('\r\n');
}

/** A report of what is not booked yet. */
export function mt942({ rows, to, iban = IBAN, currency = 'EUR' }: PainStatement): string {
  const total = (debit: boolean): string => {
    const some = rows.filter(({ amount }) => isDebit(amount) === debit);
    const cents = some.reduce((sum, { amount }) => sum + BigInt(unsigned(amount).replace('.', '')), 0n);
    const digits = cents.toString().padStart(3, '0');
    return `${some.length}${currency}${digits.slice(0, -2)},${digits.slice(-2)}`;
  };
  return [
    ':20:STARTDISPE',
    swiftAccount(iban),
    ':28C:1/1',
    `:34F:${currency}0,`,
    `:13D:${swiftDate(to)}1200+0100`,
    ...rows.flatMap((row) => swiftRow(row)),
    `:90D:${total(true)}`,
    `:90C:${total(false)}`,
    '-',
    '',
  ].join('\r\n');
}

/** A German bank's table: day first, decimal comma, semicolons, a state, no word of the account. */
export function csv({ rows }: PainStatement): string {
  const lines = rows.map(({ date, amount, text, name = '', pending }) => {
    const [year, month, day] = date.split('-');
    return `${day}.${month}.${year};${name};${text};${amount.replace('.', ',')};${pending ? 'vorgemerkt' : 'gebucht'}`;
  });
  return ['Buchungstag;Name;Verwendungszweck;Betrag;Status', ...lines, ''].join('\r\n');
}

export const CSV_PROFILE: CsvProfile = aCsvProfile({
  delimiter: ';',
  decimalMark: ',',
  dateOrder: 'dmy',
  amount: { kind: 'signed', amount: named('Betrag', 3) },
  bookingDate: named('Buchungstag'),
  counterparty: named('Name', 1),
  description: [named('Verwendungszweck', 2)],
  status: { column: named('Status', 4), booked: ['gebucht'], pending: ['vorgemerkt'], ignored: [] },
});

/** Rows as a UK Open Banking API answers them: records of `Data.Transaction`. */
export function bankRecords(rows: readonly PainRow[], currency = 'EUR'): object[] {
  return rows.map(({ date, amount, text, name, id, pending }) => ({
    ...(id === undefined ? {} : { TransactionId: id }),
    CreditDebitIndicator: isDebit(amount) ? 'Debit' : 'Credit',
    Status: pending ? 'PDNG' : 'BOOK',
    BookingDateTime: `${date}T00:00:00+00:00`,
    TransactionInformation: text,
    Amount: { Amount: unsigned(amount), Currency: currency },
    ...(name === undefined ? {} : { [isDebit(amount) ? 'CreditorAccount' : 'DebtorAccount']: { Name: name } }),
  }));
}

/** Quicken's records, month first. */
export function qif({ rows }: PainStatement): string {
  const records = rows.map(({ date, amount, text, name = '' }) => {
    const [year, month, day] = date.split('-');
    return `D${month}/${day}/${year}\nT${amount}\nP${name}\nM${text}\n^`;
  });
  return ['!Type:Bank', ...records, ''].join('\n');
}

export const QIF_PROFILE: QifProfile = {
  format: 'qif',
  charset: 'utf-8',
  dateOrder: 'mdy',
  decimalMark: '.',
  currency: CurrencyCode.parse('EUR'),
};
