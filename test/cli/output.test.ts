// Tables align, CSV round-trips and no cell of it runs in a spreadsheet.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, formatTable } from '../../electron/cli/output.ts';

/** RFC 4180 reader for one line. */
function parseCsvLine(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/gs)]
    .slice(0, -1)
    .map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

describe('csvLine', () => {
  test('cells survive RFC 4180, inert ones behind an apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 6 }), (cells) => {
        const read = parseCsvLine(`${csvLine(cells)},end`).slice(0, -1);
        expect(read.map((cell, index) => (cell === `'${cells[index]}` ? cell.slice(1) : cell))).toEqual(cells);
      }),
    );
  });

  test('no text cell begins with what a spreadsheet runs', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\0']) {
      const [cell = ''] = parseCsvLine(`${csvLine([`${start}cmd|' /C calc'!A0`])},end`);
      expect(cell.startsWith("'")).toBe(true);
    }
  });

  test('negative amounts stay numbers', () => {
    expect(csvLine(['-12.30', -5, null])).toBe('-12.30,-5,');
  });
});

test('formatTable aligns by character and marks what is absent', () => {
  const table = formatTable(
    ['name', 'amount'],
    [
      ['Łódź', '1.00'],
      ['B', null],
    ],
    [1],
  );
  expect(table).toBe('name  amount\n────  ──────\nŁódź    1.00\nB          –');
});
