// Writes the invented rows as statement files of every format, piece by piece, so that nobody holds a large file whole. Same count, same bytes.
import { type StatementProfile, QifProfile } from '../../shared/model/statement-profile.ts';
import { aCsvProfile, named } from '../builders/csv-profiles.ts';
import { decimal, escapeXml } from '../builders/statement-files.ts';
import { type BenchRow, OWN_IBAN, ROWS_A_DAY, amountOf, benchRow, sumOf } from './statement-rows.ts';

export const BENCH_FORMATS = ['ofx1', 'ofx2', 'camt', 'mt940', 'csv', 'qif', 'bai2'] as const;
export type BenchFormat = (typeof BENCH_FORMATS)[number];

const PIECE = 65_536;
const OPENING = 1_000_000;

/** How a format is written: what stands before all rows, each row, and what stands behind them. */
interface Writing {
  readonly head: (count: number) => string;
  readonly row: (row: BenchRow, index: number) => string;
  readonly tail: (count: number) => string;
  readonly charset: 'utf8' | 'latin1';
}

const compact = (date: string): string => date.replaceAll('-', '');
const lastDay = (count: number): string => benchRow(count - 1).date;
const closing = (count: number): number => OPENING + sumOf(count);

function ofx(xml: boolean): Writing {
  const leaf = (name: string, value: string): string => `<${name}>${value}${xml ? `</${name}>` : ''}\n`;
  const status = `<STATUS>\n${leaf('CODE', '0')}${leaf('SEVERITY', 'INFO')}</STATUS>\n`;
  const header = xml
    ? '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
    : 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n';
  return {
    charset: xml ? 'utf8' : 'latin1',
    head: (count) =>
      `${header}<OFX>\n<SIGNONMSGSRSV1>\n<SONRS>\n${status}${leaf('DTSERVER', '20260105120000')}${leaf('LANGUAGE', 'ENG')}</SONRS>\n</SIGNONMSGSRSV1>\n` +
      `<BANKMSGSRSV1>\n<STMTTRNRS>\n${leaf('TRNUID', '0')}${status}<STMTRS>\n${leaf('CURDEF', 'EUR')}` +
      `<BANKACCTFROM>\n${leaf('BANKID', '37040044')}${leaf('ACCTID', '0532013000')}${leaf('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>\n` +
      `<BANKTRANLIST>\n${leaf('DTSTART', compact(benchRow(0).date))}${leaf('DTEND', compact(lastDay(count)))}`,
    row: ({ date, amountMinor, name, purpose, reference }) =>
      `<STMTTRN>\n${leaf('TRNTYPE', amountMinor < 0 ? 'DEBIT' : 'CREDIT')}${leaf('DTPOSTED', `${compact(date)}120000[+1:CET]`)}` +
      `${leaf('TRNAMT', decimal(amountMinor))}${leaf('FITID', reference)}${leaf('NAME', escapeXml(name))}${leaf('MEMO', escapeXml(purpose))}</STMTTRN>\n`,
    tail: (count) =>
      `</BANKTRANLIST>\n<LEDGERBAL>\n${leaf('BALAMT', decimal(closing(count)))}${leaf('DTASOF', compact(lastDay(count)))}</LEDGERBAL>\n` +
      '</STMTRS>\n</STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>\n',
  };
}

const camtAmount = (amountMinor: number): string =>
  `<Amt Ccy="EUR">${decimal(Math.abs(amountMinor))}</Amt><CdtDbtInd>${amountMinor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
const camtBalance = (code: string, amountMinor: number, date: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${camtAmount(amountMinor)}<Dt><Dt>${date}</Dt></Dt></Bal>\n`;

