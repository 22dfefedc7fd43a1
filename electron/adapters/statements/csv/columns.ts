// Finds a profile's columns in a file's header. A column that is not there, or there twice, is no column.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ColumnReference, CsvProfile } from '../../../../shared/model/statement-profile.ts';
import { quoteSource } from '../failure.ts';
import { normalised } from './cells.ts';
import type { CsvRecord } from './tokenizer.ts';

/** Lines within which the header must stand. */
export const MAX_PREAMBLE = 200;

/** Columns a profile names. */
export function referencesOf(profile: CsvProfile): ColumnReference[] {
  const { amount } = profile;
  const amounts =
    amount.kind === 'signed'
      ? [amount.amount]
      : amount.kind === 'split'
        ? [amount.debit, amount.credit]
        : [amount.amount, amount.indicator];
  const optional = [
    profile.valueDate,
    profile.transactionDate,
    profile.fee,
    profile.counterparty,
    profile.counterpartyAccount,
    profile.endToEndId,
    profile.sourceId,
    profile.balanceAfter,
    profile.account,
    profile.currencyColumn,
    profile.status?.column ?? null,
  ];
  return [...amounts, profile.bookingDate, ...profile.description, ...optional.filter((column) => column !== null)];
}

/** Places of a profile's columns in one file. Cells behind the last column with a name must be empty. */
export class CsvColumns {
  readonly width: number;
  readonly #header: readonly string[] | null;

  private constructor(header: readonly string[] | null, width: number) {
    this.#header = header;
    this.width = width;
  }

  /** The columns of a header line, null where it lacks one that the profile names. */
  static ofHeader(line: CsvRecord, profile: CsvProfile): CsvColumns | null {
    const header = line.cells.map(normalised);
    const known = new Set(header);
    const names = referencesOf(profile).flatMap(({ header: name }) => (name === null ? [] : [normalised(name)]));
    if (!names.every((name) => known.has(name))) return null;
    return new CsvColumns(header, header.findLastIndex((name) => name !== '') + 1);
  }

  /** The columns of a file without a header, from its first row. */
  static ofFirstRow(record: CsvRecord): CsvColumns {
    return new CsvColumns(null, record.cells.length);
  }

  /** @throws {AppError} STATEMENT_PROFILE_UNFIT where the file has no such column or several */
  indexOf(column: ColumnReference): number {
    const { header, index } = column;
    const name = header === null ? null : normalised(header);
    if (this.#header === null || name === null) {
      if (index < this.width) return index;
      throw unfitColumn(`it has no column ${index + 1}`);
    }
    if (this.#header[index] === name) return index;
    const first = this.#header.indexOf(name);
    if (first >= 0 && first === this.#header.lastIndexOf(name)) return first;
    throw unfitColumn(`it has ${first < 0 ? 'no column' : 'several columns'} “${quoteSource(header ?? '')}”`);
  }

  /** A column's header, null where it has none. */
  headerOf(index: number): string | null {
    const name = this.#header?.[index] ?? '';
    return name === '' ? null : name;
  }

  /** A column's name for a message. */
  nameOf(index: number): string {
    const name = this.headerOf(index);
    return name === null ? `column ${index + 1}` : `column “${quoteSource(name)}”`;
  }
}

function unfitColumn(what: string): AppError {
  return new AppError('STATEMENT_PROFILE_UNFIT', { what });
}
