// The field types that every resource shares: amounts with their indicator, dates with the bank's own digits. It fetches nothing.
import { z } from 'zod';
import { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { CurrencyCode, currencyExponent } from '../../../../shared/model/currency.ts';
import { parseDecimalAmount, toMinorUnits } from '../../../../shared/model/money.ts';
import type { SourceAmount } from '../../../../shared/model/source.ts';

/** @see OBCreditDebitCode_1, OBCreditDebitCode_2 */
export const CreditDebit = z.enum(['Credit', 'Debit']);
export type CreditDebit = z.infer<typeof CreditDebit>;

/** Unsigned. @see OBActiveCurrencyAndAmount_SimpleType */
export const Amount = z
  .object({ Amount: z.string().regex(/^\d{1,13}(\.\d{1,5})?$/), Currency: CurrencyCode })
  .refine(({ Amount: text, Currency }) => !/[1-9]/.test((text.split('.')[1] ?? '').slice(currencyExponent(Currency))), {
    message: 'more decimals than the currency has',
    path: ['Amount'],
  });
export type Amount = z.infer<typeof Amount>;

/** "Indicates the date (and time)": its first ten characters are the bank's calendar date; the zone is not applied. @see ISODateTime */
export const DateOfDateTime = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d{2}-\d{2}(T|$)/)
  .transform((text) => text.slice(0, 10))
  .pipe(CalendarDate);

/** Plus is money in. "A zero amount is considered to be a credit amount." */
export function signedAmount(amount: Amount, indicator: CreditDebit): SourceAmount {
  const exponent = currencyExponent(amount.Currency);
  const minor = parseDecimalAmount(amount.Amount, exponent);
  return { amountMinor: toMinorUnits(indicator === 'Debit' ? -minor : minor), currency: amount.Currency, exponent };
}
