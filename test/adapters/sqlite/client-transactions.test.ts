// Pages of the ledger against a plain model in the test: every filter and order, exact totals, and searches that are never syntax.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { searchExpression } from '../../../electron/adapters/sqlite/client-search.ts';
import type { TransactionQuery } from '../../../electron/core/ports/ledger-store.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { TransactionId } from '../../../shared/model/ids.ts';
import { createClientVault } from '../../builders/client-vault.ts';
import { aSourceAccount, aSourceRow, buildLedger, statementEvents } from '../../builders/ledger.ts';

const EUR = CurrencyCode.parse('EUR');
const vault = createClientVault();
const { rows } = buildLedger({ rows: 600, seed: 11, perDay: 7 });
const euros = buildLedger({ rows: 50, seed: 12 }).rows.map((row) => ({
  ...row,
  currency: EUR,
}));
const pending = [
  aSourceRow({ state: 'pending', bookingDate: '2023-03-01', amountMinor: '-777', description: 'Pending Ünïcode' }),
];
vault.bring([
  ...statementEvents({ rows: [...rows, ...pending] }),
  ...statementEvents({ account: aSourceAccount({ id: 'euro account 1', currency: EUR, name: 'Euro' }), rows: euros }),
]);
const all = [...rows, ...pending, ...euros];
const accounts = vault.store.accounts.list();

const none: TransactionQuery['filter'] = { accountId: null, from: null, to: null, search: null, state: null };
const byDate = { by: 'bookingDate', direction: 'ascending' } as const;
const page = (query: Partial<TransactionQuery>) =>
  vault.store.transactions.page({ filter: none, sort: byDate, offset: 0, limit: 500, ...query });

const filters = fc.record({
  accountId: fc.constantFrom(null, ...accounts.map(({ id }) => id)),
  from: fc.constantFrom(null, '2023-01-15', '2023-02-20'),
  to: fc.constantFrom(null, '2023-02-01', '2023-03-10'),
  search: fc.constantFrom(null, 'invoice', 'INVOICE cafe', 'cafe mul', 'nothing like it'),
  state: fc.constantFrom(null, 'booked', 'pending', 'removed'),
});

const folded = (text: string): string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);

function passes(row: (typeof all)[number], filter: TransactionQuery['filter']): boolean {
  const account = accounts.find(({ currency }) => currency === row.currency);
  const words = folded(`${row.description} ${row.counterparty ?? ''} ${row.endToEndId ?? ''}`);
  const asked = filter.search === null ? [] : folded(filter.search);
  return (
    (filter.accountId === null || account?.id === filter.accountId) &&
    (filter.from === null || row.bookingDate >= filter.from) &&
    (filter.to === null || row.bookingDate <= filter.to) &&
    (filter.state === null || row.state === filter.state) &&
    asked.every((word, at) => words.some((own) => (at === asked.length - 1 ? own.startsWith(word) : own === word)))
  );
}

test('any filter gives exactly the rows and totals that the source says', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const expected = all.filter((row) => passes(row, filter as TransactionQuery['filter']));
      const found = page({ filter: filter as TransactionQuery['filter'] });
      expect(found.total).toBe(expected.length);
      for (const { currency, booked, bookedMinor, pending: waiting, pendingMinor } of found.totals) {
        const own = expected.filter((row) => row.currency === currency);
        const sum = (state: string): bigint =>
          own.filter((row) => row.state === state).reduce((total, row) => total + BigInt(row.amountMinor), 0n);
        expect([booked, bookedMinor]).toEqual([
          own.filter((row) => row.state === 'booked').length,
          sum('booked').toString(),
        ]);
        expect([waiting, pendingMinor]).toEqual([
          own.filter((row) => row.state === 'pending').length,
          sum('pending').toString(),
        ]);
      }
      const shown = found.rows.map((row) => `${row.bookingDate} ${row.amountMinor}`).sort();
      if (expected.length <= 500)
        expect(shown).toEqual(expected.map((row) => `${row.bookingDate} ${row.amountMinor}`).sort());
    }),
    { numRuns: 100 },
  );
});

test.each(['bookingDate', 'amount', 'counterparty', 'description'] as const)(
  'sorted by %s, pages join without gap or double',
  (by) => {
    const ascending = [0, 250, 500].flatMap(
      (offset) => page({ sort: { by, direction: 'ascending' }, offset, limit: 250 }).rows,
    );
    const descending = [0, 250, 500].flatMap(
      (offset) => page({ sort: { by, direction: 'descending' }, offset, limit: 250 }).rows,
    );
    expect(new Set(ascending.map(({ id }) => id)).size).toBe(all.length);
    expect(descending.map(({ id }) => id)).toEqual(ascending.map(({ id }) => id).reverse());
    const keys = ascending.map((row) => (by === 'amount' ? Number(row.amountMinor) : (row[by] ?? '').toLowerCase()));
    for (let at = 1; at < keys.length; at += 1) expect(keys[at]! >= keys[at - 1]!).toBe(true);
  },
);

test('a removed row is in no view and no total unless asked for', () => {
  const own = createClientVault();
  own.bring(statementEvents({ rows: [aSourceRow({ state: 'pending', sourceId: 'x' })] }));
  own.bring(statementEvents({ rows: [aSourceRow({ sourceId: 'x' })] }));
  const query = { filter: none, sort: byDate, offset: 0, limit: 10 };
  expect(own.store.transactions.page(query).total).toBe(1);
  expect(own.store.transactions.page({ ...query, filter: { ...none, state: 'removed' } })).toMatchObject({
    total: 1,
    totals: [],
  });
});

describe('search', () => {
  test('words are quoted, the last may be a beginning', () => {
    expect(searchExpression('foo ba')).toBe('"foo" AND "ba"*');
    expect(searchExpression('foo ba ')).toBe('"foo" AND "ba"');
    expect(searchExpression('a"b OR description:x NEAR(')).toBe('"a""b" AND "OR" AND "description:x" AND "NEAR("*');
    expect(searchExpression('  -- ** ')).toBeNull();
  });

  test('accents and case do not matter', () => {
    expect(page({ filter: { ...none, search: 'UNICODE pend' } }).total).toBe(1);
  });

  test('whatever is typed is searched for, never run', () => {
    const typed = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('"', "'", '*', '(', ')', ':', '^', '-', '+', '{', '}', ' ', 'a', 'AND', 'NOT', '\0', ';'),
      }),
    );
    fc.assert(
      fc.property(typed, (search) => {
        expect(page({ filter: { ...none, search }, limit: 1 }).total).toBeLessThanOrEqual(all.length);
      }),
      { numRuns: 300 },
    );
  });
});

test('an id of another client or of nothing is not found', () => {
  for (const id of [`transaction_${'0'.repeat(20)}`, `transaction_c1c1c1c1${'f'.repeat(12)}`]) {
    expect(() => vault.store.transactions.get(TransactionId.parse(id))).toThrow(
      expect.objectContaining({ code: 'TRANSACTION_NOT_FOUND' }),
    );
  }
});
