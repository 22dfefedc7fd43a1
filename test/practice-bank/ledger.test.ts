// The practice bank's books: exact continuity, the sizes promised, the awkward rows present, and the same books for the same seed.
import { describe, expect, it } from 'vitest';
import { isIban } from '../../shared/model/iban.ts';
import { addDays, parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { bookedBalanceAt, createLedger } from '../../electron/practice-bank/ledger/ledger.ts';
import type { LedgerAccount, LedgerRow } from '../../electron/practice-bank/ledger/ledger-row.ts';
import { londonDateTime } from '../../electron/practice-bank/ledger/london-time.ts';
import { summariseLedger } from '../../electron/practice-bank/ledger-summary.ts';

const TODAY = parseCalendarDate('2026-06-30');
const ledger = createLedger('practice', TODAY);
const everyRow = ledger.accounts.flatMap((account) => account.rows);

function booked(account: LedgerAccount): LedgerRow[] {
  return account.rows.filter((row) => row.state === 'booked');
}

function looksOf(row: LedgerRow): string {
  return [row.bookedAt, row.amountMinor, row.description, row.party?.name, row.endToEndId].join('|');
}

describe('size', () => {
  it('has companies, accounts, currencies, years and rows as promised', () => {
    expect(ledger.companies.length).toBeGreaterThanOrEqual(3);
    expect(ledger.companies.every((company) => company.accounts.length >= 2)).toBe(true);
    expect(new Set(ledger.accounts.map((account) => account.currency))).toEqual(new Set(['GBP', 'EUR', 'USD', 'JPY']));
    expect(everyRow.length).toBeGreaterThanOrEqual(20_000);
    expect(everyRow[0]?.bookingDate.slice(0, 4)).toBe('2023');
    expect(everyRow.every((row) => row.bookingDate <= TODAY)).toBe(true);
  });

  it('has valid and distinct account numbers and row ids', () => {
    expect(ledger.accounts.every((account) => isIban(account.iban))).toBe(true);
    expect(new Set(ledger.accounts.map((account) => account.iban)).size).toBe(ledger.accounts.length);
    expect(new Set(ledger.accounts.map((account) => account.accountId)).size).toBe(ledger.accounts.length);
    expect(new Set(everyRow.map((row) => row.id)).size).toBe(everyRow.length);
  });
});

describe('continuity', () => {
  it.each(ledger.accounts.map((account) => [`${account.company} ${account.name}`, account] as const))(
    '%s: every balance is the one before plus the row, and time only goes forward',
    (_name, account) => {
      let balance = account.openingMinor;
      let date = account.openedOn;
      for (const row of booked(account)) {
        balance += row.amountMinor;
        expect(row.balanceAfterMinor).toBe(balance);
        expect(row.bookingDate >= date).toBe(true);
        date = row.bookingDate;
      }
      expect(bookedBalanceAt(account, TODAY)).toBe(balance);
    },
  );

  it('books batches as the exact sum of their details', () => {
    const batches = everyRow.filter((row) => row.details.length > 0);
    expect(batches.length).toBeGreaterThan(100);
    for (const batch of batches) {
      expect(batch.details.reduce((sum, detail) => sum + detail.amountMinor, 0n)).toBe(batch.amountMinor);
    }
  });

  it('moves transfers between own accounts out of one and into the other', () => {
    const transfers = everyRow.filter((row) => row.kind === 'internal-transfer' && row.party !== null);
    expect(transfers.length).toBeGreaterThan(10);
    for (const row of transfers) {
      const other = ledger.accountByIban(row.party?.iban ?? '');
      const mirrored = other?.rows.some(
        (each) => each.bookingDate === row.bookingDate && each.amountMinor === -row.amountMinor,
      );
      expect(mirrored).toBe(true);
    }
  });
});

describe('awkward rows', () => {
  it('has real twins: identical in everything but the bank’s id and the balance after', () => {
    const account = ledger.accounts[0];
    const seen = Map.groupBy(booked(account!), looksOf);
    expect([...seen.values()].filter((rows) => rows.length === 2).length).toBeGreaterThan(5);
  });

  it('has pending rows on every current account, without a balance', () => {
    for (const account of ledger.accounts.filter((each) => each.type === 'CACC')) {
      const pending = account.rows.filter((row) => row.state === 'pending');
      expect(pending.length).toBeGreaterThan(0);
      expect(pending.every((row) => row.balanceAfterMinor === null && row.bookingDate >= addDays(TODAY, -1))).toBe(
        true,
      );
    }
  });

  it('has foreign amounts whose rate brings the account amount, also to and from yen', () => {
    const foreign = everyRow.filter((row) => row.foreign !== null);
    expect(new Set(foreign.map((row) => row.foreign?.currency))).toEqual(new Set(['GBP', 'EUR', 'USD', 'JPY']));
    for (const account of ledger.accounts) {
      for (const { foreign: other, amountMinor } of account.rows) {
        if (other === null) continue;
        const shift = (account.currency === 'JPY' ? 0 : 2) - (other.currency === 'JPY' ? 0 : 2);
        const exact = Number(other.amountMinor) * Number(other.rate) * 10 ** shift;
        expect(Math.abs(exact - Number(amountMinor))).toBeLessThanOrEqual(0.5001);
      }
    }
  });

  it('has names that are long, markup-like and outside ASCII', () => {
    const names = everyRow.map((row) => row.party?.name ?? '');
    expect(names.some((name) => name.length > 70)).toBe(true);
    expect(names.some((name) => name.includes('<') && name.includes('&'))).toBe(true);
    expect(names.some((name) => /[\u3040-\u9fff]/.test(name))).toBe(true);
  });

  it('writes summer nights with the offset that makes them yesterday in UTC', () => {
    expect(londonDateTime(parseCalendarDate('2026-07-01'), 1200)).toBe('2026-07-01T00:20:00+01:00');
    expect(londonDateTime(parseCalendarDate('2026-03-28'), 1200)).toBe('2026-03-28T00:20:00+00:00');
    expect(londonDateTime(parseCalendarDate('2026-10-25'), 1200)).toBe('2026-10-25T00:20:00+00:00');
    expect(everyRow.some((row) => new Date(row.bookedAt).toISOString().slice(0, 10) !== row.bookingDate)).toBe(true);
  });
});

describe('determinism', () => {
  it('writes the same books for the same seed and day, others for another seed', () => {
    const again = summariseLedger(createLedger('practice', TODAY));
    expect(again).toEqual(summariseLedger(ledger));
    const other = createLedger('other', TODAY);
    expect(other.accounts[0]?.iban).not.toBe(ledger.accounts[0]?.iban);
  });

  it('keeps the ids and looks of past rows when a day goes by', () => {
    const tomorrow = createLedger('practice', addDays(TODAY, 1));
    const month = (account: LedgerAccount | undefined) =>
      account?.rows
        .filter((row) => row.bookingDate.startsWith('2026-05') && row.kind !== 'internal-transfer')
        .map(looksOf);
    expect(month(tomorrow.accounts[0])).toEqual(month(ledger.accounts[0]));
  });
});
