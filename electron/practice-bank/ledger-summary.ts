// The ledger as the bank's operator sees it: the truth that tests compare with, to the minor unit. Not part of any bank protocol.
import { z } from 'zod';
import { CalendarDate } from '../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../shared/model/currency.ts';
import { Iban } from '../../shared/model/iban.ts';
import { MinorUnits, toMinorUnits } from '../../shared/model/money.ts';
import type { LedgerAccount, LedgerRow } from './ledger/ledger-row.ts';
import type { Ledger } from './ledger/ledger.ts';

const Child = z.strictObject({ amountMinor: MinorUnits, counterparty: z.string(), reference: z.string() });

export const LedgerTransaction = z.strictObject({
  id: z.string(),
  state: z.enum(['booked', 'pending']),
  bookingDate: CalendarDate,
  valueDate: CalendarDate,
  /** Signed; plus is money in. */
  amountMinor: MinorUnits,
  description: z.string(),
  counterparty: z.string().nullable(),
  endToEndId: z.string().nullable(),
  balanceAfterMinor: MinorUnits.nullable(),
  children: z.array(Child),
});
export type LedgerTransaction = z.infer<typeof LedgerTransaction>;

export const LedgerAccountSummary = z.strictObject({
  accountId: z.string(),
  iban: Iban,
  currency: CurrencyCode,
  name: z.string(),
  company: z.string(),
  from: CalendarDate,
  to: CalendarDate,
  bookedCount: z.int(),
  pendingCount: z.int(),
  openingMinor: MinorUnits,
  /** Booked balance at the end of `to`. */
  closingMinor: MinorUnits,
  /** Oldest first. */
  transactions: z.array(LedgerTransaction),
});
export type LedgerAccountSummary = z.infer<typeof LedgerAccountSummary>;

function transactionOf(row: LedgerRow): LedgerTransaction {
  return {
    id: row.id,
    state: row.state,
    bookingDate: row.bookingDate,
    valueDate: row.valueDate,
    amountMinor: toMinorUnits(row.amountMinor),
    description: row.description,
    counterparty: row.party?.name ?? null,
    endToEndId: row.endToEndId,
    balanceAfterMinor: row.balanceAfterMinor === null ? null : toMinorUnits(row.balanceAfterMinor),
    children: row.details.map((detail) => ({
      amountMinor: toMinorUnits(detail.amountMinor),
      counterparty: detail.party.name,
      reference: detail.reference,
    })),
  };
}

function summaryOf(account: LedgerAccount, to: CalendarDate): LedgerAccountSummary {
  const booked = account.rows.filter((row) => row.state === 'booked');
  return {
    accountId: account.accountId,
    iban: Iban.parse(account.iban),
    currency: CurrencyCode.parse(account.currency),
    name: account.name,
    company: account.company,
    from: account.openedOn,
    to,
    bookedCount: booked.length,
    pendingCount: account.rows.length - booked.length,
    openingMinor: toMinorUnits(account.openingMinor),
    closingMinor: toMinorUnits(booked.at(-1)?.balanceAfterMinor ?? account.openingMinor),
    transactions: account.rows.map(transactionOf),
  };
}

export function summariseLedger(ledger: Ledger): LedgerAccountSummary[] {
  return ledger.accounts.map((account) => summaryOf(account, ledger.today));
}
