// What the three digits of a BAI type code say: a balance, a total, money in, money out, or no money at all. It reads no amount.
import type { BalanceType } from '../../../../shared/model/source.ts';

/**
 * Balances of the ledger and of what can be drawn. Averages, floats and positions (`020`, `072`, …) are no balances of an account.
 * @see Cash Management Balance Reporting Specifications, Version 2, Appendix A: status type codes 001 to 099
 */
export const BALANCE_TYPES: ReadonlyMap<string, BalanceType> = new Map([
  ['010', 'opening-booked'],
  ['015', 'closing-booked'],
  ['030', 'interim-booked'],
  ['040', 'opening-available'],
  ['045', 'closing-available'],
  ['060', 'interim-available'],
]);

/** Sums over all credits and all debits of the account. @see Appendix A: 100 Total Credits, 400 Total Debits */
export const TOTAL_CREDITS = '100';
export const TOTAL_DEBITS = '400';

/** What a transaction detail does: money in, money out, nothing; null where the code is none of a detail. */
export type Effect = 'credit' | 'debit' | 'none';

/**
 * 101–399 credits, 401–699 debits; 720–759 loan payments are credits of the loan, 760–799 disbursements its debits; 890 is information without
 * money; 920–959 credits and 960–999 debits of a bank's own. Balances, and the two totals over all details, are none.
 * @see Cash Management Balance Reporting Specifications, Version 2, Appendix A; Oracle JD Edwards, table 09/BA "BAI2 Transaction Types"
 */
export function effectOf(code: string): Effect | null {
  if (!/^\d{3}$/.test(code)) return null;
  const number = Number(code);
  const within = (first: number, last: number): boolean => number >= first && number <= last;
  if (within(101, 399) || within(720, 759) || within(920, 959)) return 'credit';
  if (within(401, 699) || within(760, 799) || within(960, 999)) return 'debit';
  return number === 890 ? 'none' : null;
}
