// Which lines among and behind the rows are totals and notices, by their first words. It never leaves out what may be a row that lost its shape.
import { cut } from '../values.ts';
import { TOTAL_WORDS } from './dictionary.ts';
import { type Column, distinct } from './evidence.ts';
import { type CsvTable, type OtherRecord, isDateCell } from './table.ts';

const MAX_IGNORED = 20;

/**
 * First words of lines to be left out. With a date where rows have theirs only a total without an amount is one. A notice is one behind the last row;
 * among the rows it may open another part (`Pending`), so only a total is.
 */
export function ignoredRowsOf(table: CsvTable, bookingDate: Column, amounts: readonly Column[]): string[] {
  const isEmpty = (row: readonly string[]): boolean => amounts.every(({ index }) => (row[index] ?? '') === '');
  const withoutAmount = table.rows.filter(isEmpty).map((cells) => ({ cells, trailing: false }));
  const texts = [...table.others, ...withoutAmount].flatMap((record) => textOf(record, bookingDate.index) ?? []);
  const firsts = table.rows.filter((row) => !isEmpty(row)).map((row) => row.find((cell) => cell !== '') ?? '');
  return distinct(texts.map(wordsOf))
    .filter((text) => text !== '' && !firsts.some((first) => first.startsWith(text)))
    .slice(0, MAX_IGNORED);
}

function textOf({ cells, trailing }: OtherRecord, booking: number): string | null {
  const filled = cells.filter((cell) => cell !== '');
  const [first = ''] = filled;
  if (isDateCell(cells[booking] ?? '')) return filled.find((cell) => TOTAL_WORDS.test(cell)) ?? null;
  return TOTAL_WORDS.test(first) || (trailing && !filled.some(isDateCell)) ? first : null;
}

/** The words before digits and colons, which change from file to file; the whole text where it begins with them. */
function wordsOf(text: string): string {
  const words = /^[^\d:]*/.exec(text)?.[0].trim() ?? '';
  return cut(words.length >= 2 ? words : text, 100);
}
