// Collects the fields of one QIF record up to its `^` and maps it to a source transaction. It knows no other record.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { type CurrencyCode, currencyExponent } from '../../../../shared/model/currency.ts';
import type { SourceChild, SourceTransaction } from '../../../../shared/model/source.ts';
import type { QifProfile } from '../../../../shared/model/statement-profile.ts';
import { csvDecimal } from '../csv/amounts.ts';
import { type Place, malformed, quoteSource, tooLarge } from '../failure.ts';
import { MAX_CHILDREN, MAX_ROW } from '../limits.ts';
import { cut, minorUnitsOf, optionalText, plainText, sourceAmount } from '../values.ts';
import { qifDate } from './dates.ts';
import type { QifLine } from './lines.ts';

/** A profile that says everything. */
export type QifReading = Pick<QifProfile, 'dateOrder' | 'decimalMark'> & { readonly currency: CurrencyCode };

interface Split {
  category: string;
  memo: string;
  amount: string | null;
}

/** Fields of a record by their letter; the first of a letter counts. @see QIF specification, "Items for Non-Investment Accounts" */
export class QifRecord {
  readonly place: Place;
  readonly #decode: (text: string, place: Place) => string;
  readonly #fields = new Map<string, string>();
  readonly #splits: Split[] = [];
  #raw = '';

  constructor(place: Place, decode: (text: string, place: Place) => string) {
    this.place = place;
    this.#decode = decode;
  }

  get isEmpty(): boolean {
    return this.#fields.size === 0 && this.#splits.length === 0;
  }

  get raw(): string {
    return this.#decode(this.#raw, this.place).trimEnd();
  }

  /** The field's text, null where the record has none. */
  field(letter: string): string | null {
    return this.#fields.get(letter) ?? null;
  }

  /** @throws {AppError} STATEMENT_TOO_LARGE */
  add({ text, raw, place }: QifLine): void {
    this.#raw += raw;
    if (this.#raw.length > MAX_ROW) throw tooLarge(this.place, 'record', `${MAX_ROW} bytes`);
    const letter = text.charAt(0);
    const value = this.#decode(text.slice(1), place);
    if (letter === 'S') this.#splits.push({ category: value, memo: '', amount: null });
    else if (letter === 'E' || letter === '$') this.#split(letter, value);
    else if (letter !== '' && !this.#fields.has(letter)) this.#fields.set(letter, value);
    if (this.#splits.length > MAX_CHILDREN) throw tooLarge(this.place, 'record', `${MAX_CHILDREN} parts`);
  }

  #split(letter: 'E' | '$', value: string): void {
    const last = this.#splits.at(-1);
    if (!last) return;
    if (letter === 'E') last.memo = value;
    else last.amount = value;
  }

  /** @throws {AppError} STATEMENT_PROFILE_UNFIT, STATEMENT_MALFORMED where there is none */
  date({ dateOrder }: QifReading): CalendarDate {
    const written = this.field('D');
    if (written === null) throw malformed(this.place, 'a date (D) in the record', '');
    const date = qifDate(written, dateOrder);
    if (date) return date;
    throw unfit(this.place, `the date “${quoteSource(written)}” is none in the order ${dateOrder}`);
  }

  /** Signed minor units. @throws {AppError} STATEMENT_PROFILE_UNFIT, STATEMENT_MALFORMED where there is none */
  amount(profile: QifReading): bigint {
    const written = this.field('T') ?? this.field('U');
    if (written === null) throw malformed(this.place, 'an amount (T) in the record', '');
    return this.#minor(written, profile);
  }

  #minor(written: string, { decimalMark, currency }: QifReading): bigint {
    const decimal = csvDecimal(written.trim(), decimalMark);
    const exponent = currencyExponent(currency);
    const minor = decimal && decimal.currency === '' ? minorUnitsOf(decimal.text, exponent) : null;
    if (minor === null)
      throw unfit(
        this.place,
        `the amount “${quoteSource(written)}” is none with the decimal mark ${decimalMark} and ${exponent} decimals`,
      );
    return decimal?.sign === '-' ? -minor : minor;
  }

  /** @throws {AppError} STATEMENT_PROFILE_UNFIT, STATEMENT_MALFORMED */
  row(profile: QifReading): SourceTransaction {
    const written = (this.field('T') ?? this.field('U') ?? '').trim();
    const payee = optionalText(this.field('P') ?? undefined, 4000);
    const memo = optionalText(this.field('M') ?? undefined, 4000);
    return {
      ...sourceAmount(this.amount(profile), profile.currency),
      state: 'booked',
      bookingDate: this.date(profile),
      valueDate: null,
      transactionDate: null,
      rawAmount: cut(written, 64),
      rawSign: written.startsWith('-') ? '-' : written.startsWith('+') ? '+' : null,
      foreign: null,
      description: memo ?? payee ?? optionalText(this.field('N') ?? undefined, 4000) ?? '',
      counterparty: payee,
      counterpartyAccount: null,
      endToEndId: null,
      sourceId: null,
      bankCode: optionalText(this.field('N') ?? undefined, 64),
      balanceAfterMinor: null,
      children: this.#splits.map((split) => this.#child(split, profile)),
      raw: this.raw,
    };
  }

  #child({ category, memo, amount }: Split, profile: QifReading): SourceChild {
    return {
      amount: amount === null ? null : sourceAmount(this.#minor(amount, profile), profile.currency),
      description: plainText(memo === '' ? category : memo, 4000),
      counterparty: null,
      counterpartyAccount: null,
      endToEndId: null,
      sourceId: null,
    };
  }
}

function unfit({ line }: Place, what: string): AppError {
  return new AppError('STATEMENT_PROFILE_UNFIT', { what: `line ${line}: ${what}`, line: String(line) });
}
