// BAI2 rules one by one, each with the smallest file that shows it: fields, funds, text, signs, dates, groups, balances, control totals.
import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '../../../shared/model/source.ts';
import { inspectStatement } from '../../../electron/adapters/statements/inspect.ts';
import { surveyStatement } from '../../../electron/adapters/statements/survey.ts';
import { bai2File, bai2Text } from '../../builders/bai2-files.ts';
import { ledgerRows } from '../../builders/statement-files.ts';
import { errorOf, readInChunks, rowsOf } from '../../contracts/statement-reader.ts';

const HEADER = '01,122099999,031001234,260302,0200,1,,,2/';
const GROUP = '02,031001234,122099999,1,260301,2359,,2/';

interface FileParts {
  readonly header?: string;
  readonly group?: string;
  readonly account?: string;
  readonly trailer?: string;
  readonly groupTrailer?: string;
  readonly fileTrailer?: string;
}

/** A file of one account around some details. Totals are left out, which states nothing, unless a test gives them. */
function file(details: readonly string[], parts: FileParts = {}): Buffer {
  const { header = HEADER, group = GROUP, account = '03,0123456789,,/' } = parts;
  const { trailer = '49,,/', groupTrailer = '98,,,/', fileTrailer = '99,,,/' } = parts;
  return Buffer.from([header, group, account, ...details, trailer, groupTrailer, fileTrailer, ''].join('\n'));
}

const read = (bytes: Buffer): SourceEvent[] => readInChunks(bytes, 17);
const rowOf = (...detail: string[]) => rowsOf(read(file(detail)))[0];
const warningsOf = (bytes: Buffer): string[] =>
  read(bytes).flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));
const wrongOf = (bytes: Buffer) => errorOf(() => read(bytes));
const endOf = (bytes: Buffer) => read(bytes).find((event) => event.type === 'statement-end');
const accountOf = (bytes: Buffer) => read(bytes).find((event) => event.type === 'statement')?.account;

