// Finds the table in a file's first bytes: delimiter, lines before it, header, rows with a date and an amount, other lines. It gives columns no meaning.
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type CsvProfile, DateOrder } from '../../../../shared/model/statement-profile.ts';
import { csvDecimal } from './amounts.ts';
import { trimmedCell } from './cells.ts';
import { MAX_PREAMBLE } from './columns.ts';
import { csvDate } from './dates.ts';
import { TOTAL_WORDS, rankOf } from './dictionary.ts';
import { type CsvRecord, CsvTokenizer } from './tokenizer.ts';

export type Delimiter = CsvProfile['delimiter'];
const DELIMITERS: readonly Delimiter[] = [';', ',', '\t', '|'];

/** Cells are trimmed and free of what spreadsheets put around them. */
export interface CsvTable {
  readonly delimiter: Delimiter;
  /** Others that would give as many rows. */
  readonly rivals: readonly Delimiter[];
  readonly preamble: readonly (readonly string[])[];
  readonly header: readonly string[] | null;
  readonly width: number;
  readonly rows: readonly (readonly string[])[];
  /** Records behind the header that are no rows. */
  readonly others: readonly OtherRecord[];
}

export interface OtherRecord {
  readonly cells: readonly string[];
  /** No row follows. */
  readonly trailing: boolean;
}

/** A date under some order. */
export function isDateCell(cell: string): boolean {
  return (
    cell.length >= 6 &&
    cell.length <= 40 &&
    /\d/.test(cell) &&
    DateOrder.options.some((order) => csvDate(cell, order) !== null)
  );
}

/** An amount under some decimal mark; long numbers and numbers with leading zeros are no amounts but references. */
export function isAmountCell(cell: string): boolean {
  if (cell === '' || !/\d/.test(cell) || /^[-+]?0\d|\d{13}/.test(cell)) return false;
  return csvDecimal(cell, '.') !== null || csvDecimal(cell, ',') !== null;
}

/** Characters in which the delimiter is looked for. */
const SAMPLE = 65_536;

/** The table of a decoded head, null where no delimiter gives one. */
export function findTable(text: string): CsvTable | null {
  const sample = text.length > SAMPLE ? text.slice(0, SAMPLE) : text;
  const tables = DELIMITERS.map((delimiter) => tableOf(sample, delimiter)).filter((table) => table !== null);
  const score = ({ rows, width, header }: CsvTable): number => rows.length * 10_000 + (header ? 2000 : 0) + width;
  const best = tables.reduce<CsvTable | null>((a, b) => (a && score(a) >= score(b) ? a : b), null);
  if (!best) return null;
  const rivals = tables
    .filter((table) => table !== best && table.rows.length === best.rows.length && best.rows.length > 0)
    .map(({ delimiter }) => delimiter);
  const whole = sample === text ? best : tableOf(text, best.delimiter);
  return whole && { ...whole, rivals };
}

function tableOf(text: string, delimiter: Delimiter): CsvTable | null {
  const lines = Array.from(recordsOf(text, delimiter, 'lines'), cellsOf);
  const firstRow = firstRowOf(text, delimiter, lines);
  const headerAt = findHeader(lines, firstRow);
  if (headerAt === null && firstRow < 0) return null;
  const start = headerAt ?? firstRow;
  const header = headerAt === null ? null : withoutEmptyEnd(lines[headerAt] ?? []);
  const rest = Array.from(recordsOf(text, delimiter, headerAt === null ? start : start + 1), cellsOf);
  const records = rest.filter((cells) => cells.some((cell) => cell !== '') && cells.join() !== header?.join());
  const width = header?.length ?? records.find(isRow)?.length ?? 0;
  const datedFirst = isMostlyDated(records.filter(isRow));
  const fits = (cells: readonly string[]): boolean =>
    isRow(cells) && hasWidth(cells, width) && !(datedFirst && TOTAL_WORDS.test(cells[0] ?? ''));
  const lastRow = records.findLastIndex(fits);
  return {
    delimiter,
    rivals: [],
    preamble: lines.slice(0, start),
    header,
    width,
    rows: records.filter(fits),
    others: records.flatMap((cells, at) => (fits(cells) ? [] : [{ cells, trailing: at > lastRow }])),
  };
}

