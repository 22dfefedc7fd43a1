// Turns a file's strings into amounts, dates and texts of the canonical record. It never rounds, guesses or passes through a float.
import { AppError } from '../../../shared/errors/app-error.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { CurrencyCode, currencyExponent } from '../../../shared/model/currency.ts';
import { Iban } from '../../../shared/model/iban.ts';
import { type MinorUnits, parseDecimalAmount } from '../../../shared/model/money.ts';
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

/** `minor` comes from `minorUnitsOf`, so its decimal form is one of at most 18 digits: no second check for each of a million rows. */
export function minorString(minor: bigint): MinorUnits {
  return minor.toString() as MinorUnits;
}

const KNOWN_LIMIT = 512;
/** Statements name few distinct days, currencies and accounts; one that names thousands only loses the shortcut. */
function remembered<T>(read: (text: string) => T | null): (text: string) => T | null {
  const known = new Map<string, T | null>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = read(text);
    if (known.size >= KNOWN_LIMIT) known.clear();
    known.set(text, value);
    return value;
  };
}

const readDate = remembered((text): CalendarDate | null => {
  const iso = text.length === 8 ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
  return CalendarDate.safeParse(iso).data ?? null;
});

/** The date of eight or ten characters `YYYYMMDD` or `YYYY-MM-DD`, null where no such day exists. */
export function calendarDateOf(text: string): CalendarDate | null {
  return text.length === 8 || text.length === 10 ? readDate(text) : null;
}

const readCurrency = remembered(
  (text): CurrencyCode | null => CurrencyCode.safeParse(text.trim().toUpperCase()).data ?? null,
);

/** The ISO 4217 code, null where the text is none. */
export function currencyOf(text: string): CurrencyCode | null {
  return text.length <= 16 ? readCurrency(text) : null;
}

const readIban = remembered(
  (text): string | null => Iban.safeParse(text.replace(/[\s.-]/g, '').toUpperCase()).data ?? null,
);

/** The IBAN in electronic form where the text is one with valid check digits. */
export function ibanOf(text: string): string | null {
  return text.length >= 15 && text.length <= 64 ? readIban(text) : null;
}

/** White space runs made one blank, ends trimmed, cut to `max` without splitting a character. */
export function plainText(text: string, max: number): string {
  const plain = UNTIDY.test(text) ? text.replace(BLANKS, ' ').trim() : text;
  return cut(plain, max);
}

const UNTIDY = /[\s\p{Cc}]{2}|\p{Cc}|^\s|\s$/u;
const BLANKS = /[\s\p{Cc}]+/gu;

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
