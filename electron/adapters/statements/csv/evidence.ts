// What the cells of a table prove: which column is of which kind, in which order dates and under which marks amounts can be read. It asks, never guesses.
import { type DateOrder, DecimalMark } from '../../../../shared/model/statement-profile.ts';
import { ibanOf } from '../values.ts';
import { csvDecimal, isAmbiguousDecimal } from './amounts.ts';
import { normalised } from './cells.ts';
import { csvDate, possibleOrders } from './dates.ts';
import { isAmountCell, isDateCell } from './table.ts';

/** The filled cells of one column. */
export interface Column {
  readonly index: number;
  readonly cells: readonly string[];
  /** Share of rows in which it is filled, 0 to 1. */
  readonly filled: number;
  readonly kind: 'date' | 'amount' | 'iban' | 'currency' | 'text' | 'empty';
}

/** Most cells almost all of which must be of a kind: a bank may write `-` or a notice in one. */
const SURE = 0.95;

export function columnsOf(rows: readonly (readonly string[])[], width: number): Column[] {
  return Array.from({ length: width }, (_, index) => {
    const cells = rows.map((row) => row[index] ?? '').filter((cell) => cell !== '');
    return { index, cells, filled: rows.length === 0 ? 0 : cells.length / rows.length, kind: kindOf(cells) };
  });
}

function kindOf(cells: readonly string[]): Column['kind'] {
  if (cells.length === 0) return 'empty';
  const most = (test: (cell: string) => boolean): boolean => cells.filter(test).length >= cells.length * SURE;
  if (most(isDateCell)) return 'date';
  if (most((cell) => /^[A-Z]{3}$/.test(cell))) return 'currency';
  if (most((cell) => ibanOf(cell) !== null)) return 'iban';
  return most(isAmountCell) ? 'amount' : 'text';
}

/** Something the cells decide, or leave open with cells that would read differently. */
export interface Finding<T> {
  readonly value: T;
  readonly options: readonly T[];
  readonly examples: readonly string[];
}

/** The order of all dates of some columns; two or more options where the cells allow them and differ. */
export function dateOrderOf(columns: readonly Column[]): Finding<DateOrder> {
  const cells = distinct(columns.flatMap((column) => column.cells)).filter(isDateCell);
  const options = withinYears(cells, possibleOrders(cells));
  const examples = cells.filter((cell) => new Set(options.map((order) => csvDate(cell, order))).size > 1);
  const [value = 'dmy'] = options;
  return options.length > 1 && (examples.length > 0 || cells.length === 0)
    ? { value, options, examples }
    : { value, options: [value], examples: [] };
}

const MAX_YEARS = 10;

/** `31/12/26` and `05/12/26` are not two days of 2031 and 2005: an order that spreads the rows over more than ten years yields to one that does not. */
function withinYears(cells: readonly string[], orders: readonly DateOrder[]): readonly DateOrder[] {
  const span = (order: DateOrder): number => {
    const years = cells.map((cell) => Number(csvDate(cell, order)?.slice(0, 4)));
    return years.reduce((a, b) => Math.max(a, b), 0) - years.reduce((a, b) => Math.min(a, b), 9999);
  };
  const narrow = orders.filter((order) => span(order) <= MAX_YEARS);
  return narrow.length > 0 ? narrow : orders;
}

/** The decimal mark of all amounts; both where no cell decides and one would read differently. `fallback` where it makes no difference. */
export function decimalMarkOf(columns: readonly Column[], fallback: DecimalMark): Finding<DecimalMark> {
  const cells = distinct(columns.flatMap((column) => column.cells)).filter(isAmountCell);
  const options = DecimalMark.options.filter((mark) => cells.every((cell) => csvDecimal(cell, mark) !== null));
  const examples = cells.filter(isAmbiguousDecimal);
  if (options.length === 2 && (examples.length > 0 || cells.length === 0))
    return { value: fallback, options, examples };
  const value =
    options.length === 1 ? (options[0] ?? fallback) : options.length === 2 ? fallback : likeliest(cells, fallback);
  return { value, options: [value], examples: [] };
}

/** Cells that contradict each other: the mark that reads more of them; the others stop the import. */
function likeliest(cells: readonly string[], fallback: DecimalMark): DecimalMark {
  const readable = (mark: DecimalMark): number => cells.filter((cell) => csvDecimal(cell, mark) !== null).length;
  const other = fallback === ',' ? '.' : ',';
  return readable(other) > readable(fallback) ? other : fallback;
}

/** Distinct texts of a column in the form in which they are compared, where there are few. */
export function distinctTexts(column: Column): string[] {
  return distinct(column.cells.map(normalised));
}

export function distinct<T>(values: readonly T[]): T[] {
  return Array.from(new Set(values));
}
