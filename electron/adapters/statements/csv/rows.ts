// Maps one record to a row as the profile says. What the profile does not allow stops the import with line and column; nothing is guessed.
import { isDateCell } from './table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { type CurrencyCode, currencyExponent } from '../../../../shared/model/currency.ts';
import { type SourceTransaction, UNNAMED_ACCOUNT } from '../../../../shared/model/source.ts';
import { type ColumnReference, type CsvProfile, DateOrder } from '../../../../shared/model/statement-profile.ts';
import { malformed, quoteSource } from '../failure.ts';
import { MAX_RAW } from '../limits.ts';
import type { StatementSink } from '../statement-sink.ts';
import {
  currencyOf,
  cut,
  ibanOf,
  minorString,
  minorUnitsOf,
  optionalText,
  plainText,
  sourceAmount,
} from '../values.ts';
import type { AccountRow } from './open-statement.ts';
import { type CsvDecimal, agrees, csvDecimal } from './amounts.ts';
import { fieldCell, normalised, trimmedCell } from './cells.ts';
import type { CsvColumns } from './columns.ts';
import { csvDate } from './dates.ts';
import type { CsvRecord } from './tokenizer.ts';

/** A cell of the record that is read, for messages. */
interface Cell {
  readonly text: string;
  readonly column: number;
}

interface Amount {
  readonly minor: bigint;
  readonly raw: string;
  readonly sign: string | null;
}

/** One of two columns, unsigned. */
interface Side {
  readonly minor: bigint;
  readonly raw: string;
  readonly column: number;
}

export class CsvRows {
  readonly #profile: CsvProfile;
  readonly #columns: CsvColumns;
  readonly #sink: StatementSink;
  readonly #at: Places;
  readonly #splitSigns = new Map<number, string>();
  readonly #days = new Map<string, CalendarDate | null>();
  #record: CsvRecord = { cells: [], raw: '', place: { line: 0, offset: 0 }, closed: true };

  /** @throws {AppError} STATEMENT_PROFILE_UNFIT where a column is missing */
  constructor(profile: CsvProfile, columns: CsvColumns, sink: StatementSink) {
    this.#profile = profile;
    this.#columns = columns;
    this.#sink = sink;
    this.#at = placesOf(profile, columns);
  }