const camt: Writing = {
  charset: 'utf8',
  head: (count) =>
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>\n' +
    '<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-05T12:00:00+01:00</CreDtTm></GrpHdr>\n<Stmt><Id>S1</Id><CreDtTm>2026-01-05T12:00:00+01:00</CreDtTm>' +
    `<FrToDt><FrDtTm>${benchRow(0).date}T00:00:00+01:00</FrDtTm><ToDtTm>${lastDay(count)}T23:59:59+01:00</ToDtTm></FrToDt>\n` +
    `<Acct><Id><IBAN>${OWN_IBAN}</IBAN></Id><Ccy>EUR</Ccy><Nm>Operating account</Nm></Acct>\n` +
    camtBalance('OPBD', OPENING, benchRow(0).date) +
    camtBalance('CLBD', closing(count), lastDay(count)),
  row: (row) => {
    const party = row.amountMinor < 0 ? 'Cdtr' : 'Dbtr';
    return (
      `<Ntry><NtryRef>${row.reference}</NtryRef>${camtAmount(row.amountMinor)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${row.date}</Dt></BookgDt><ValDt><Dt>${row.date}</Dt></ValDt>` +
      `<AcctSvcrRef>${row.reference}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>` +
      `<NtryDtls><TxDtls><Refs><EndToEndId>${row.endToEndId}</EndToEndId></Refs><RltdPties><${party}><Pty><Nm>${escapeXml(row.name)}</Nm></Pty></${party}>` +
      `<${party}Acct><Id><IBAN>${row.iban}</IBAN></Id></${party}Acct></RltdPties><RmtInf><Ustrd>${escapeXml(row.purpose)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`
    );
  },
  tail: () => '</Stmt></BkToCstmrStmt></Document>\n',
};

const swiftAmount = (amountMinor: number): string => decimal(Math.abs(amountMinor)).replace('.', ',');
const swiftBalance = (amountMinor: number, date: string): string =>
  `${amountMinor < 0 ? 'D' : 'C'}${compact(date).slice(2)}EUR${swiftAmount(amountMinor)}\r\n`;

/** `?20…?21…`: 27 characters each. */
function subfields(text: string, key = 20): string {
  return text === '' ? '' : `?${key}${text.slice(0, 27)}${subfields(text.slice(27), key + 1)}`;
}

function wrapped(line: string): string {
  let text = `${line.slice(0, 65)}\r\n`;
  for (let at = 65; at < line.length; at += 65) text += `${line.slice(at, at + 65)}\r\n`;
  return text;
}

function mt940Row({ date, amountMinor, name, iban, purpose, endToEndId, reference }: BenchRow): string {
  const day = compact(date).slice(2);
  const mark = amountMinor < 0 ? 'D' : 'C';
  const references = subfields(`EREF+${endToEndId}`);
  const information = `${mark === 'D' ? '177?00ÜBERWEISUNG' : '166?00GUTSCHRIFT'}?109310${references}${subfields(`SVWZ+${purpose}`, 21)}?30${iban.slice(4, 12)}?31${iban}?32${name.slice(0, 27)}`;
  return `:61:${day}${day.slice(2)}${mark}${swiftAmount(amountMinor)}N${mark === 'D' ? '177' : '166'}NONREF//${reference}\r\n${wrapped(`:86:${information}`)}`;
}

/** One message a day, as banks send them. */
function mt940(): Writing {
  let balance = OPENING;
  const open = (day: number, date: string): string =>
    `:20:STARTUMS\r\n:25:37040044/0532013000\r\n:28C:${day + 1}/1\r\n:60F:${swiftBalance(balance, date)}`;
  return {
    charset: 'latin1',
    head: () => '',
    row: (row, index) => {
      const first = index % ROWS_A_DAY === 0;
      const close = first && index > 0 ? `:62F:${swiftBalance(balance, benchRow(index - 1).date)}-\r\n` : '';
      const start = first ? close + open(index / ROWS_A_DAY, row.date) : '';
      balance += row.amountMinor;
      return start + mt940Row(row);
    },
    tail: (count) => `:62F:${swiftBalance(balance, lastDay(count))}-\r\n`,
  };
}

