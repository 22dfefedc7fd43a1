// Any split into files of whole days, in any overlap, order and repetition, in one format or in two, yields the ledger they were written from.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { StatementStream } from '../../../electron/adapters/statements/read-statement.ts';
import { STATEMENT_WRITERS } from '../../../electron/adapters/statement-writers/writers.ts';
import type { LedgerRecord } from '../../../electron/core/ports/statement-writer.ts';
import { addDays, parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import { toMinorUnits } from '../../../shared/model/money.ts';
import { createClientVault, type ClientVault } from '../../builders/client-vault.ts';
import { aLedger, aRecord, writtenBytes } from '../../builders/written-ledger.ts';

const DAYS = 8;
const FIRST = parseCalendarDate('2026-03-02');
const OPENING = 250_000n;
const dayOf = (at: number) => addDays(FIRST, at);

const sumOf = (rows: readonly LedgerRecord[]): bigint => rows.reduce((sum, row) => sum + BigInt(row.amountMinor), 0n);

/** Few amounts and words, so that twins are common: on one day, and of the same amount in other words. */
const ledgers = fc
  .array(
    fc.record({
      day: fc.nat(DAYS - 1),
      amount: fc.constantFrom(-350n, -500n, 1200n),
      text: fc.constantFrom('Coffee for the office', 'Lunch with Harbour Ltd', 'Refund of invoice 12'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drafts) =>
    drafts
      .toSorted((left, right) => left.day - right.day)
      .map(({ day, amount, text }, index) =>
        aRecord(index + 1, {
          bookingDate: dayOf(day),
          valueDate: dayOf(day),
          amountMinor: toMinorUnits(amount),
          description: text,
          counterpartyAccount: null,
          endToEndId: null,
        }),
      ),
  );

type Format = 'ofx' | 'camt053' | 'mt940';
const FORMATS: readonly Format[] = ['ofx', 'camt053', 'mt940'];

interface Slice {
  readonly from: number;
  readonly to: number;
  readonly format: Format;
}

function fileOf(rows: readonly LedgerRecord[], { from, to, format }: Slice): Buffer | null {
  const [first, last] = [dayOf(from), dayOf(to)];
  const slice = rows.filter(({ bookingDate }) => bookingDate >= first && bookingDate <= last);
  if (slice.length === 0) return null;
  const opening = OPENING + sumOf(rows.filter(({ bookingDate }) => bookingDate < first));
  const balances = {
    opening: { amountMinor: toMinorUnits(opening), date: addDays(first, -1) },
    closing: { amountMinor: toMinorUnits(opening + sumOf(slice)), date: last },
  };
  return writtenBytes(STATEMENT_WRITERS[format], aLedger(slice, { from: first, to: last, balances }));
}

function bring(vault: ClientVault, bytes: Buffer, reader: string): void {
  const stream = new StatementStream();
  const batch = vault.stage([...stream.write(bytes), ...stream.end()], { source: `file.${reader}`, reader });
  expect(batch.counts.doubtful).toBe(0);
  // OFX states no opening balance.
  expect(batch.statements[0]?.proof).toBe(reader === 'ofx' ? 'absent' : 'pass');
  vault.commit(batch.id);
}

const keyOf = (row: { bookingDate: string; amountMinor: string; description: string }): string =>
  `${row.bookingDate} ${row.amountMinor} ${row.description.slice(0, 5)}`;

const sorted = (keys: readonly string[]): string[] => keys.toSorted((left, right) => left.localeCompare(right, 'en'));

function ledgerRows({ store }: ClientVault): string[] {
  const filter = { accountId: null, from: null, to: null, search: null, state: null };
  const sort = { by: 'bookingDate', direction: 'ascending' } as const;
  return store.transactions.page({ filter, sort, offset: 0, limit: 500 }).rows.map(keyOf);
}

/** Whatever else comes, in the end every day was in some file. */
const cuts = (formats: fc.Arbitrary<Format>) =>
  fc
    .record({
      split: fc.nat(DAYS - 2),
      extra: fc.array(fc.tuple(fc.nat(DAYS - 1), fc.nat(DAYS - 1), formats), { maxLength: 4 }),
      two: fc.tuple(formats, formats),
      order: fc.array(fc.nat(1000), { minLength: 6, maxLength: 6 }),
    })
    .map(({ split, extra, two: [one, other], order }) => {
      const ranges = extra.map(([a, b, format]) => ({ from: Math.min(a, b), to: Math.max(a, b), format }));
      const whole: Slice[] = [
        { from: 0, to: split, format: one },
        { from: split + 1, to: DAYS - 1, format: other },
      ];
      const slices: Slice[] = [...whole, ...ranges];
      return slices
        .map((slice, at) => ({ slice, at: order[at] ?? 0 }))
        .toSorted((left, right) => left.at - right.at)
        .map(({ slice }) => slice);
    });

function yieldsTheLedger(rows: readonly LedgerRecord[], slices: readonly Slice[]): void {
  const vault = createClientVault();
  for (const slice of slices) {
    const bytes = fileOf(rows, slice);
    if (bytes) bring(vault, bytes, slice.format === 'camt053' ? 'camt' : slice.format);
  }
  expect(sorted(ledgerRows(vault))).toEqual(sorted(rows.map(keyOf)));
  const accounts = vault.store.accounts.list();
  expect(accounts.map(({ bookedMinor }) => bookedMinor)).toEqual([(OPENING + sumOf(rows)).toString()]);
  expect(accounts[0]?.proof.result).not.toBe('fail');
  vault.database.close();
}

for (const format of FORMATS) {
  test(`files of one ledger in ${format}`, () => {
    fc.assert(fc.property(ledgers, cuts(fc.constant(format)), yieldsTheLedger), { numRuns: 50 });
  });
}

test('files of one ledger in two formats', () => {
  const pairs = fc.constantFrom<[Format, Format]>(['ofx', 'camt053'], ['camt053', 'mt940'], ['ofx', 'mt940']);
  const both = pairs.chain((pair) => cuts(fc.constantFrom(...pair)));
  fc.assert(fc.property(ledgers, both, yieldsTheLedger), { numRuns: 80 });
});
