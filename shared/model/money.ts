// Amounts of money as integer minor units. Nothing here passes through a floating-point number.
import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';
import { CurrencyCode, currencyExponent } from './currency.ts';

/** Integer minor units as a decimal string: `-1234`, `0`. No leading zeros, no plus sign. Plus is money in. */
export const MinorUnits = z
  .string()
  .regex(/^(0|-?[1-9]\d{0,17})$/)
  .brand<'MinorUnits'>();
export type MinorUnits = z.infer<typeof MinorUnits>;

/** An amount as it crosses every boundary. */
export const Money = z.strictObject({ amountMinor: MinorUnits, currency: CurrencyCode });
export type Money = z.infer<typeof Money>;

export function toMinorUnits(value: bigint): MinorUnits {
  return MinorUnits.parse(value.toString());
}

/** Builds Money from a bigint of minor units. */
export function money(amountMinor: bigint, currency: string): Money {
  return { amountMinor: toMinorUnits(amountMinor), currency: CurrencyCode.parse(currency) };
}

const DECIMAL = /^([+-]?)(\d{1,18})(?:\.(\d{0,18}))?$/;

/**
 * Minor units of a decimal string with `.` as its only mark. Digits beyond the exponent must be zeros: a bank's half cent is refused, not rounded.
 * @throws {AppError} MONEY_INVALID
 */
export function parseDecimalAmount(text: string, exponent: number): bigint {
  const match = DECIMAL.exec(text);
  const fraction = match?.[3] ?? '';
  if (!match || /[1-9]/.test(fraction.slice(exponent))) {
    throw new AppError('MONEY_INVALID', { text: text.slice(0, 40), exponent: String(exponent) });
  }
  const digits = BigInt(`${match[2] ?? ''}${fraction.slice(0, exponent).padEnd(exponent, '0')}`);
  return match[1] === '-' ? -digits : digits;
}

/** The decimal string of an amount, `.` as mark, always with the currency's exponent: `-12.30`. */
export function formatDecimalAmount(amountMinor: bigint, currency: string): string {
  const exponent = currencyExponent(currency);
  const negative = amountMinor < 0n;
  const digits = (negative ? -amountMinor : amountMinor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}