  /** Whether a record holds no transaction and may be left out: a total, a notice. */
  isIgnored(record: CsvRecord): boolean {
    const { ignoredRows } = this.#profile;
    if (ignoredRows.length === 0) return false;
    const cells = record.cells.map(trimmedCell).filter((cell) => cell !== '');
    const matches = (cell: string): boolean => ignoredRows.some((text) => cell.startsWith(text));
    if (matches(cells[0] ?? '')) return true;
    // A row that lost its shape has no amount either, and what stands where dates do is none.
    const date = trimmedCell(record.cells[this.#at.bookingDate]);
    if (date !== '' && !isDateCell(date)) return false;
    const noAmount =
      record.cells.length >= this.#columns.width &&
      this.#at.amounts.every((column) => trimmedCell(record.cells[column]) === '');
    return noAmount && cells.some(matches);
  }

  /** The row of a record, null where its status says that it never happened. @throws {AppError} STATEMENT_MALFORMED, STATEMENT_PROFILE_UNFIT */
  map(record: CsvRecord): AccountRow | null {
    this.#record = record;
    this.#checkWidth();
    const state = this.#state();
    if (state === 'ignored') return null;
    const currency = this.#currency();
    const amount = this.#amount(currency);
    const dates = this.#dates();
    return {
      line: record.place.line,
      account: this.#account(currency),
      row: {
        ...sourceAmount(amount.minor - this.#fee(currency), currency),
        state,
        ...dates,
        rawAmount: cut(amount.raw, 64),
        rawSign: amount.sign === null ? null : cut(amount.sign, 16),
        foreign: null,
        ...this.#texts(),
        bankCode: null,
        balanceAfterMinor: this.#balance(currency),
        children: [],
        raw: cut(record.raw, MAX_RAW),
      },
    };
  }

  #cell(column: number): string {
    return fieldCell(this.#record.cells[column]);
  }

  #text(column: number): string {
    return trimmedCell(this.#record.cells[column]);
  }

  #optional(column: number | null): string {
    return column === null ? '' : this.#cell(column);
  }

  #checkWidth(): void {
    const { cells, place, raw } = this.#record;
    const { width } = this.#columns;
    const surplus = cells.length > width && cells.slice(width).some((cell) => trimmedCell(cell) !== '');
    if (cells.length < width || surplus)
      throw malformed(place, `${width} cells instead of ${cells.length}`, raw.slice(0, 200));
  }

  #state(): 'booked' | 'pending' | 'ignored' {
    const { status } = this.#profile;
    if (!status || this.#at.status === null) return 'booked';
    const text = normalised(this.#cell(this.#at.status));
    for (const state of ['booked', 'pending', 'ignored'] as const)
      if (status[state].some((known) => normalised(known) === text)) return state;
    throw this.#unfit(`“${quoteSource(text)}” is none of its texts of a status`, { text, column: this.#at.status });
  }

  #currency(): CurrencyCode {
    const { currencyColumn } = this.#at;
    const text = this.#optional(currencyColumn);
    if (currencyColumn === null || (text === '' && this.#profile.currency !== null)) {
      if (this.#profile.currency === null) throw this.#bad('a currency', { text, column: currencyColumn ?? 0 });
      return this.#profile.currency;
    }
    const currency = currencyOf(text);
    if (currency === null) throw this.#bad('a currency code', { text, column: currencyColumn });
    return currency;
  }

  #amount(currency: CurrencyCode): Amount {
    const { amount } = this.#profile;
    const [first = 0, second = 0] = this.#at.amounts;
    if (amount.kind === 'split') return this.#split(this.#side(first, currency), this.#side(second, currency));
    if (amount.kind === 'indicated') return this.#indicated(first, currency);
    const text = this.#cell(first);
    const { sign, minor } = this.#decimal({ text, column: first }, currency);
    const signed = sign === '-' ? -minor : minor;
    return { minor: this.#profile.signInverted ? -signed : signed, raw: text, sign: sign === '' ? null : sign };
  }

  /** The unsigned amount of one column of two; null where it is empty. */
  #side(column: number, currency: CurrencyCode): Side | null {
    const text = this.#cell(column);
    if (text === '') return null;
    const { sign, minor } = this.#decimal({ text, column }, currency);
    if (minor !== 0n) {
      const ornament = sign === '-' ? '-' : '+';
      const before = this.#splitSigns.get(column) ?? ornament;
      this.#splitSigns.set(column, before);
      if (before !== ornament) throw this.#bad('the same sign as in the rows before', { text, column });
    }
    return { minor, raw: text, column };
  }

  #split(debit: Side | null, credit: Side | null): Amount {
    const [out = 0, income = 0] = this.#at.amounts;
    if (debit && credit && debit.minor !== 0n && credit.minor !== 0n)
      throw this.#bad('an amount in one of two columns', { text: credit.raw, column: income });
    const side = debit && (debit.minor !== 0n || !credit) ? debit : credit;
    if (!side) throw this.#bad('an amount', { text: '', column: out });
    const sign = this.#columns.headerOf(side.column);
    return { minor: side === debit ? -side.minor : side.minor, raw: side.raw, sign };
  }

  #indicated(column: number, currency: CurrencyCode): Amount {
    const { amount } = this.#profile;
    const text = this.#cell(column);
    const { sign, minor } = this.#decimal({ text, column }, currency);
    if (sign === '-') throw this.#bad('an amount without a minus', { text, column });
    const place = this.#at.amounts[1] ?? 0;
    const indicator = this.#cell(place);
    const direction = normalised(indicator);
    if (amount.kind === 'indicated' && direction === normalised(amount.debit))
      return { minor: -minor, raw: text, sign: indicator };
    if (amount.kind === 'indicated' && direction === normalised(amount.credit))
      return { minor, raw: text, sign: indicator };
    throw this.#unfit(`“${quoteSource(indicator)}” is none of its two directions`, { text: indicator, column: place });
  }

