// SWIFT amounts, balances and sums as minor units. Nothing passes through a float and nothing is rounded.
import { type CurrencyCode, currencyExponent } from '../../../../shared/model/currency.ts';
import { currencyOf, minorUnitsOf } from '../values.ts';
import { type SwiftDate, swiftDate } from './dates.ts';

/** `unusual`: not SWIFT's notation, but it can mean only this. */
export interface SwiftAmount {
  readonly minor: bigint;
  readonly unusual: boolean;
}

/**
 * Digits with a decimal comma: `1213,28`, `50,`. A missing comma or missing digits before it are read as what they can only mean.
 * @see SWIFT Standards MT, general rules, "Numbers": a comma, always present, with at least one digit before it
 */
export function swiftAmount(written: string, exponent: number): SwiftAmount | null {
  if (!/^(?:\d+(?:,\d*)?|,\d*)$/.test(written)) return null;
  const comma = written.indexOf(',');
  const minor = minorUnitsOf(comma === 0 ? `0.${written.slice(1)}` : written.replace(',', '.'), exponent);
  return minor === null ? null : { minor, unusual: comma <= 0 };
}

/** `date` is null for the zeros that some banks write before an account's first statement. */
export interface SwiftBalance extends SwiftAmount {
  readonly currency: CurrencyCode;
  readonly date: SwiftDate | null;
  /** The amount has all decimals of its currency: nothing can follow it. */
  readonly whole: boolean;
}

/** Fields 60a, 62a, 64 and 65: `C|D`, YYMMDD, currency, amount. Null where it is none. `currency` stands in where a bank leaves the code out. */
export function swiftBalance(line: string, currency: CurrencyCode | null): SwiftBalance | null {
  const match = /^([CD])(\d{6})([A-Z]{3})?(\d*,?\d*)$/.exec(line.trim());
  if (!match) return null;
  const [, mark, digits = '', code, written = ''] = match;
  const own = code === undefined ? currency : currencyOf(code);
  const date = digits === '000000' ? null : swiftDate(digits);
  if (own === null || (date === null && digits !== '000000')) return null;
  const amount = swiftAmount(written, currencyExponent(own));
  if (amount === null) return null;
  const minor = mark === 'D' ? -amount.minor : amount.minor;
  return { minor, unusual: amount.unusual || code === undefined, currency: own, date, whole: isWhole(written, own) };
}

function isWhole(written: string, currency: CurrencyCode): boolean {
  const comma = written.indexOf(',');
  return comma >= 0 && written.length - comma > currencyExponent(currency);
}

/** What fields 90C and 90D say about a report's entries of one sign. */
export interface SwiftTotal {
  readonly count: number;
  readonly minor: bigint;
  readonly whole: boolean;
}

/** Fields 90C and 90D: number, currency, sum. Null where it is none. */
export function swiftTotal(line: string): SwiftTotal | null {
  const match = /^(\d{1,10})([A-Z]{3})([\d,]+)$/.exec(line.trim());
  const currency = currencyOf(match?.[2] ?? '');
  if (!match || currency === null) return null;
  const written = match[3] ?? '';
  const amount = swiftAmount(written, currencyExponent(currency));
  return amount && { count: Number(match[1]), minor: amount.minor, whole: isWhole(written, currency) };
}
