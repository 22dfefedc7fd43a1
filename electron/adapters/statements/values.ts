// Turns a file's strings into amounts, dates and texts of the canonical record. It never rounds, guesses or passes through a float.
import { AppError } from '../../../shared/errors/app-error.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { CurrencyCode, currencyExponent } from '../../../shared/model/currency.ts';
import { Iban } from '../../../shared/model/iban.ts';
import { type MinorUnits, parseDecimalAmount, toMinorUnits } from '../../../shared/model/money.ts';
import type { SourceAmount } from '../../../shared/model/source.ts';

const LARGEST = 10n ** 18n;

/**
 * Signed minor units of a plain decimal (`.` its only mark), null where it is no decimal, has non-zero digits beyond the exponent or over 18 digits.
 * @see ISO 20022 ActiveOrHistoricCurrencyAndAmount: the number of fractional digits must comply with ISO 4217
 */
export function minorUnitsOf(text: string, exponent: number): bigint | null {
  if (text.length > 40) return null;
  try {
    const minor = parseDecimalAmount(text, exponent);
    return minor < LARGEST && minor > -LARGEST ? minor : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** An amount with its currency's exponent. */
export function sourceAmount(minor: bigint, currency: CurrencyCode): SourceAmount {
  return { amountMinor: minorString(minor), currency, exponent: currencyExponent(currency) };
}

export function minorString(minor: bigint): MinorUnits {
  return toMinorUnits(minor);
}

const KNOWN_LIMIT = 4096;
const knownDates = new Map<string, CalendarDate | null>();

/** The date of eight or ten digits `YYYYMMDD` or `YYYY-MM-DD`, null where no such day exists. */
export function calendarDateOf(text: string): CalendarDate | null {
  if (text.length !== 8 && text.length !== 10) return null;
  const known = knownDates.get(text);
  if (known !== undefined) return known;
  const iso = text.length === 8 ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
  const result = CalendarDate.safeParse(iso);
  const date = result.success ? result.data : null;
  // Statements name few distinct days; a file that names thousands only loses the shortcut.
  if (knownDates.size >= KNOWN_LIMIT) knownDates.clear();
  knownDates.set(text, date);
  return date;
}

const knownCurrencies = new Map<string, CurrencyCode>();

/** The ISO 4217 code, null where the text is none. */
export function currencyOf(text: string): CurrencyCode | null {
  const known = knownCurrencies.get(text);
  if (known !== undefined) return known;
  const result = CurrencyCode.safeParse(text.trim().toUpperCase());
  if (!result.success) return null;
  if (knownCurrencies.size >= KNOWN_LIMIT) knownCurrencies.clear();
  knownCurrencies.set(text, result.data);
  return result.data;
}

/** The IBAN in electronic form where the text is one with valid check digits. */
export function ibanOf(text: string): string | null {
  if (text.length > 64) return null;
  const result = Iban.safeParse(text.replace(/[\s.-]/g, '').toUpperCase());
  return result.success ? result.data : null;
}

/** White space runs made one blank, ends trimmed, cut to `max` without splitting a character. */
export function plainText(text: string, max: number): string {
  const plain = /[\s\p{Cc}]{2}|\p{Cc}|^\s|\s$/u.test(text) ? text.replace(/[\s\p{Cc}]+/gu, ' ').trim() : text;
  return cut(plain, max);
}

/** The first `max` UTF-16 units, one fewer where that would split a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

/** Plain text, or null where nothing is left. */
export function optionalText(text: string | undefined, max: number): string | null {
  if (text === undefined) return null;
  const plain = plainText(text, max);
  return plain === '' ? null : plain;
}
