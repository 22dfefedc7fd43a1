// Builds the error of a format that can't hold what it is given. Never with an account number in full or a row's texts.
import { AppError } from '../../../shared/errors/app-error.ts';
import { maskAccountNumber } from '../../../shared/model/iban.ts';
import type { LedgerAccount, LedgerRecord } from '../../core/ports/statement-writer.ts';
import { decimalOf } from './amounts.ts';

/** EXPORT_NOT_EXPRESSIBLE: `why` goes on from "The row of … over …", `has an amount of more than 15 characters`. */
export function rowNotExpressible(row: LedgerRecord, why: string): AppError {
  const what = `The row of ${row.bookingDate} over ${decimalOf(row)} ${row.currency} ${why}`;
  return new AppError('EXPORT_NOT_EXPRESSIBLE', { what, transactionId: row.transactionId });
}

/** EXPORT_NOT_EXPRESSIBLE: the format can't name the account in full, and part of a number is another account. */
export function accountNotExpressible(account: LedgerAccount, format: string): AppError {
  const number = maskAccountNumber(account.iban ?? account.number);
  return new AppError('EXPORT_NOT_EXPRESSIBLE', {
    what: `The number of the account ${number} has more or other characters than ${format} can hold`,
  });
}

/** EXPORT_NOT_EXPRESSIBLE: the format states balances, and none are known. */
export function balancesMissing(format: string): AppError {
  return new AppError('EXPORT_NOT_EXPRESSIBLE', {
    what: `${format} states an opening and a closing balance, and none are known of this account`,
  });
}
