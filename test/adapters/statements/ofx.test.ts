// OFX as banks really write it: notations, charsets, several accounts, cards, pending rows, corrections, other currencies, files without statements.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { ofxDecimal } from '../../../electron/adapters/statements/ofx/amounts.ts';
import { ofxDate } from '../../../electron/adapters/statements/ofx/dates.ts';
import { unescapeText } from '../../../electron/adapters/statements/ofx/unescape.ts';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import { ledgerRows, ofxText } from '../../builders/statement-files.ts';
import { errorOf, readInChunks } from '../../contracts/statement-reader.ts';

const HEADER = 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n';
const ROW = '<STMTTRN><TRNTYPE>OTHER<DTPOSTED>20260131<TRNAMT>-12.30<FITID>1<NAME>Shop</STMTTRN>';

function statement(rows: string, more = ''): string {
  const account = '<BANKACCTFROM><BANKID>BANK<ACCTID>123<ACCTTYPE>SAVINGS</BANKACCTFROM>';
  const list = `<BANKTRANLIST><DTSTART>20260101<DTEND>20260131${rows}</BANKTRANLIST>`;
  return `<STMTTRNRS><TRNUID>0<STMTRS><CURDEF>EUR${account}${list}${more}</STMTRS></STMTTRNRS>`;
}

const file = (content: string): string => `${HEADER}<OFX><BANKMSGSRSV1>${content}</BANKMSGSRSV1></OFX>`;
const read = (text: string | Buffer): SourceEvent[] => readInChunks(Buffer.from(text), 4096);
const rowsOf = (events: SourceEvent[]): SourceTransaction[] =>
  events.flatMap((event) => (event.type === 'transactions' ? event.items : []));
const warningsOf = (events: SourceEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));
const firstRow = (text: string | Buffer): SourceTransaction => {
  const [row] = rowsOf(read(text));
  if (!row) throw new Error('no row');
  return row;
};
const errorFor = (text: string): string | undefined => errorOf(() => read(text))?.code;

describe('OFX amounts', () => {
  const accepted: readonly (readonly [string, number, string])[] = [
    ['-200,00', 2, '-200.00'],
    ['+5', 2, '+5'],
    ['.50', 2, '0.50'],
    ['5.', 2, '5.'],
    ['1234.5', 2, '1234.5'],
    ['0.500', 2, '0.500'],
    ['1234,500', 2, '1234.500'],
    ['1.234', 3, '1.234'],
    ['1.234,56', 2, '1234.56'],
    ['1,234.56', 2, '1234.56'],
    ['1.234.567', 0, '1234567.'],
    ["1'234.56", 2, '1234.56'],
    ['1 234,56', 2, '1234.56'],
    ['R$ 5.326,43', 2, '5326.43'],
    ['€-3,10', 2, '-3.10'],
  ];
  for (const [written, exponent, text] of accepted) {
    it(`${written} with ${exponent} decimals is ${text}`, () => expect(ofxDecimal(written, exponent)?.text).toBe(text));
  }
  for (const written of [
    '1.234',
    '1,234',
    '12,345',
    '',
    '-',
    'abc',
    '1.2.3',
    '1,23,456',
    '12.34.56',
    '1.234,567',
    '--1',
    '1e5',
    'NaN',
    '0x10',
  ]) {
    it(`${written === '' ? 'nothing' : written} is refused`, () => expect(ofxDecimal(written, 2)).toBeNull());
  }
  it('a half cent is refused, never rounded', () =>
    expect(errorFor(file(statement(ROW.replace('-12.30', '-12.305'))))).toBe('STATEMENT_MALFORMED'));
});

describe('OFX dates keep the bank’s digits', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['20260131', '2026-01-31'],
    ['20260131235959', '2026-01-31'],
    ['202601312359', '2026-01-31'],
    ['20260131000000[-12:X]', '2026-01-31'],
    ['20260131235959.999[+14:X]', '2026-01-31'],
    ['20260131120000 [0:GMT]', '2026-01-31'],
    ['2026-01-31', '2026-01-31'],
    ['31/01/2026', '2026-01-31'],
    ['01/31/2026', '2026-01-31'],
    ['02/02/2026', '2026-02-02'],
  ];
  for (const [written, date] of accepted) it(`${written} is ${date}`, () => expect(ofxDate(written)?.date).toBe(date));
  for (const written of ['01/02/2026', '20260230', '20261301', '2026013', '', '260131', '00000000', '2026/1/31']) {
    it(`${written === '' ? 'nothing' : written} is refused`, () => expect(ofxDate(written)).toBeNull());
  }
});

