// The files of each format that fuzz tests mutate, what their readers may stumble over, and what must hold of whatever is read.
import { expect } from 'vitest';
import type { SourceTransaction } from '../../shared/model/source.ts';
import type { CsvProfile } from '../../shared/model/statement-profile.ts';
import { QifProfile } from '../../shared/model/statement-profile.ts';
import { countRows, readInChunks, rowsOf } from '../contracts/statement-reader.ts';
import {
  type AmountsInText,
  amountsInBai2,
  amountsInCamt,
  amountsInOfx,
  amountsInQif,
  amountsInSwift,
  amountsInTable,
} from './amounts-in-text.ts';
import { bai2File, bai2Text } from './bai2-files.ts';
import { aCsvProfile, named, placed } from './csv-profiles.ts';
import type { FuzzedFormat } from './fuzzed-formats.ts';
import { mt940Text, mt942Text } from './mt940-files.ts';
import type { MutatedRead, Mutations, Original } from './mutations.ts';
import { camtText, ledgerRows, ofxText } from './statement-files.ts';
import { zipOf } from './zip-files.ts';

const rows = ledgerRows(2);
const some = ledgerRows(3);

const withAmounts = (amounts: AmountsInText, ...texts: string[]): Original[] =>
  texts.map((text) => ({ bytes: Buffer.from(text), amounts }));

/** Every match of `pattern` is a row, whatever stands around it. */
const holdsEvery =
  (pattern: RegExp) =>
  ({ bytes, events, name }: MutatedRead): void =>
    expect(countRows(events), name).toBe(bytes.toString('latin1').match(pattern)?.length ?? 0);

/** Every end tag of a row is a row; a mutation can make a processing instruction swallow some. */
const holdsEveryElement =
  (rowEnd: RegExp) =>
  ({ bytes, events, name }: MutatedRead): void => {
    const markup = bytes.toString('latin1').replace(/<\?[^]*?\?>/g, '');
    expect(countRows(events), name).toBe(markup.match(rowEnd)?.length ?? 0);
  };

const MARKUP_TOKENS = (
  '<|>|</|/>|&|&amp;|&#0;|&#xD800;|<!|<?|]]>|"|\'|=|\0|\r\n|ÿ|😀|-|,|.|1.234|1,5|99999999999999999999|-0|20230230|2023-02-30|NaN|EUR|XXX|JPY|' +
  '<STMTTRN>|</STMTTRN>|<TRNAMT>|</OFX>|<OFX>|<Ntry>|</Ntry>|<Stmt>|</Stmt>|DBIT|CRDT|BOOK|PDNG|<MEMO>|<CURDEF>|xmlns=|camt.053.001.02|encoding="utf-16"'
).split('|');

const SWIFT_TOKENS = (
  ':61:|:86:|:62F:|:60F:|:60M:|:62M:|:20:|:25:|:64:|:NS:|:xx:|:26:37|\n|\r|\r\n|\n-\n|-}|{4:|\u0001|\u0003|\0|ÿ|😀|?|?20|?20EREF+|SVWZ+|/EREF/|//|' +
  ',|.|1.234|99999999999999999999|-0|230230|0230|RC|RD|D|C|EUR|XXX|HUF|JPY|NTRF|\n:61:2301010101D1,NTRFNONREF\n'
).split('|');

/** What parsers of SWIFT text trip over: characters of two to four bytes across a line's end, a time cut like a field, NS, hyphen lines. */
function oddSwift(): string {
  return mt940Text({ rows: some, blocks: true, lineEnd: '\r\n' })
    .replace('Invoice ', '😀 Łódź <b> 12-09-2014T16\r\n:26:37 :xx: ')
    .replace(':62F:', ':86:- \r\n-\r\n\r\n:zz:more\r\n:NS:01more\r\n15Name\r\n:62F:')
    .replace(':60F:', ':NS:22Überstein\r\n:13:x\r\n:60F:');
}

const HEADER = 'Date,Text,Amount,Balance\n';
const TABLE_TOKENS =
  `"|""|,|;|\n|\r|\r\n|\0|'|=|-|+|.|(|)|1,5|1.234|99999999999999999999|31|2026-13-01|\ufeff|😀|Total|${HEADER}|EUR|__proto__|\u001a`.split(
    '|',
  );

