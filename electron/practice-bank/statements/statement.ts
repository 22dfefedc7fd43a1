// What every statement writer gets: one account, one period, its booked rows and the balances around them.
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { LedgerAccount, LedgerRow } from '../ledger/ledger-row.ts';

export type Statement = {
  readonly account: LedgerAccount;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly rows: readonly LedgerRow[];
};
