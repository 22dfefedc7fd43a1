// Amounts, counts and days as BAI2 writes them. Nothing passes through a float and nothing is guessed.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { type Place, malformed } from '../failure.ts';
import { calendarDateOf, minorUnitsOf } from '../values.ts';

/**
 * Minor units: digits without a mark, which the currency implies. Null where nothing stands there.
 * @throws {AppError} STATEMENT_MALFORMED
 * @see Cash Management Balance Reporting Specifications, Version 2: "amount fields do not contain decimals; the decimal places are implied, based on the currency code"
 */
export function amountOf(written: string, { place, what }: { place: Place; what: string }): bigint | null {
  const text = written.trim();
  if (text === '') return null;
  const minor = /^[+-]?\d+$/.test(text) ? minorUnitsOf(text.replace('+', ''), 0) : null;
  if (minor === null) throw malformed(place, `digits alone for ${what}`, written);
  return minor;
}

/** A number of items or records, null where nothing stands there. @throws {AppError} STATEMENT_MALFORMED */
export function countOf(written: string, { place, what }: { place: Place; what: string }): number | null {
  const text = written.trim();
  if (text === '') return null;
  if (!/^\d{1,15}$/.test(text)) throw malformed(place, `digits alone for ${what}`, written);
  return Number(text);
}

/** `YYMMDD`; a year of four digits, as in the successor BTRS, has one reading too. Years 80 to 99 are 19xx. Null where it is no day. */
export function dayOf(written: string): CalendarDate | null {
  const digits = written.trim();
  if (!/^(?:\d{6}|\d{8})$/.test(digits)) return null;
  if (digits.length === 8) return calendarDateOf(digits);
  return calendarDateOf(`${digits >= '8' ? '19' : '20'}${digits}`);
}