const signedTable = aCsvProfile({ balanceAfter: named('Balance', 3) });
const TABLES: readonly (Original & { readonly profile: CsvProfile })[] = [
  {
    bytes: Buffer.from(
      `Notice\n\n${HEADER}2026-01-01,x,1.00,11.00\n2026-01-02,Café 😀,-2.00,9.00\n2026-01-03,"a ""b"", c",1000.00,1009.00\nTotal,,,1009.00\n`,
    ),
    profile: { ...signedTable, ignoredRows: ['Total'], skipLines: 2 },
    amounts: amountsInTable(/(?<![^\r\n])2026-\d\d-\d\d,(?:[^",\r\n]*|"(?:[^"]|"")*"),(-?[\d,]+\.\d\d),[^\r\n]*/g, '.'),
  },
  {
    bytes: Buffer.from(
      '"01.02.2026";"two\nlines";"1.234,56";""\r\n"28.02.2026";"x";"";"2,00"\r\n"13.03.2026";"y";"0,50";""\r\n',
    ),
    profile: aCsvProfile({
      delimiter: ';',
      hasHeader: false,
      dateOrder: 'dmy',
      decimalMark: ',',
      amount: { kind: 'split', debit: placed(2), credit: placed(3) },
      bookingDate: placed(0),
      description: [placed(1)],
    }),
    amounts: amountsInTable(/(?<![^\r\n])"[\d.]{10}";"(?:[^"]|"")*";"([\d.,]*)";"([\d.,]*)"/g, ','),
  },
];

/** What stands between the raw records of the rows, in order; null where one is not in the text. */
function leftOver(text: string, found: readonly SourceTransaction[]): string | null {
  let at = 0;
  let rest = '';
  for (const { raw } of found) {
    const start = text.indexOf(raw, at);
    if (start < 0) return null;
    rest += text.slice(at, start);
    at = start + raw.length;
  }
  return rest + text.slice(at);
}

/** Blank, the header, a line before it, or a total. */
function isNoRow(line: string, { hasHeader, delimiter }: CsvProfile): boolean {
  if (/^["'\s\p{Cc}]*$/u.test(line.replaceAll(delimiter, ''))) return true;
  return hasHeader && !/^"?2026-0\d-\d\d/.test(line);
}

/** Every line is a row, a header, a total or blank, and untouched rows are read as before. */
function checkTable(): (read: MutatedRead) => void {
  const before = TABLES.map(
    ({ bytes, profile }) => new Map(rowsOf(readInChunks(bytes, 700, profile)).map((row) => [row.raw, row])),
  );
  return ({ bytes, events, which, name }) => {
    const found = rowsOf(events);
    for (const row of found) expect(before[which]?.get(row.raw) ?? row, name).toEqual(row);
    const rest = leftOver(bytes.toString('utf8').replace(/^\ufeff/, ''), found) ?? 'a record that is not in the file';
    const own = TABLES[which]?.profile ?? signedTable;
    expect(
      rest.split(/[\r\n]+/).filter((line) => !isNoRow(line, own)),
      name,
    ).toEqual([]);
  };
}

const qifProfile = QifProfile.parse({
  format: 'qif',
  charset: 'utf-8',
  dateOrder: 'mdy',
  decimalMark: '.',
  currency: 'USD',
});
const QIF = [
  "!Type:Bank\nD1/ 5'26\nT-1,234.56\nN1001\nPGreenfield Timber\nMInvoice 88\nLSupplies\n^\nD12/31'25\nT2,000.00\nPHarbour Bakery\nSSales\nEbread\n$1,500.00\nSVAT\n$500.00\n^\n",
  '!Type:CCard\r\nD01/02/2026\r\nT-12.00\r\nPCafé 😀\r\n^\r\nD01/02/2026\r\nT-12.00\r\nPCafé 😀\r\n^\r\n',
];
const QIF_TOKENS = (
  '!|!Type:Bank|!Account|!Type:Invst|^|^\n|\n^\n|\nT|\nD|\nU|T|D|S|$|E|\n|\r|\r\n|\0|ÿ|😀|-|,|.|1.234|1,5|99999999999999999999|-0|13/32/2026|' +
  "2/30'26|31|Opening Balance|\u001a|\ufeff"
).split('|');

const BAI2_TOKENS = (
  '01,|02,|03,|16,|49,|88,|98,|99,|\n16,195,1,Z,,,x/|\n88,|/|//|/ 16,195,1,Z,,,x/|,|,,|\n|\r|\r\n|\0|ÿ|😀|-|+|.|1.50|99999999999999999999|195|475|890|' +
  '100|010|015|V|S|D|Z|V,260230,|USD|JPY|XXX|260230| |                    |\u001a|\ufeff'
).split('|');

const PACKED = [
  { name: 'a.xml', content: camtText({ rows }) },
  { name: 'b.ofx', content: ofxText({ rows }), stored: true },
];
const packedAmounts = [...(amountsInCamt(camtText({ rows })) ?? []), ...(amountsInOfx(ofxText({ rows })) ?? [])];

/** Mutations by format. Seeds are fixed: an input has the same number everywhere. */
export const MUTATED_STATEMENTS: Readonly<Record<FuzzedFormat, Mutations>> = {
  ofx: {
    originals: withAmounts(amountsInOfx, ofxText({ rows }), ofxText({ rows, xml: true })),
    tokens: MARKUP_TOKENS,
    seed: 20_260_101,
    check: holdsEveryElement(/<\/STMTTRN\s*>/gi),
  },
  camt: {
    originals: withAmounts(amountsInCamt, camtText({ rows })),
    tokens: MARKUP_TOKENS,
    seed: 20_260_102,
    check: holdsEveryElement(/<\/Ntry\s*>/g),
  },
  zip: {
    originals: [{ bytes: zipOf(PACKED, { comment: 'from the bank '.repeat(40) }), amounts: () => packedAmounts }],
    tokens: ['PK', '\u0003\u0004', '\u0001\u0002', '\0\0', '../', 'a.xml', 'b.ofx'],
    seed: 20_260_105,
    // What is read is what was packed.
    check: ({ events, name }) => expect(countRows(events), name).toBe(4),
  },
  mt940: {
    originals: withAmounts(
      amountsInSwift,
      mt940Text({ rows: some }),
      mt940Text({ rows: some, blocks: true, lineEnd: '\r\n' }),
      oddSwift(),
    ),
    tokens: SWIFT_TOKENS,
    seed: 20_260_103,
    check: holdsEvery(/(?:^|[\r\n]):61:/g),
  },
  mt942: {
    originals: withAmounts(amountsInSwift, mt942Text({ rows: some }), mt942Text({ rows: some, lineEnd: '\r\n' })),
    tokens: [...SWIFT_TOKENS, ':34F:', ':13D:', ':90D:', ':90C:', 'ED', 'EC'],
    seed: 20_260_106,
    check: holdsEvery(/(?:^|[\r\n]):61:/g),
  },
  csv: { originals: TABLES, tokens: TABLE_TOKENS, seed: 20_260_104, check: checkTable() },
  qif: {
    originals: QIF.map((text) => ({ bytes: Buffer.from(text), profile: qifProfile, amounts: amountsInQif })),
    tokens: QIF_TOKENS,
    seed: 20_260_107,
    // Without an end mark a file may be cut: then its amounts do not tell, and a warning does.
    check: ({ bytes, events, name }) => {
      const ends = bytes.toString('latin1').match(/(?:^|[\r\n])\^/g)?.length ?? 0;
      expect(countRows(events), name).toBeLessThanOrEqual(ends + 1);
    },
  },
  bai2: {
    originals: withAmounts(
      amountsInBai2,
      bai2Text({ rows: some, opening: 500 }),
      bai2Text({ rows: some, opening: null, length: 100, lineEnd: '\r\n' }),
      bai2File([[{ rows }, { rows: [], account: '2' }], [{ rows, status: '3' }]]),
    ),
    tokens: BAI2_TOKENS,
    seed: 20_260_108,
    check: ({ events, name }) => expect(countRows(events), name).toBeLessThanOrEqual(8),
  },
};
