// The continuity proof and the balance of an account, against a model that says where a row is missing.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookedBalance, dailyBalances, proveAccount } from '../../../electron/core/vault/account-proof.ts';
import type { AccountFacts, StatementFacts } from '../../../electron/core/ports/ledger-store.ts';
import { createClientVault } from '../../builders/client-vault.ts';
import { buildLedger, statementEvents } from '../../builders/ledger.ts';

const statement = (changes: Partial<StatementFacts>): StatementFacts => ({
  from: null,
  firstBooked: null,
  lastBooked: null,
  openingMinor: null,
  closingMinor: null,
  closingDate: null,
  ...changes,
});

const facts = (changes: Partial<AccountFacts>): AccountFacts => ({
  currency: 'GBP',
  days: [],
  statements: [],
  balances: [],
  ...changes,
});
const day = (date: string, bookedMinor: bigint) => ({ date, bookedMinor });
const closing = (date: string, amountMinor: bigint, type = 'closing-booked') => ({
  type,
  date,
  amountMinor,
  currency: 'GBP',
});

test('without two stated balances there is nothing to prove', () => {
  expect(proveAccount(facts({ days: [day('2026-01-01', 5n)] })).result).toBe('absent');
  expect(proveAccount(facts({ days: [day('2026-01-01', 5n)], balances: [closing('2026-01-01', 5n)] })).result).toBe(
    'absent',
  );
});

test('one statement proves itself; its first row may lie after its first day', () => {
  const one = statement({
    from: '2026-01-01',
    firstBooked: '2026-01-05',
    lastBooked: '2026-01-09',
    openingMinor: 100n,
    closingMinor: 90n,
    closingDate: '2026-01-31',
  });
  const days = [day('2026-01-05', -4n), day('2026-01-09', -6n)];
  expect(proveAccount(facts({ days, statements: [one] }))).toMatchObject({
    result: 'pass',
    from: '2026-01-01',
    to: '2026-01-31',
    openingMinor: '100',
    sumMinor: '-10',
    closingMinor: '90',
    firstBrokenDay: null,
  });
});

test('a missing month breaks on the day the next statement opens, with the difference', () => {
  const january = statement({
    from: '2026-01-01',
    firstBooked: '2026-01-05',
    lastBooked: '2026-01-05',
    openingMinor: 100n,
    closingMinor: 90n,
    closingDate: '2026-01-31',
  });
  const march = statement({
    from: '2026-03-01',
    firstBooked: '2026-03-02',
    lastBooked: '2026-03-02',
    openingMinor: 70n,
    closingMinor: 60n,
    closingDate: '2026-03-31',
  });
  const days = [day('2026-01-05', -10n), day('2026-03-02', -10n)];
  expect(proveAccount(facts({ days, statements: [march, january] }))).toMatchObject({
    result: 'fail',
    firstBrokenDay: '2026-03-01',
    differenceMinor: '-20',
  });
});

test('balances of another currency and available balances prove nothing', () => {
  const days = [day('2026-01-01', 5n), day('2026-01-02', 5n)];
  const balances = [
    closing('2026-01-01', 5n),
    { ...closing('2026-01-02', 99n), currency: 'EUR' },
    closing('2026-01-02', 99n, 'interim-available'),
  ];
  expect(proveAccount(facts({ days, balances })).result).toBe('absent');
});

test('of several interim balances of a day the last recorded counts, and a closing one outranks it', () => {
  const days = [day('2026-01-01', 5n), day('2026-01-02', 5n)];
  const interim = [closing('2026-01-02', 7n, 'interim-booked'), closing('2026-01-02', 10n, 'interim-booked')];
  expect(proveAccount(facts({ days, balances: [closing('2026-01-01', 5n), ...interim] })).result).toBe('pass');
  expect(
    proveAccount(
      facts({
        days,
        balances: [closing('2026-01-01', 5n), closing('2026-01-02', 10n), closing('2026-01-02', 7n, 'interim-booked')],
      }),
    ).result,
  ).toBe('pass');
});

test('the booked balance is the latest stated one and what came after; days follow it', () => {
  const known = facts({
    days: [day('2026-01-01', -30n), day('2026-01-03', 10n)],
    balances: [closing('2026-01-01', 970n)],
  });
  expect(bookedBalance(known)).toBe(980n);
  expect(dailyBalances(known)).toEqual([
    { date: '2026-01-01', balanceMinor: '970' },
    { date: '2026-01-03', balanceMinor: '980' },
  ]);
});

describe('on a real ledger', () => {
  const built = buildLedger({ rows: 120, seed: 5, perDay: 6 });
  const starts = [0, 36, 72];
  const parts = starts.map((start, at) => built.rows.slice(start, starts[at + 1]));
  const balanceBefore = (start: number): bigint =>
    built.rows.slice(0, start).reduce((sum, row) => sum + BigInt(row.amountMinor), built.openingMinor);
  const events = (part: number, left = -1) => {
    const rows = parts[part]!;
    const openingMinor = balanceBefore(starts[part]!);
    const closingMinor = balanceBefore(starts[part]! + rows.length);
    return statementEvents({ rows: rows.filter((_, at) => at !== left), openingMinor, closingMinor });
  };

  test('three statements in any order pass together', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (order) => {
        const vault = createClientVault();
        for (const part of order) vault.bring(events(part));
        const [account] = vault.store.accounts.list();
        expect(account).toMatchObject({
          bookedMinor: built.closingMinor.toString(),
          proof: { result: 'pass', openingMinor: built.openingMinor.toString() },
        });
      }),
    );
  });

  test('a row left out of the middle statement is found by its statement’s end, to the minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 34 }), (left) => {
        const vault = createClientVault();
        for (const batch of [events(0), events(1, left), events(2)]) vault.bring(batch);
        const { proof } = vault.store.accounts.list()[0]!;
        const missing = parts[1]![left]!;
        expect(proof).toMatchObject({
          result: 'fail',
          differenceMinor: missing.amountMinor,
          firstBrokenDay: parts[1]!.at(-1)!.bookingDate,
        });
      }),
      { numRuns: 20 },
    );
  });
});
