// The bank's own books: companies, accounts and every row, written once from a seed and a day. Read-only.
import { addDays, type CalendarDate } from '../../../shared/model/calendar-date.ts';
import { COMPANIES, SIGN_INS } from './companies.ts';
import type { LedgerAccount } from './ledger-row.ts';
import { writeCompany } from './write-company.ts';

const HISTORY_DAYS = 3 * 365;

export type LedgerCompany = { readonly name: string; readonly accounts: readonly LedgerAccount[] };

export type Ledger = {
  readonly today: CalendarDate;
  readonly companies: readonly LedgerCompany[];
  readonly accounts: readonly LedgerAccount[];
  accountById(accountId: string): LedgerAccount | undefined;
  accountByIban(iban: string): LedgerAccount | undefined;
  /** The accounts that a sign-in name may share; empty for an unknown name. */
  accountsOf(signIn: string): readonly LedgerAccount[];
};

/** Deterministic: the same seed and today bring the same books to the last id. */
export function createLedger(seed: string, today: CalendarDate): Ledger {
  const period = { from: addDays(today, -HISTORY_DAYS), today };
  const companies = COMPANIES.map((plan) => ({
    key: plan.key,
    name: plan.name,
    accounts: writeCompany(plan, seed, period),
  }));
  const accounts = companies.flatMap((company) => company.accounts);
  return {
    today,
    companies,
    accounts,
    accountById: (accountId) => accounts.find((account) => account.accountId === accountId),
    accountByIban: (iban) => accounts.find((account) => account.iban === iban),
    accountsOf(signIn) {
      const keys = SIGN_INS.find((candidate) => candidate.name === signIn)?.companies ?? [];
      return companies.filter((company) => keys.includes(company.key)).flatMap((company) => company.accounts);
    },
  };
}

/** The booked balance at the end of a day. */
export function bookedBalanceAt(account: LedgerAccount, date: CalendarDate): bigint {
  const last = account.rows.findLast((row) => row.state === 'booked' && row.bookingDate <= date);
  return last?.balanceAfterMinor ?? account.openingMinor;
}
