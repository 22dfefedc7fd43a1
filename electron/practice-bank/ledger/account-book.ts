// One account while its ledger is written: appends rows in order and keeps the booked balance exact.
import { createHash } from 'node:crypto';
import { addDays, type CalendarDate } from '../../../shared/model/calendar-date.ts';
import { currencyExponent } from '../../../shared/model/currency.ts';
import type { AccountPlan, CompanyPlan } from './companies.ts';
import { digitsOf, gbIban } from './counterparties.ts';
import type { DraftRow, LedgerAccount, LedgerRow } from './ledger-row.ts';
import { londonDateTime } from './london-time.ts';

export const BANK_CODE = 'PRAC';
const SORT_CODE = '040475';

export type AccountBook = {
  readonly plan: AccountPlan;
  readonly iban: string;
  readonly key: string;
  balanceMinor(): bigint;
  append(date: CalendarDate, state: LedgerRow['state'], drafts: readonly DraftRow[]): void;
  close(company: CompanyPlan, openedOn: CalendarDate): LedgerAccount;
};

function valueDateOf(draft: DraftRow, date: CalendarDate): CalendarDate {
  return draft.foreign === null ? date : addDays(date, 1);
}

/** `key` is the seed and the account's place; ids and numbers follow from it. */
export function openAccountBook(plan: AccountPlan, key: string): AccountBook {
  const accountNumber = digitsOf(`${key}:number`, 8);
  const iban = gbIban(BANK_CODE, SORT_CODE, accountNumber);
  const rows: LedgerRow[] = [];
  let balanceMinor = plan.openingMinor;
  const rowId = (date: CalendarDate): string =>
    `PB${createHash('sha1').update(`${key}:${date}:${rows.length}`).digest('hex').slice(0, 20).toUpperCase()}`;

  return {
    plan,
    iban,
    key,
    balanceMinor: () => balanceMinor,
    append(date, state, drafts) {
      for (const draft of drafts.toSorted((one, other) => one.secondOfDay - other.secondOfDay)) {
        if (state === 'booked') balanceMinor += draft.amountMinor;
        rows.push({
          ...draft,
          id: rowId(date),
          state,
          bookingDate: date,
          bookedAt: londonDateTime(date, draft.secondOfDay),
          valueDate: valueDateOf(draft, date),
          balanceAfterMinor: state === 'booked' ? balanceMinor : null,
        });
      }
    },
    close: (company, openedOn) => ({
      accountId: digitsOf(`${key}:id`, 12),
      iban,
      sortCodeAccountNumber: `${SORT_CODE}${accountNumber}`,
      currency: plan.currency,
      name: plan.name,
      company: company.name,
      type: plan.type,
      openedOn,
      openingMinor: plan.openingMinor,
      rows,
    }),
  };
}

/** One major unit of a currency in its minor units. */
export function majorUnit(currency: string): bigint {
  return 10n ** BigInt(currencyExponent(currency));
}