describe('OFX text', () => {
  it('unescapes once and keeps what is no escape', () => {
    expect(unescapeText('A &amp; B &lt;c&gt; &#233; &#x20AC; AT&T &amp;lt; &nope; &#0; &#xD800;')).toBe(
      'A & B <c> é € AT&T &lt; &nope; &#0; &#xD800;',
    );
  });
  it('a bare < before a blank is text', () =>
    expect(firstRow(file(statement(ROW.replace('Shop', 'a < b')))).counterparty).toBe('a < b'));
  it('reads cp1252 that is declared, and UTF-8 that is declared as cp1252', () => {
    const text = file(statement(ROW.replace('Shop', 'Café “Łódź” €').replaceAll('Łódź', 'Lodz')));
    expect(firstRow(iconv.encode(text, 'windows-1252')).counterparty).toBe('Café “Lodz” €');
    const events = read(Buffer.from(text, 'utf8'));
    expect(rowsOf(events)[0]?.counterparty).toBe('Café “Lodz” €');
  });
  it('reads UTF-8 that only appears after the first 64 KiB, and says so', () => {
    const padding = ROW.repeat(900);
    const events = read(Buffer.from(file(statement(padding + ROW.replace('Shop', 'Zürich')))));
    expect(rowsOf(events).at(-1)?.counterparty).toBe('Zürich');
    expect(warningsOf(events)).toEqual(['CHARSET_DIFFERS']);
  });
  it('reads each value of a file that mixes charsets, and says so', () => {
    const bytes = Buffer.concat(
      ['Zürich', 'Genève'].map((name, index) =>
        iconv.encode(ROW.replace('Shop', name), index === 0 ? 'utf8' : 'windows-1252'),
      ),
    );
    const [before = '', after = ''] = file(statement('@@')).split('@@');
    const events = read(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]));
    expect(rowsOf(events).map((row) => row.counterparty)).toEqual(['Zürich', 'Genève']);
    expect(warningsOf(events)).toEqual(['CHARSET_MIXED']);
  });
  it.each(['utf-16le', 'utf-16be'])('reads %s with a byte-order mark', (charset) => {
    const events = read(iconv.encode(ofxText({ rows: ledgerRows(3), xml: true }), charset, { addBOM: true }));
    expect(rowsOf(events).map((row) => row.counterparty)).toEqual(ledgerRows(3).map((row) => row.name));
  });
});