  /** The unsigned minor units of a cell and its sign. */
  #decimal(cell: Cell, currency: CurrencyCode): { minor: bigint; sign: CsvDecimal['sign'] } {
    const { decimalMark } = this.#profile;
    const decimal = csvDecimal(cell.text, decimalMark);
    const exponent = currencyExponent(currency);
    const minor = decimal === null ? null : minorUnitsOf(decimal.text, exponent);
    if (decimal === null || minor === null) throw this.#unreadable(cell, exponent);
    if (!agrees(decimal.currency, currency)) throw this.#bad(`an amount in ${currency}`, cell);
    return { minor, sign: decimal.sign };
  }

  #unreadable(cell: Cell, exponent: number): AppError {
    const { decimalMark } = this.#profile;
    const other = csvDecimal(cell.text, decimalMark === ',' ? '.' : ',');
    const fits = other !== null && minorUnitsOf(other.text, exponent) !== null;
    if (fits) return this.#unfit(`its decimal mark is “${decimalMark}”`, cell);
    return this.#bad(`an amount with ${exponent} decimals`, cell);
  }

  #fee(currency: CurrencyCode): bigint {
    const { fee } = this.#at;
    const text = this.#optional(fee);
    if (fee === null || text === '') return 0n;
    const { minor, sign } = this.#decimal({ text, column: fee }, currency);
    if (sign === '-' && minor !== 0n) throw this.#bad('a fee without a minus', { text, column: fee });
    return minor;
  }

  #balance(currency: CurrencyCode): SourceTransaction['balanceAfterMinor'] {
    const { balanceAfter } = this.#at;
    const text = this.#optional(balanceAfter);
    if (balanceAfter === null || text === '') return null;
    const { minor, sign } = this.#decimal({ text, column: balanceAfter }, currency);
    const signed = sign === '-' ? -minor : minor;
    return minorString(this.#profile.signInverted ? -signed : signed);
  }

  #dates(): Pick<SourceTransaction, 'bookingDate' | 'valueDate' | 'transactionDate'> {
    const { bookingDate: column } = this.#at;
    const text = this.#cell(column);
    const booking = text === '' ? null : this.#day({ text, column });
    if (text !== '' && booking === null) throw this.#bad('a date', { text, column });
    const valueDate = this.#optionalDay(this.#at.valueDate);
    const transactionDate = this.#optionalDay(this.#at.transactionDate);
    const bookingDate = booking ?? valueDate ?? transactionDate;
    if (bookingDate === null) throw this.#bad('a date', { text, column });
    if (booking === null)
      this.#sink.warn(
        'BOOKING_DATE_MISSING',
        `Line ${this.#record.place.line}: a row has no booking date; its value or transaction date was taken.`,
      );
    return { bookingDate, valueDate, transactionDate };
  }

  #optionalDay(column: number | null): CalendarDate | null {
    const text = this.#optional(column);
    if (column === null || /^[0\W]*$/.test(text)) return null;
    const day = this.#day({ text, column });
    if (day === null)
      this.#sink.warn(
        'DATE_UNREADABLE',
        `Line ${this.#record.place.line}: a value or transaction date is no date and was left out.`,
      );
    return day;
  }

  /** The day of a cell, null where it is no date at all. @throws {AppError} STATEMENT_PROFILE_UNFIT where it is one in another order only */
  #day(cell: Cell): CalendarDate | null {
    const known = this.#days.get(cell.text);
    if (known !== undefined) return known;
    const { dateOrder } = this.#profile;
    const day = csvDate(cell.text, dateOrder);
    if (day === null && DateOrder.options.some((order) => csvDate(cell.text, order) !== null))
      throw this.#unfit(`its dates are ${dateOrder}`, cell);
    if (this.#days.size >= KNOWN_DAYS) this.#days.clear();
    this.#days.set(cell.text, day);
    return day;
  }

  #texts(): Pick<SourceTransaction, TextFields> {
    const { description, counterparty, counterpartyAccount, endToEndId, sourceId } = this.#at;
    const account = this.#optional(counterpartyAccount);
    const reference = this.#optional(endToEndId);
    return {
      description: plainText(description.map((column) => this.#text(column)).join(' '), 4000),
      counterparty: counterparty === null ? null : optionalText(this.#text(counterparty), 4000),
      counterpartyAccount: ibanOf(account) ?? optionalText(account, 64),
      endToEndId: reference.toUpperCase() === 'NOTPROVIDED' ? null : optionalText(reference, 128),
      sourceId: optionalText(this.#optional(sourceId), 256),
    };
  }

  #account(currency: CurrencyCode): AccountRow['account'] {
    const { account: column } = this.#at;
    const text = this.#optional(column);
    if (column !== null && text === '') throw this.#bad('an account', { text, column });
    const iban = ibanOf(text);
    const id = iban ?? optionalText(text, 256) ?? UNNAMED_ACCOUNT;
    return { id, iban, currency, name: null, institution: null, kind: 'other' };
  }

  /** STATEMENT_MALFORMED: the cell is wrong under any profile. */
  #bad(expected: string, { text, column }: Cell): AppError {
    return malformed(this.#record.place, `${expected} in ${this.#columns.nameOf(column)}`, text);
  }

  /** STATEMENT_PROFILE_UNFIT: the cell contradicts this profile. */
  #unfit(reason: string, { text, column }: Cell): AppError {
    const { line } = this.#record.place;
    const found = quoteSource(text);
    const what = `line ${line}, ${this.#columns.nameOf(column)}: ${reason}, found “${found}”`;
    return new AppError('STATEMENT_PROFILE_UNFIT', { what, line: String(line), found });
  }
}

/** Statements name few distinct days. */
const KNOWN_DAYS = 1024;

type TextFields = 'description' | 'counterparty' | 'counterpartyAccount' | 'endToEndId' | 'sourceId';

/** Where a profile's columns stand in one file. `amounts`: the amount; debit and credit; or amount and indicator. */
type Places = ReturnType<typeof placesOf>;

function placesOf(profile: CsvProfile, columns: CsvColumns) {
  const { amount } = profile;
  const at = (column: ColumnReference): number => columns.indexOf(column);
  const optional = (column: ColumnReference | null): number | null => (column === null ? null : at(column));
  const amounts =
    amount.kind === 'signed'
      ? [at(amount.amount)]
      : amount.kind === 'split'
        ? [at(amount.debit), at(amount.credit)]
        : [at(amount.amount), at(amount.indicator)];
  return {
    amounts,
    bookingDate: at(profile.bookingDate),
    valueDate: optional(profile.valueDate),
    transactionDate: optional(profile.transactionDate),
    fee: optional(profile.fee),
    description: profile.description.map(at),
    counterparty: optional(profile.counterparty),
    counterpartyAccount: optional(profile.counterpartyAccount),
    endToEndId: optional(profile.endToEndId),
    sourceId: optional(profile.sourceId),
    balanceAfter: optional(profile.balanceAfter),
    account: optional(profile.account),
    currencyColumn: optional(profile.currencyColumn),
    status: optional(profile.status?.column ?? null),
  };
}