describe('a transaction detail', () => {
  it('has a type code, an amount, funds, two references and text', () => {
    const detail = '16,475,000000000012345,V,260303,1200,BANK1,CHECK 7,PAID TO, A/B, INC/';
    expect(rowOf(detail)).toEqual({
      amountMinor: '-12345',
      currency: 'USD',
      exponent: 2,
      state: 'booked',
      bookingDate: '2026-03-01',
      valueDate: '2026-03-03',
      transactionDate: null,
      rawAmount: '000000000012345',
      rawSign: '475',
      foreign: null,
      description: 'PAID TO, A/B, INC',
      counterparty: null,
      counterpartyAccount: null,
      endToEndId: 'CHECK 7',
      sourceId: 'BANK1',
      bankCode: '475',
      balanceAfterMinor: null,
      children: [],
      raw: detail,
    });
  });

  it.each([
    ['101', 5n],
    ['399', 5n],
    ['401', -5n],
    ['699', -5n],
    ['721', 5n],
    ['760', -5n],
    ['920', 5n],
    ['959', 5n],
    ['960', -5n],
    ['999', -5n],
  ])('of type %s has the sign of its range', (code, amount) => {
    expect(rowOf(`16,${code},5,Z,,,x/`)?.amountMinor).toBe(String(amount));
  });

  it.each(['010', '099', '100', '400', '700', '719', '800', '889', '900', '919', '19', 'abc', ''])(
    'of type %s is refused: it is no credit and no debit, or a total of them',
    (code) => {
      expect(wrongOf(file([`16,${code},5,Z,,,x/`]))?.code).toBe('STATEMENT_MALFORMED');
    },
  );

  it('of type 890 is no row, said', () => {
    const bytes = file(['16,890,,Z,,,NOTICE', '16,195,5,Z,,,x/']);
    expect(rowsOf(read(bytes))).toHaveLength(1);
    expect(warningsOf(bytes)).toContain('ENTRY_INFORMATION_ONLY');
  });

  it('without an amount moves nothing', () => expect(rowOf('16,195,,Z,,,x/')?.amountMinor).toBe('0'));

  it.each(['1.50', '1,50x', '-5', '5-', '1e3', '٣', '9'.repeat(19)])('with the amount %s is refused', (amount) => {
    expect(wrongOf(file([`16,195,${amount.replace(',', ';')},Z,,,x/`]))?.code).toBe('STATEMENT_MALFORMED');
  });

  it.each([
    ['16,195,5,S,1,2,3,BANK,CUST,TEXT/', null],
    ['16,195,5,D,2,0,2,1,3,BANK,CUST,TEXT/', null],
    ['16,195,5,D,0,BANK,CUST,TEXT/', null],
    ['16,195,5,V,260303,,BANK,CUST,TEXT/', '2026-03-03'],
    ['16,195,5,V,20260303,2400,BANK,CUST,TEXT/', '2026-03-03'],
    ['16,195,5,V,,,BANK,CUST,TEXT/', null],
    ['16,195,5,0,BANK,CUST,TEXT/', '2026-03-01'],
    ['16,195,5,1,BANK,CUST,TEXT/', null],
    ['16,195,5,2,BANK,CUST,TEXT/', null],
    ['16,195,5,Z,BANK,CUST,TEXT/', null],
    ['16,195,5,,BANK,CUST,TEXT/', null],
  ])('%s: the fields of its funds type are no references', (detail, value) => {
    const row = rowOf(detail);
    expect([row?.sourceId, row?.endToEndId, row?.description]).toEqual(['BANK', 'CUST', 'TEXT']);
    expect(row?.valueDate).toBe(value);
  });

  it.each(['X', 'D,x', 'D,101', 'D,,1', 'D,1,a,5', 'S,1,2,BANK'])('with the funds type %s is refused', (funds) => {
    expect(wrongOf(file([`16,195,5,${funds},a,b,c/`]))?.code).toBe('STATEMENT_MALFORMED');
  });

  it('with a value date that is no day says so', () => {
    expect(warningsOf(file(['16,195,5,V,260230,,a,b,c/']))).toEqual(['DATE_UNREADABLE']);
    expect(warningsOf(file(['16,195,5,V,000000,,a,b,c/']))).toEqual([]);
  });
});

describe('continuations', () => {
  it.each([
    [['16,195,5,Z,BANK,CUST,ONE, TWO', '88,THREE/FOUR', '88,FIVE/'], 'ONE, TWO THREE/FOUR FIVE'],
    [['16,195,5,Z,BANK,CUST/', '88,TEXT, MORE/'], 'TEXT, MORE'],
    [['16,195,5/', '88,Z,BANK/', '88,CUST,TEXT'], 'TEXT'],
    [['16,195,5,S,1,2/', '88,3,BANK,CUST,/', '88,TEXT'], 'TEXT'],
    [['16,195,5,Z,BANK,CUST,/', '88,TEXT'], 'TEXT'],
    [['16,195,5,Z,BANK,CUST,/'], ''],
    [['16,195,5,Z,BANK,CUST/'], ''],
    [['16,195,5,Z,BANK,CUST,TEXT', 'without a code/'], 'TEXT without a code'],
    [['16,195,5,Z,BANK,CUST,16 UNITS/ 88 EACH'], '16 UNITS/ 88 EACH'],
  ])('%j', (records, description) => {
    const row = rowOf(...records);
    expect([row?.sourceId, row?.endToEndId, row?.description]).toEqual(['BANK', 'CUST', description]);
    expect(row?.raw).toBe(records.join('\n'));
  });

  it('a text that fills its physical record goes on without a blank', () => {
    const header = HEADER.replace('1,,,2', '1,40,,2');
    const text = '16,195,5,Z,BANK,CUST,'.padEnd(40, 'LONGWORD');
    expect(rowsOf(read(file([text, '88,ISBROKEN/'], { header })))[0]?.description).toBe('LONGWORDLONGWORDLONISBROKEN');
  });

  it('a line without a code is text alone', () => {
    expect(wrongOf(file(['16,195,5,Z,BANK', 'CUST,TEXT/']))?.code).toBe('STATEMENT_MALFORMED');
    expect(wrongOf(file([], { trailer: '49,,/\nx' }))?.code).toBe('STATEMENT_MALFORMED');
    expect(wrongOf(file([], { fileTrailer: '99,,,/\nx' }))?.code).toBe('STATEMENT_MALFORMED');
  });

  it('a summary goes on in the next record, between its fields', () => {
    const bytes = file([], { account: '03,1,,010,5,,,015/\n88,5,,,400,0/\n88,0,,100,0,0,V,260301,,045,7,,/' });
    const end = endOf(bytes);
    expect(end?.closing?.amountMinor).toBe('5');
    expect(end?.balances.map(({ type }) => type)).toEqual(['opening-booked', 'closing-booked', 'closing-available']);
  });
});