describe('OFX structure', () => {
  it('reads tags in any case, on one line, with empty and self-closed leaves', () => {
    const row = firstRow(
      file(
        statement(
          '<stmttrn><TRNTYPE>DEBIT<DtPosted>20260131<MEMO><TRNAMT>-1<FITID>7<REFNUM/><NAME>Shop</NAME></stmttrn>',
        ),
      ),
    );
    expect(row).toMatchObject({
      amountMinor: '-100',
      sourceId: '7',
      counterparty: 'Shop',
      description: 'Shop',
      bankCode: 'DEBIT',
      rawSign: '-',
      rawAmount: '-1',
    });
  });
  it('values of an unknown aggregate inside a row are not the row’s', () => {
    const row = firstRow(file(statement(ROW.replace('<NAME>', '<BANK.EXTRA><NAME>Not me</BANK.EXTRA><NAME>'))));
    expect(row.counterparty).toBe('Shop');
  });
  it('takes name, payee, memo, cheque number, dates and the other account', () => {
    const extra =
      '<DTUSER>20260130<DTAVAIL>20260202<CHECKNUM>1025<PAYEE><NAME>J. Doe<CITY>X</PAYEE><BANKACCTTO><BANKID>9<ACCTID>DE89 3704 0044 0532 0130 00</BANKACCTTO><MEMO>Rent';
    const row = firstRow(file(statement(ROW.replace('<NAME>Shop', extra))));
    expect(row).toMatchObject({
      counterparty: 'J. Doe',
      description: 'Rent CHECKNUM 1025',
      counterpartyAccount: 'DE89370400440532013000',
      transactionDate: '2026-01-30',
      valueDate: '2026-02-02',
      bookingDate: '2026-01-31',
    });
  });
  it('reads several accounts, a card among them, with their own rows and balances', () => {
    const card = statement(ROW.replace('-12.30', '50.00'))
      .replaceAll('STMTTRNRS', 'CCSTMTTRNRS')
      .replaceAll('STMTRS', 'CCSTMTRS');
    const cardOnly = card.replace(/<BANKACCTFROM>.*<\/BANKACCTFROM>/, '<CCACCTFROM><ACCTID>4000</CCACCTFROM>');
    const balance =
      '<LEDGERBAL><BALAMT>10,00<DTASOF>20260131</LEDGERBAL><AVAILBAL><BALAMT>9,00<DTASOF>20260131</AVAILBAL>';
    const events = read(
      `${HEADER}<OFX><BANKMSGSRSV1>${statement(ROW, balance)}</BANKMSGSRSV1><CREDITCARDMSGSRSV1>${cardOnly}</CREDITCARDMSGSRSV1></OFX>`,
    );
    const accounts = events.flatMap((event) => (event.type === 'statement' ? [event.account] : []));
    expect(accounts.map(({ id, kind, currency }) => [id, kind, currency])).toEqual([
      ['BANK/123', 'savings', 'EUR'],
      ['4000', 'card', 'EUR'],
    ]);
    const ends = events.flatMap((event) => (event.type === 'statement-end' ? [event] : []));
    expect(ends[0]).toMatchObject({
      from: '2026-01-01',
      to: '2026-01-31',
      opening: null,
      closing: { amountMinor: '1000', date: '2026-01-31' },
    });
    expect(ends[0]?.balances.map((entry) => entry.type)).toEqual(['closing-booked', 'closing-available']);
    expect(rowsOf(events).map((row) => row.amountMinor)).toEqual(['-1230', '5000']);
  });
  it('pending rows are pending', () => {
    const pending =
      '<BANKTRANLISTP><DTASOF>20260131<STMTTRNP><TRNTYPE>DEBIT<DTTRAN>20260131<TRNAMT>-3.00<NAME>Kiosk</STMTTRNP></BANKTRANLISTP>';
    expect(rowsOf(read(file(statement(ROW, pending)))).map((row) => [row.state, row.amountMinor])).toEqual([
      ['booked', '-1230'],
      ['pending', '-300'],
    ]);
  });
  it('the amount’s sign counts, not the type’s', () => {
    const events = read(file(statement(ROW.replace('OTHER', 'CREDIT'))));
    expect(rowsOf(events)[0]?.amountMinor).toBe('-1230');
    expect(warningsOf(events)).toEqual(['SIGN_CONTRADICTS_TYPE']);
  });
});

describe('OFX corrections', () => {
  const correcting = (action: string): string =>
    ROW.replace('<FITID>1', `<FITID>2<CORRECTFITID>1<CORRECTACTION>${action}`).replace('-12.30', '-99.00');
  it('REPLACE in the same statement leaves the new row alone', () => {
    const events = read(file(statement(ROW + correcting('REPLACE'))));
    expect(rowsOf(events).map((row) => row.sourceId)).toEqual(['2']);
    expect(warningsOf(events)).toEqual(['CORRECTION_APPLIED']);
  });
  it('DELETE in the same statement leaves neither', () => {
    const other = ROW.replace('<FITID>1', '<FITID>3');
    expect(rowsOf(read(file(statement(ROW + other + correcting('DELETE'))))).map((row) => row.sourceId)).toEqual(['3']);
  });
  it('a correction of an earlier file’s row is said aloud', () => {
    expect(warningsOf(read(file(statement(correcting('REPLACE')))))).toEqual(['CORRECTION_OF_EARLIER_ROW']);
  });
});

describe('OFX other currencies', () => {
  it('CURRENCY: the row is in that currency and keeps the rate', () => {
    const events = read(file(statement(ROW.replace('<NAME>', '<CURRENCY><CURRATE>0.9<CURSYM>USD</CURRENCY><NAME>'))));
    expect(rowsOf(events)[0]).toMatchObject({
      currency: 'USD',
      amountMinor: '-1230',
      foreign: { currency: 'USD', rate: '0.9' },
    });
    expect(warningsOf(events)).toEqual(['ROW_IN_OTHER_CURRENCY']);
  });
  it('ORIGCURRENCY: the row is in the account’s currency', () => {
    const events = read(
      file(statement(ROW.replace('<NAME>', '<ORIGCURRENCY><CURRATE>0.9<CURSYM>USD</ORIGCURRENCY><NAME>'))),
    );
    expect(rowsOf(events)[0]).toMatchObject({ currency: 'EUR', amountMinor: '-1230', foreign: null });
    expect(warningsOf(events)).toEqual(['FOREIGN_AMOUNT_NOT_STATED']);
  });
  it('a currency without decimals takes none', () => {
    expect(firstRow(file(statement(ROW.replace('-12.30', '-1230')).replace('EUR', 'JPY')))).toMatchObject({
      amountMinor: '-1230',
      exponent: 0,
    });
    expect(errorFor(file(statement(ROW).replace('EUR', 'JPY')))).toBe('STATEMENT_MALFORMED');
  });
});