const german = (date: string): string => `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;

function csv(): Writing {
  let balance = OPENING;
  const cents = (amountMinor: number): string => decimal(amountMinor).replace('.', ',');
  return {
    charset: 'utf8',
    head: () =>
      `"Konto";"${OWN_IBAN}"\r\n\r\n"Buchungstag";"Valuta";"Empfänger";"IBAN";"Verwendungszweck";"Referenz";"Betrag";"Saldo"\r\n`,
    row: ({ date, name, iban, purpose, endToEndId, amountMinor }) => {
      balance += amountMinor;
      return `"${german(date)}";"${german(date)}";"${name}";"${iban}";"${purpose}";"${endToEndId}";"${cents(amountMinor)}";"${cents(balance)}"\r\n`;
    },
    tail: () => '',
  };
}

const qif: Writing = {
  charset: 'latin1',
  head: () => '!Type:Bank\n',
  row: ({ date, amountMinor, name, purpose, reference }) =>
    `D${german(date).replaceAll('.', '/')}\nT${decimal(amountMinor)}\nP${name}\nM${purpose}\nN${reference}\n^\n`,
  tail: () => '',
};

const bai2: Writing = {
  charset: 'latin1',
  head: (count) => {
    const date = compact(lastDay(count)).slice(2);
    return `01,122099999,123456789,${date},0800,1,,,2/\n02,031001234,122099999,1,${date},0800,EUR,2/\n03,0532013000,EUR,015,${closing(count)},,,010,${OPENING},,/\n`;
  },
  row: ({ amountMinor, name, purpose, reference, date }) =>
    `16,${amountMinor < 0 ? '475' : '195'},${Math.abs(amountMinor)},V,${compact(date).slice(2)},,${reference},,${name}\n88,${purpose.replaceAll('/', '-')}\n`,
  tail: (count) => {
    let control = closing(count) + OPENING;
    for (let index = 0; index < count; index += 1) control += Math.abs(amountOf(index));
    const lines = count * 2 + 2;
    return `49,${control},${lines}/\n98,${control},1,${lines + 2}/\n99,${control},1,${lines + 4}/\n`;
  },
};

/** A running balance is a file's own: each gets a writing of its own. */
const WRITINGS: Readonly<Record<BenchFormat, () => Writing>> = {
  ofx1: () => ofx(false),
  ofx2: () => ofx(true),
  camt: () => camt,
  mt940,
  csv,
  qif: () => qif,
  bai2: () => bai2,
};

/** A file of `count` rows in pieces of about 64 KiB. */
export function* statementFile(format: BenchFormat, count: number): Generator<Buffer> {
  const { head, row, tail, charset } = WRITINGS[format]();
  let text = head(count);
  for (let index = 0; index < count; index += 1) {
    text += row(benchRow(index), index);
    if (text.length < PIECE) continue;
    yield Buffer.from(text, charset);
    text = '';
  }
  yield Buffer.from(text + tail(count), charset);
}

/** What a person answered about the tables that need it, null for formats with fixed meaning. */
export function profileOf(format: BenchFormat): StatementProfile | null {
  if (format === 'csv')
    return aCsvProfile({
      delimiter: ';',
      decimalMark: ',',
      dateOrder: 'dmy',
      skipLines: 2,
      bookingDate: named('Buchungstag', 0),
      valueDate: named('Valuta', 1),
      counterparty: named('Empfänger', 2),
      counterpartyAccount: named('IBAN', 3),
      description: [named('Verwendungszweck', 4)],
      endToEndId: named('Referenz', 5),
      amount: { kind: 'signed', amount: named('Betrag', 6) },
      balanceAfter: named('Saldo', 7),
    });
  if (format !== 'qif') return null;
  return QifProfile.parse({
    format: 'qif',
    charset: 'windows-1252',
    decimalMark: '.',
    dateOrder: 'dmy',
    currency: 'EUR',
  });
}