describe('physical records', () => {
  const rows = ledgerRows(3);
  const amounts = rows.map(({ amountMinor }) => String(amountMinor));
  it.each([
    ['with LF', bai2Text({ rows })],
    ['with CRLF', bai2Text({ rows, lineEnd: '\r\n' })],
    ['with CR', bai2Text({ rows, lineEnd: '\r' })],
    ['padded', bai2Text({ rows, length: 120 })],
    ['padded, without line ends', bai2Text({ rows, length: 120, lineEnd: '' })],
    ['shorter than declared', bai2Text({ rows }).replace('200101,0200,1,,,2', '200101,0200,1,200,,2')],
    ['with zeros and an end mark behind', `${bai2Text({ rows })}\0\0\u001a`],
    ['behind a byte-order mark and blank lines', `\ufeff\n\n${bai2Text({ rows })}`],
  ])('%s: the same rows, proven', (_name, text) => {
    const events = read(Buffer.from(text));
    expect(rowsOf(events).map(({ amountMinor }) => amountMinor)).toEqual(amounts);
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  it('UTF-16 and windows-1252 are read by their bytes', () => {
    const text = bai2Text({ rows: ledgerRows(9) });
    const latin = Buffer.from(text.replaceAll('Ł', 'L').replaceAll('ó', 'ö'), 'latin1');
    expect(rowsOf(read(Buffer.from(`\ufeff${text}`, 'utf16le'))).map(({ description }) => description)).toEqual(
      rowsOf(read(Buffer.from(text))).map(({ description }) => description),
    );
    expect(rowsOf(read(latin))[8]?.description).toContain('Café Zürich');
  });

  it('records behind one another on a line are read, and said', () => {
    const bytes = file(['16,195,5,Z,,,ONE/  16,195,6,Z,,,TWO/ 88,MORE/   49,11,4/'], { trailer: '' });
    expect(rowsOf(read(bytes)).map(({ description }) => description)).toEqual(['ONE', 'TWO MORE']);
    expect(warningsOf(bytes)).toEqual(['NOTATION_UNUSUAL', 'RECORD_COUNT_DIFFERS']);
  });
});

describe('a group', () => {
  const detail = '16,195,500,Z,,,x/';
  const group = (fields: string): FileParts => ({ group: `02,031001234,122099999,${fields}/` });

  it('gives its day and currency, the account its own', () => {
    const yen = rowsOf(read(file([detail], group('1,260301,,JPY,2'))))[0];
    expect([yen?.currency, yen?.exponent, yen?.amountMinor]).toEqual(['JPY', 0, '500']);
    const dinar = rowsOf(read(file([detail], { ...group('1,260301,,JPY,2'), account: '03,1,BHD/' })))[0];
    expect([dinar?.currency, dinar?.exponent]).toEqual(['BHD', 3]);
    expect(wrongOf(file([detail], group('1,260301,,12,2')))?.code).toBe('STATEMENT_MALFORMED');
  });

  it('without a day is refused', () => {
    for (const day of ['', '260230', '2603', 'x'])
      expect(wrongOf(file([detail], group(`1,${day},,,`)))?.code).toBe('STATEMENT_MALFORMED');
    expect(rowsOf(read(file([detail], group('1,990301,,,'))))[0]?.bookingDate).toBe('1999-03-01');
  });

  it('that deletes or is a test brings no rows, and says so', () => {
    for (const status of ['2', '4']) {
      const text = bai2File([[{ rows: ledgerRows(2), status }], [{ rows: ledgerRows(3) }]]);
      expect(rowsOf(read(Buffer.from(text)))).toHaveLength(3);
      expect(warningsOf(Buffer.from(text))).toEqual(['PART_NOT_READ']);
      expect(wrongOf(file([detail], group(`${status},260301,,,`)))?.code).toBe('STATEMENT_NO_TRANSACTIONS');
    }
  });

  it('that corrects is read, and says so; any other status is refused', () => {
    expect(warningsOf(file([detail], group('3,260301,,,')))).toEqual(['CORRECTION_OF_EARLIER_ROW']);
    expect(wrongOf(file([detail], group('5,260301,,,')))?.code).toBe('STATEMENT_MALFORMED');
  });

  it('of a day that is not over brings pending rows and no proof', () => {
    const bytes = file([detail], { ...group('1,260301,1200,,3'), account: '03,1,,010,0,,,015,500,,/' });
    expect(rowsOf(read(bytes))[0]?.state).toBe('pending');
    expect([endOf(bytes)?.opening, endOf(bytes)?.closing]).toEqual([null, null]);
    expect(rowsOf(read(file([detail], group('1,260301,,,4'))))[0]?.state).toBe('booked');
  });
});

describe('blanks and slashes', () => {
  it.each([
    'SALE 12/ 16,500,00 EA',
    '5/ 16,500,000, more',
    'FLAT 5/ 02, MAIN ST',
    'Room 5/ 88, EAST',
    '1/ 49,95, 2/ 03,x y',
  ])('in the text “%s” begin no record', (text) => {
    const bytes = file([`16,475,5,Z,,,${text}/`]);
    expect(rowsOf(read(bytes)).map((row) => row.description)).toEqual([text]);
    expect(warningsOf(bytes)).toEqual([]);
  });

  it('part records that stand on one line, continuations with them', () => {
    const lines = file(['16,475,5,Z,,,one/', '88,two/', '16,195,7,,,,three/']).toString().trimEnd().split('\n');
    const bytes = Buffer.from(`${lines.join('  ')}\n`);
    expect(rowsOf(read(bytes)).map((row) => row.description)).toEqual(['one two', 'three']);
    expect(warningsOf(bytes)).toEqual(['NOTATION_UNUSUAL']);
  });

  it('around fields are none of them, also in the headers', () => {
    const spaced = {
      header: '01, 122099999 ,031001234, 260302, 0200 ,1,,,2/',
      group: '02, 031001234, 122099999, 1 , 260301, 2359, , 2/',
    };
    const bytes = file(['16, 475, 5, Z, , , x/'], { ...spaced, account: '03, 0123456789 , USD, 010, 7, , /' });
    expect(accountOf(bytes)?.id).toBe('122099999/0123456789');
    expect(rowsOf(read(bytes))[0]).toMatchObject({ amountMinor: '-5', bookingDate: '2026-03-01', description: 'x' });
  });

  it('do not take the last byte of a reference for one', () => {
    expect(rowOf('16,475,5,Z,voilà,là,déjà')).toMatchObject({
      sourceId: 'voilà',
      endToEndId: 'là',
      description: 'déjà',
    });
  });
});

describe('an account', () => {
  it('is named by the originator and its number, or by its IBAN', () => {
    expect(accountOf(file(['16,195,5,Z,,,x/']))).toMatchObject({
      id: '122099999/0123456789',
      iban: null,
      currency: 'USD',
    });
    const iban = file(['16,195,5,Z,,,x/'], { account: '03,DE89370400440532013000,EUR/' });
    expect(accountOf(iban)).toMatchObject({
      id: 'DE89370400440532013000',
      iban: 'DE89370400440532013000',
      currency: 'EUR',
    });
    expect(wrongOf(file([], { account: '03,,USD/' }))?.code).toBe('STATEMENT_MALFORMED');
  });

  it('leaves out a summary with one comma or four', () => {
    for (const account of ['03,1,USD,010,5,,,015,5,,,/', '03,1,USD,,,,,010,5,,,015,5,,/', '03,1,USD,,010,5,,,,015,5/'])
      expect(endOf(file([], { account }))?.closing?.amountMinor).toBe('5');
    expect(wrongOf(file([], { account: '03,1,USD,10,5,,/' }))?.code).toBe('STATEMENT_MALFORMED');
  });

  it('says its total credits and debits; a difference is a warning', () => {
    const account = '03,1,,100,5,1,,400,7,2,/';
    expect(warningsOf(file(['16,195,5,Z,,,x/', '16,475,3,Z,,,x/', '16,475,4,Z,,,x/'], { account }))).toEqual([]);
    expect(warningsOf(file(['16,195,5,Z,,,x/', '16,475,7,Z,,,x/'], { account }))).toEqual(['SUMMARY_DIFFERS']);
    expect(warningsOf(file(['16,195,6,Z,,,x/', '16,475,3,Z,,,x/', '16,475,4,Z,,,x/'], { account }))).toEqual([
      'SUMMARY_DIFFERS',
    ]);
  });

  it('without rows must say that there were none', () => {
    expect(warningsOf(file([], { account: '03,1,,010,5,,,015,5,,/' }))).toEqual(['NO_TRANSACTIONS']);
    expect(warningsOf(file([], { account: '03,1,,100,0,0,,400,0,0,/' }))).toEqual(['NO_TRANSACTIONS']);
    expect(wrongOf(file([], { account: '03,1,,010,5,,,015,6,,/' }))?.code).toBe('STATEMENT_NO_TRANSACTIONS');
    expect(wrongOf(file([]))?.code).toBe('STATEMENT_NO_TRANSACTIONS');
  });
});

describe('control totals', () => {
  const details = ['16,195,5,Z,,,x/', '16,475,3,Z,,,x/'];
  const account = '03,1,,040,-10,,/';

  it('hold over all amounts of the records 03, 16 and 88, with their signs', () => {
    expect(
      warningsOf(
        file(details, { account, trailer: '49,-2,4/', groupTrailer: '98,-2,1,6/', fileTrailer: '99,-2,1,8/' }),
      ),
    ).toEqual([]);
  });

  it('hold too where a bank leaves out the amounts of record 03', () => {
    expect(warningsOf(file(details, { account, trailer: '49,8,4/', groupTrailer: '98,8,1,6/' }))).toEqual([]);
    expect(wrongOf(file(details, { account, trailer: '49,7,4/' }))?.code).toBe('STATEMENT_MALFORMED');
  });

  it('of an account that differ refuse the file, unless its balances prove the rows', () => {
    expect(wrongOf(file(details, { account, trailer: '49,18,4/' }))?.code).toBe('STATEMENT_MALFORMED');
    const proven = '03,1,,010,1,,,015,3,,/';
    expect(warningsOf(file(details, { account: proven, trailer: '49,18,4/' }))).toEqual(['CONTROL_TOTAL_DIFFERS']);
    expect(wrongOf(file(details, { account: '03,1,,010,1,,,015,4,,/', trailer: '49,18,4/' }))?.code).toBe(
      'STATEMENT_MALFORMED',
    );
  });

  it('of a group or file refuse it where an account or group is missing too', () => {
    for (const parts of [{ groupTrailer: '98,9,2,6/' }, { fileTrailer: '99,9,2,8/' }])
      expect(wrongOf(file(details, { account, trailer: '49,-2,4/', ...parts }))?.code).toBe('STATEMENT_MALFORMED');
    for (const parts of [{ groupTrailer: '98,9,1,6/' }, { fileTrailer: '99,9,1,8/' }])
      expect(warningsOf(file(details, { account, trailer: '49,-2,4/', ...parts }))).toContain('CONTROL_TOTAL_DIFFERS');
  });

  it('with another number of records alone are said', () => {
    expect(warningsOf(file(details, { account, trailer: '49,-2,5/' }))).toEqual(['RECORD_COUNT_DIFFERS']);
    expect(warningsOf(file(details, { account, groupTrailer: '98,-2,2,6/' }))).toEqual(['RECORD_COUNT_DIFFERS']);
    expect(warningsOf(file(details, { account, groupTrailer: '98,-2,6,/' }))).toEqual([]);
    expect(wrongOf(file(details, { account, trailer: '49,x,5/' }))?.code).toBe('STATEMENT_MALFORMED');
  });
});

describe('the order of records', () => {
  const text = bai2Text({ rows: ledgerRows(2) });
  it.each([
    ['a missing header', text.replace(/^02,.*\n/m, '')],
    ['a missing account', text.replace(/^03,.*\n/m, '')],
    ['a missing trailer of the account', text.replace(/^49,.*\n/m, '')],
    ['a missing trailer of the group', text.replace(/^98,.*\n/m, '')],
    ['a missing trailer of the file', text.replace(/^99,.*\n/m, '')],
    ['a second header', text.replace(/(01,.*\n)/, '$1$1')],
  ])('%s is refused', (_name, wrong) => expect(wrongOf(Buffer.from(wrong))?.code).toBe('STATEMENT_MALFORMED'));

  it('several files, groups and accounts may stand in one', () => {
    const rows = ledgerRows(2);
    const one = bai2File([[{ rows }, { rows, account: '2', currency: 'USD' }], [{ rows, account: '3' }]]);
    const accounts = read(Buffer.from(`${one}${one}`)).flatMap((event) =>
      event.type === 'statement' ? [event.account.id] : [],
    );
    expect(accounts.map((id) => id.split('/')[1])).toEqual(['0123456789', '2', '3', '0123456789', '2', '3']);
  });

  it('another version is not supported', () => {
    expect(wrongOf(file([], { header: HEADER.replace(',2/', ',3/') }))?.code).toBe('STATEMENT_UNSUPPORTED');
  });
});

describe('inspection and survey', () => {
  it('prove the ledger balances', async () => {
    const rows = ledgerRows(3);
    const inspection = await inspectStatement('a', [Buffer.from(bai2Text({ rows, opening: 1000 }))]);
    expect(inspection.error).toBeNull();
    expect(inspection.statements.map(({ proof, from, to }) => [proof, from, to])).toEqual([
      ['pass', '2020-01-01', '2020-01-01'],
    ]);
  });

  it('know the format by its header', () => {
    const survey = surveyStatement({ head: Buffer.from(bai2Text({ rows: ledgerRows(1) })), complete: true });
    expect([survey.format, survey.version, survey.charset, survey.proposal]).toEqual(['bai2', '', 'utf-8', null]);
    const table = '01,Coffee,Shop,20260302,5,EUR\n02,Tea,Shop,20260303,3,EUR\n03,Tea,Shop,20260304,3,EUR\n';
    expect(surveyStatement({ head: Buffer.from(table), complete: true }).format).toBe('csv');
  });
});