describe('OFX files without rows', () => {
  const investment =
    '<INVSTMTTRNRS><INVSTMTRS><INVTRANLIST><INVBANKTRAN>@<SUBACCTFUND>CASH</INVBANKTRAN></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS>'.replace(
      '@',
      ROW,
    );
  it('an empty list with its period is a statement that says it has no entries', () => {
    const events = read(file(statement('')));
    expect(rowsOf(events)).toEqual([]);
    expect(warningsOf(events)).toEqual(['NO_TRANSACTIONS']);
  });
  it('a balance alone is an error', () => {
    const noList = file(statement('')).replace(/<BANKTRANLIST>.*<\/BANKTRANLIST>/, '');
    expect(errorFor(noList)).toBe('STATEMENT_NO_TRANSACTIONS');
  });
  it('an investment statement is named as unsupported, and its cash rows are not a bank account’s', () => {
    const error = errorOf(() => read(`${HEADER}<OFX><INVSTMTMSGSRSV1>${investment}</INVSTMTMSGSRSV1></OFX>`));
    expect(error).toMatchObject({ code: 'STATEMENT_UNSUPPORTED', params: { what: 'an investment statement' } });
  });
  it('an investment statement beside a bank statement is said aloud', () => {
    const events = read(
      `${HEADER}<OFX><BANKMSGSRSV1>${statement(ROW)}</BANKMSGSRSV1><INVSTMTMSGSRSV1>${investment}</INVSTMTMSGSRSV1></OFX>`,
    );
    expect(rowsOf(events)).toHaveLength(1);
    expect(warningsOf(events)).toEqual(['PART_NOT_READ']);
  });
  it.each([
    ['a missing currency', file(statement(ROW)).replace('<CURDEF>EUR', '')],
    ['a missing account', file(statement(ROW)).replace(/<BANKACCTFROM>.*<\/BANKACCTFROM>/, '')],
    ['a missing end tag of a row', file(statement(ROW + ROW)).replace('</STMTTRN>', '')],
    ['a row within a row', file(statement(ROW.replace('<NAME>', `${ROW}<NAME>`)))],
    [
      'a list of rows within a row',
      file(statement(ROW.replace('<NAME>', `<BANKTRANLIST>${ROW}</BANKTRANLIST><NAME>`))),
    ],
    [
      'a list below something else within a row',
      file(
        statement(
          ROW.replace('1<NAME>', `1<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>${ROW}</BANKTRANLIST><NAME>`),
        ),
      ),
    ],
    ['a statement within a row', file(statement(ROW.replace('<NAME>', `${statement(ROW)}<NAME>`)))],
    ['a row outside of any list', file(statement(ROW, ROW))],
    ['a row outside of any statement', file(statement(ROW) + ROW)],
    ['a row outside of any list, beside an investment statement', file(investment + statement(ROW, ROW))],
    ['an end tag with more than its name', file(statement(ROW.replace('</STMTTRN>', '</STMTTRN RN>')))],
    ['a missing date', file(statement(ROW.replace('<DTPOSTED>20260131', '')))],
    ['an ambiguous date', file(statement(ROW.replace('20260131', '01/02/2026')))],
    ['content after the end', `${file(statement(ROW))}<OFX>`],
    ['text between elements', file(statement(`${ROW}</MEMO>`))],
  ])('%s is refused', (_, text) => expect(errorFor(text)).toBe('STATEMENT_MALFORMED'));
  it('an error names line, offset and what was expected', () => {
    const text = ofxText({ rows: ledgerRows(2) }).replace(/<DTPOSTED>.*/, '<DTPOSTED>soon');
    const error = errorOf(() => read(text));
    expect(error?.params).toMatchObject({ expected: 'an unambiguous date in DTPOSTED', found: 'soon' });
    const offset = Number(error?.params['offset']);
    expect(text.slice(offset, offset + 9)).toBe('<STMTTRN>');
    expect(text.slice(0, offset).split('\n').length).toBe(Number(error?.params['line']));
  });
});
