// Addresses that lead to and from an account.
import { addDays, type CalendarDate } from '../../../shared/model/calendar-date.ts';

const DAYS_AROUND_A_BREAK = 3;

export function accountAddress(accountId: string): string {
  return `/accounts?account=${accountId}`;
}

export function transactionsAddress(accountId: string): string {
  return `/transactions?account=${accountId}`;
}

/** The rows around the day on which a proof breaks. */
export function brokenDayAddress(accountId: string, day: CalendarDate): string {
  const from = addDays(day, -DAYS_AROUND_A_BREAK);
  const to = addDays(day, DAYS_AROUND_A_BREAK);
  return `${transactionsAddress(accountId)}&from=${from}&to=${to}`;
}
