// XLSX: real dates and numbers, strings that are never formulas, a summary that proves, the same bytes for the same ledger.
import { assert, property } from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { xlsxWriter } from '../../../electron/adapters/statement-writers/xlsx/writer.ts';
import { parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import { type WrittenLedger, aLedger, aRecord, ledgers, writtenBytes } from '../../builders/written-ledger.ts';

interface Book {
  readonly parts: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly summary: Readonly<Record<string, string>>;
}

/** A cell as `style:value` for a number and `"text"` for a string. */
function cellsOf(row: string): Record<string, string> {
  const cell = /<c r="([A-Z])\d+"(?: s="(\d+)")?(?: t="inlineStr"><is><t>([^<]*)<\/t><\/is>|><v>([^<]*)<\/v>)<\/c>/g;
  return Object.fromEntries(
    Array.from(row.matchAll(cell), ([, column = '', style, text, value]) => [
      column,
      text === undefined
        ? `${style}:${value}`
        : `"${text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')}"`,
    ]),
  );
}

function bookOf(ledger: WrittenLedger): Book {
  const files = Object.entries(unzipSync(writtenBytes(xlsxWriter, ledger, 3)));
  const parts = Object.fromEntries(files.map(([path, bytes]) => [path, strFromU8(bytes)]));
  const rowsOf = (sheet: string): Record<string, string>[] =>
    (parts[`xl/worksheets/${sheet}.xml`] ?? '').split('<row ').slice(1).map(cellsOf);
  const summary = rowsOf('sheet2').map((row) => [row['A']!.slice(1, -1), row['B'] ?? ''] as const);
  return { parts, rows: rowsOf('sheet1'), summary: Object.fromEntries(summary) };
}

describe('XLSX', () => {
  it('has the parts a workbook needs, each named where it must be', () => {
    const { parts } = bookOf(aLedger([aRecord(1)]));
    const named = Array.from(parts['[Content_Types].xml']!.matchAll(/PartName="\/([^"]+)"/g), ([, path]) => path);
    expect(new Set(named)).toEqual(new Set(Object.keys(parts).filter((path) => !/rels$|^\[/.test(path))));
    expect(parts['xl/workbook.xml']).toMatch(/name="Transactions".*name="Summary"/);
    expect(parts['xl/worksheets/sheet1.xml']).toContain(
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    );
  });

  it('writes days as days, amounts as numbers with all decimals, texts as strings', () => {
    const rows = [aRecord(1, { description: '=1+1', sourceId: '00123', endToEndId: '+1' })];
    const { rows: read } = bookOf(aLedger(rows));
    expect(read[1]).toMatchObject({ B: '2:45981', D: '5:-12.50', I: '"=1+1"', J: '"+1"', K: '"00123"' });
  });

  it('loses no row, amount or text of random ledgers and holds no formula', () => {
    assert(
      property(ledgers({ digits: 16 }), (ledger) => {
        const { parts, rows } = bookOf(ledger);
        expect(Object.values(parts).join('')).not.toMatch(/<f[ >]/);
        const minor = (cell: string): string =>
          cell
            .replace(/^\d+:|"|\./g, '')
            .replace('.', '')
            .replace(/^(-?)0+(?=\d)/, '$1');
        expect(rows.slice(1).map((row) => minor(row['D']!))).toEqual(ledger.rows.map((row) => row.amountMinor));
        expect(rows.slice(1).map((row) => row['I'])).toEqual(
          ledger.rows.map((row) => `"${row.description.replaceAll('_x0041_', '_x005F_x0041_')}"`),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('writes numbers that a spreadsheet gives back digit by digit, and texts beyond 15 digits', () => {
    const amounts = ['999999999999999', '-999999999999999', '1000000000000001'];
    const rows = amounts.map((amount, index) => aRecord(index + 1, { amountMinor: MinorUnits.parse(amount) }));
    const { rows: read, summary } = bookOf(aLedger(rows));
    expect(read.slice(1).map((row) => row['D'])).toEqual([
      '5:9999999999999.99',
      '5:-9999999999999.99',
      '"10000000000000.01"',
    ]);
    expect(Number('9999999999999.99').toFixed(2)).toBe('9999999999999.99');
    expect(summary['Note']).toMatch(/^"\d amounts have more than 15 digits/);
  });

  it('writes days before March 1900 as texts, since programs disagree about them', () => {
    const bookingDate = parseCalendarDate('1900-02-28');
    expect(bookOf(aLedger([aRecord(1, { bookingDate })])).rows[1]).toMatchObject({ B: '"1900-02-28"' });
  });

  it('proves in its summary that nothing is missing', () => {
    const ledger = aLedger([aRecord(1), aRecord(2, { amountMinor: MinorUnits.parse('9999') })]);
    expect(bookOf(ledger).summary).toMatchObject({
      'Account number': '"DE89370400440532013000"',
      'Opening balance': '5:1234.56',
      'Sum of rows': '5:87.49',
      'Closing balance': '5:1322.05',
      Proof: '"Opening balance + sum of rows = closing balance"',
      Difference: '5:0.00',
      Rows: '3:2',
      'Money in: sum': '5:99.99',
      'Money out: sum': '5:-12.50',
    });
  });

  it('says when they do not agree, and when no balances are known', () => {
    const { header, rows } = aLedger([aRecord(1)]);
    const { opening } = header.balances!;
    const wrong = bookOf({ header: { ...header, balances: { opening, closing: opening } }, rows }).summary;
    expect(wrong).toMatchObject({ Proof: '"The balances do not agree"', Difference: '5:12.50' });
    const unknown = bookOf({ header: { ...header, balances: null }, rows }).summary;
    expect(unknown).toMatchObject({ Proof: '"No balances are known"', 'Sum of rows': '5:-12.50' });
  });

  it('is the same bytes for the same ledger, however it is sliced and wherever it is written', () => {
    const ledger = aLedger(Array.from({ length: 300 }, (_, index) => aRecord(index + 1)));
    const here = writtenBytes(xlsxWriter, ledger, 7);
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Kiritimati';
    const there = writtenBytes(xlsxWriter, ledger, 300);
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(here.equals(there)).toBe(true);
  });
});
