// Balances by type, as the bank states them. It derives none.
import { z } from 'zod';
import type { SourceBalance, SourceWarning } from '../../../../shared/model/source.ts';
import type { HttpResponse } from '../../../core/ports/http-client.ts';
import { checkShape, invalidResponse, parseJsonBody } from './response-body.ts';
import { Amount, CreditDebit, DateOfDateTime, signedAmount } from './values.ts';

/** @see OBBalanceType1Code */
export const BALANCE_TYPES: Readonly<Record<string, SourceBalance['type']>> = {
  CLAV: 'closing-available',
  CLBD: 'closing-booked',
  FWAV: 'forward-available',
  INFO: 'information',
  ITAV: 'interim-available',
  ITBD: 'interim-booked',
  OPAV: 'opening-available',
  OPBD: 'opening-booked',
  PRCD: 'previously-closed-booked',
  XPCD: 'expected',
};

const Balance = z.object({
  AccountId: z.string(),
  CreditDebitIndicator: CreditDebit,
  Type: z.string().max(20),
  DateTime: DateOfDateTime,
  Amount,
  CreditLine: z.array(z.object({ Included: z.boolean() })).optional(),
});
type Balance = z.infer<typeof Balance>;

/** @see OBReadBalance1 */
const BalancesResponse = z.object({ Data: z.object({ Balance: z.array(Balance).min(1).max(200) }) });

/** A booked balance with a credit line in it is not what the account holds; it informs and proves nothing. */
function typeOf(balance: Balance): SourceBalance['type'] | undefined {
  const type = Object.hasOwn(BALANCE_TYPES, balance.Type) ? BALANCE_TYPES[balance.Type] : undefined;
  const withCredit = balance.CreditLine?.some(({ Included }) => Included) ?? false;
  return withCredit && type?.endsWith('booked') ? 'information' : type;
}

function toSourceBalance(balance: Balance): SourceBalance[] {
  const type = typeOf(balance);
  if (!type) return [];
  const { amountMinor, currency } = signedAmount(balance.Amount, balance.CreditDebitIndicator);
  return [{ type, amountMinor, currency, date: balance.DateTime }];
}

/** Balances of unknown types are named in a warning and left out. @throws {AppError} BANK_RESPONSE_INVALID, also for another account's balance */
export function judgeBalances(
  response: HttpResponse,
  resourceId: string,
): { balances: SourceBalance[]; warnings: SourceWarning[] } {
  const rows = checkShape(BalancesResponse, parseJsonBody(response)).Data.Balance;
  if (rows.some(({ AccountId }) => AccountId !== resourceId)) throw invalidResponse('Data.Balance.AccountId');
  const unknown = [...new Set(rows.filter((row) => !typeOf(row)).map(({ Type }) => Type.replace(/\W/g, '')))];
  const text = `The bank states balances of a type that Strongroom does not know: ${unknown.join(', ')}.`;
  return {
    balances: rows.flatMap(toSourceBalance),
    warnings: unknown.length === 0 ? [] : [{ code: 'BALANCE_TYPE_UNKNOWN', text }],
  };
}