/** As many cells as the header; more only where they are empty. */
function hasWidth(cells: readonly string[], width: number): boolean {
  return cells.length >= width && cells.slice(width).every((cell) => cell === '');
}

/** Whether rows begin with a date: one that begins with `Kontostand` is then none. */
function isMostlyDated(rows: readonly (readonly string[])[]): boolean {
  return rows.filter((cells) => isDateCell(cells[0] ?? '')).length * 2 > rows.length;
}

function cellsOf({ cells }: CsvRecord): string[] {
  return cells.map(trimmedCell);
}

/** At least two cells, one of them a date and another an amount. */
export function isRow(cells: readonly string[]): boolean {
  const date = cells.findIndex(isDateCell);
  return date >= 0 && cells.some((cell, at) => at !== date && isAmountCell(cell) && !isDateCell(cell));
}

/** The line of the first row, not of a balance with its date: a row whose cells go over several lines is seen only as a record. -1 where there is none. */
function firstRowOf(text: string, delimiter: Delimiter, lines: readonly (readonly string[])[]): number {
  const isFirst = (cells: readonly string[]): boolean => isRow(cells) && !TOTAL_WORDS.test(cells[0] ?? '');
  const byLine = lines.findIndex(isFirst);
  for (const record of recordsOf(text, delimiter, 0)) {
    const line = record.place.line - 1;
    if (line >= MAX_PREAMBLE || line === byLine) return byLine;
    if (isFirst(cellsOf(record))) return line;
  }
  return byLine;
}

/** The nearest line before the first row that names columns; without rows a line that names a date and an amount. */
function findHeader(lines: readonly (readonly string[])[], firstRow: number): number | null {
  const end = firstRow < 0 ? lines.length : firstRow;
  const named = lines.findLastIndex((cells, at) => at < end && namesColumns(cells));
  if (named >= 0) return named;
  if (firstRow < 0) return null;
  const before = lines.findLastIndex((cells, at) => at < end && cells.some((cell) => cell !== ''));
  const width = lines[firstRow]?.length ?? 0;
  return before >= 0 && couldBeHeader(lines[before] ?? [], width) ? before : null;
}

function namesColumns(cells: readonly string[]): boolean {
  if (cells.length < 2 || cells.some((cell) => cell.length > 200 || isDateCell(cell))) return false;
  const has = (role: Parameters<typeof rankOf>[0]): boolean => cells.some((cell) => rankOf(role, cell) !== null);
  return (has('bookingDate') || has('valueDate')) && (has('amount') || (has('debit') && has('credit')));
}

function couldBeHeader(cells: readonly string[], width: number): boolean {
  const filled = cells.filter((cell) => cell !== '');
  const texts = filled.every(
    (cell) => /\p{L}/u.test(cell) && cell.length <= 80 && !isDateCell(cell) && !isAmountCell(cell),
  );
  return (
    texts && filled.length >= 2 && Math.abs(withoutEmptyEnd(cells).length - width) <= 1 && filled.length >= width / 2
  );
}

function withoutEmptyEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

/** Physical lines up to the longest preamble, or the records behind so many lines. A record the text does not hold whole ends them. */
function* recordsOf(text: string, delimiter: Delimiter, from: 'lines' | number): Generator<CsvRecord> {
  const tokens = new CsvTokenizer({ delimiter, decode: (held) => held, onLooseQuote: () => undefined });
  tokens.write(text);
  tokens.end();
  const skipped = from === 'lines' ? MAX_PREAMBLE : from;
  try {
    for (let line = 0; line < skipped; line += 1) {
      const record = tokens.nextLine();
      if (record === null) return;
      if (from === 'lines') yield record;
    }
    if (from === 'lines') return;
    for (let record = tokens.next(); record !== null; record = tokens.next())
      if (record.closed || isRow(cellsOf(record))) yield record;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
