// However a ledger is cut into slices, in whatever order and how often they come: the same ledger, every row once, no row lost without a word.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import type { SourceTransaction } from '../../../shared/model/source.ts';
import { createClientVault, type ClientVault, type ImportOptions } from '../../builders/client-vault.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';

interface Features {
  readonly ids: boolean;
  readonly balances: boolean;
}

const DAYS = 8;

/** Few words and few amounts, so that twins are common. */
function ledgerOf({ ids, balances }: Features) {
  const row = fc.record({
    day: fc.nat(DAYS - 1),
    amount: fc.constantFrom(-350, -500, 1200),
    text: fc.constantFrom('Coffee', 'Lunch', 'Refund'),
  });
  return fc.array(row, { minLength: 1, maxLength: 30 }).map((drafts) => {
    let balance = 10_000;
    const sorted = drafts.toSorted((left, right) => left.day - right.day);
    return sorted.map(({ day, amount, text }, at) => {
      balance += amount;
      return aSourceRow({
        bookingDate: addDays(parseCalendarDate('2026-03-01'), day),
        amountMinor: String(amount),
        description: text,
        counterparty: null,
        sourceId: ids ? `id-${at}` : null,
        balanceAfterMinor: balances ? String(balance) : null,
        raw: `raw ${at}`,
      });
    });
  });
}

const FEATURES: Features[] = [
  { ids: false, balances: false },
  { ids: true, balances: false },
  { ids: false, balances: true },
  { ids: true, balances: true },
];

const keyOf = ({
  bookingDate,
  amountMinor,
  description,
}: Pick<SourceTransaction, 'bookingDate' | 'amountMinor' | 'description'>) =>
  `${bookingDate} ${amountMinor} ${description}`;

function countsOf(rows: readonly Parameters<typeof keyOf>[0][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return new Map([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function ledgerRows(vault: ClientVault) {
  const filter = { accountId: null, from: null, to: null, search: null, state: null };
  return vault.store.transactions.page({
    filter,
    sort: { by: 'bookingDate', direction: 'ascending' },
    offset: 0,
    limit: 500,
  }).rows as unknown as SourceTransaction[];
}

const READERS: ImportOptions[] = [
  { reader: 'ofx 1.02' },
  { reader: 'uk-open-banking-4.0', kind: 'connection', resourceId: 'r1' },
];

for (const features of FEATURES) {
  test(`slices of whole days in any order, overlapping, repeated: ${JSON.stringify(features)}`, () => {
    const cut = fc.tuple(fc.nat(DAYS - 1), fc.nat(DAYS - 1));
    fc.assert(
      fc.property(
        ledgerOf(features),
        fc.array(cut, { maxLength: 5 }),
        fc.tuple(fc.nat(DAYS - 1), fc.constantFrom(...READERS)),
        (rows, cuts, [split, how]) => {
          const day = (at: number) => addDays(parseCalendarDate('2026-03-01'), at);
          const ranges = [...cuts.map(([a, b]) => [Math.min(a, b), Math.max(a, b)]), [split, DAYS], [0, split]];
          const vault = createClientVault();
          for (const [from, to] of ranges as [number, number][]) {
            const slice = rows.filter((row) => row.bookingDate >= day(from) && row.bookingDate <= day(to));
            if (slice.length === 0) continue;
            const batch = vault.stage(statementEvents({ rows: slice }), how);
            expect(batch.counts.doubtful + batch.counts.changed).toBe(0);
            vault.commit(batch.id);
          }
          expect(countsOf(ledgerRows(vault))).toEqual(countsOf(rows));
        },
      ),
      { numRuns: 40 },
    );
  });
}

for (const features of FEATURES.slice(1)) {
  test(`slices cut in the middle of a day: no double, doubt instead of loss, whole once all is shown: ${JSON.stringify(features)}`, () => {
    const cut = fc.tuple(fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(ledgerOf(features), fc.array(cut, { minLength: 1, maxLength: 5 }), (rows, cuts) => {
        const vault = createClientVault();
        const truth = countsOf(rows);
        for (const [a, b] of cuts) {
          const slice = rows.slice(Math.min(a, b), Math.max(a, b) + 1);
          if (slice.length === 0) continue;
          vault.bring(statementEvents({ rows: slice }));
          for (const [key, count] of countsOf(ledgerRows(vault)))
            expect(count).toBeLessThanOrEqual(truth.get(key) ?? 0);
        }
        vault.bring(statementEvents({ rows }));
        expect(countsOf(ledgerRows(vault))).toEqual(truth);
      }),
      { numRuns: 40 },
    );
  });
}
