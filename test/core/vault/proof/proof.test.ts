// A proven ledger has nothing to say; one row removed, doubled, flipped or moved is found: the first broken day, and the row among what would explain it.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  candidatesFor,
  questionOf,
  suspectAmounts,
  suspectDays,
} from '../../../../electron/core/vault/proof/candidates.ts';
import { coverageOf, monthsBetween } from '../../../../electron/core/vault/proof/coverage.ts';
import { breaksOf, findingsOf } from '../../../../electron/core/vault/proof/findings.ts';
import { chainOf } from '../../../../electron/core/vault/proof/statement-chain.ts';
import type { AccountHistory, HistoryStatement, Suspect } from '../../../../electron/core/ports/statement-history.ts';
import { addDays, parseCalendarDate } from '../../../../shared/model/calendar-date.ts';
import { BatchId, TransactionId } from '../../../../shared/model/ids.ts';

const DAYS = 10;
const OPENING = 1_000n;
const dayOf = (at: number): string => addDays(parseCalendarDate('2026-03-01'), at);
const BATCH = BatchId.parse(`batch_${'0'.repeat(20)}`);

interface Row {
  readonly day: number;
  readonly amountMinor: bigint;
  readonly text: string;
}

const sumOf = (rows: readonly Row[]): bigint => rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** What the bank stated of `truth`: a balance at the end of each of `days`, within one statement over all of them. */
function statedBy(truth: readonly Row[], days: readonly number[]): Pick<AccountHistory, 'statements' | 'balances'> {
  const statement: HistoryStatement = {
    batchId: BATCH,
    source: 'march.xml',
    from: dayOf(0),
    to: dayOf(DAYS - 1),
    firstBooked: null,
    lastBooked: null,
    openingMinor: OPENING,
    closingMinor: OPENING + sumOf(truth),
    closingDate: dayOf(DAYS - 1),
    rows: truth.length,
    bookedMinor: sumOf(truth),
    proof: 'pass',
  };
  const balances = days.map((day) => ({
    type: 'closing-booked',
    date: dayOf(day),
    amountMinor: OPENING + sumOf(truth.filter((row) => row.day <= day)),
    currency: 'EUR',
  }));
  return { statements: [statement], balances };
}

function daysOf(rows: readonly Row[]): AccountHistory['days'] {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return [...byDay]
    .toSorted(([left], [right]) => left - right)
    .map(([day, own]) => ({ date: dayOf(day), bookedMinor: sumOf(own), rows: own.length }));
}

function historyOf(truth: readonly Row[], ledger: readonly Row[], days: readonly number[]): AccountHistory {
  return { currency: 'EUR', days: daysOf(ledger), doubts: [], ...statedBy(truth, days) };
}

const idOf = (at: number): TransactionId => TransactionId.parse(`transaction_${at.toString(16).padStart(20, '0')}`);

function suspectsOf(ledger: readonly Row[]): Suspect[] {
  return ledger.map(({ day, amountMinor, text }, at) => ({
    transactionId: idOf(at),
    state: 'booked',
    bookingDate: dayOf(day),
    amountMinor,
    description: text,
  }));
}

/** The first break with its candidates, rows handed over as the store does: by amount and days. */
function firstBreak(history: AccountHistory, ledger: readonly Row[]) {
  const findings = findingsOf(history);
  const finding = findings.find(({ kind }) => kind !== 'overlap');
  const question = finding && questionOf(finding, findings);
  if (!finding || !question) return null;
  const [amounts, period] = [suspectAmounts(question), suspectDays(question)];
  const suspects = suspectsOf(ledger).filter(
    ({ amountMinor, bookingDate }) =>
      amounts.includes(amountMinor) && bookingDate >= period.from && bookingDate <= period.to,
  );
  return { finding, candidates: candidatesFor(question, suspects) };
}

/** Amounts are distinct enough that no two errors look the same, and twins still occur. */
const rows = fc
  .array(
    fc.record({
      day: fc.nat(DAYS - 1),
      amountMinor: fc
        .integer({ min: -500, max: 500 })
        .filter((amount) => amount !== 0)
        .map(BigInt),
      text: fc.constantFrom('Coffee', 'Lunch', 'Taxi'),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((drafts) => drafts.toSorted((left, right) => left.day - right.day));
const allDays = fc.subarray(Array.from({ length: DAYS }, (_, day) => day));
const errors = fc
  .tuple(rows, fc.nat(), allDays)
  .map(([truth, seed, days]) => ({ truth, at: seed % truth.length, days }));

/** The first stated end of a day at or after `day`; the statement's closing is always one. */
const statedAfter = (days: readonly number[], day: number): string =>
  dayOf([...days, DAYS - 1].toSorted((a, b) => a - b).find((stated) => stated >= day) ?? DAYS - 1);

test('a proven ledger has no break', () => {
  fc.assert(
    fc.property(rows, allDays, (truth, days) => {
      expect(breaksOf(historyOf(truth, truth, days))).toEqual([]);
    }),
  );
});

test('a row removed: the first broken day, and its amount is missing', () => {
  fc.assert(
    fc.property(errors, ({ truth, at, days }) => {
      const gone = truth[at]!;
      const ledger = truth.toSpliced(at, 1);
      const found = firstBreak(historyOf(truth, ledger, days), ledger);
      expect(found?.finding).toMatchObject({
        kind: 'mismatch',
        differenceMinor: gone.amountMinor,
        firstBrokenDay: statedAfter(days, gone.day),
      });
      expect(found?.candidates).toContainEqual(
        expect.objectContaining({ kind: 'missing', amountMinor: gone.amountMinor.toString() }),
      );
    }),
  );
});

test('a row doubled: it is among the twins', () => {
  fc.assert(
    fc.property(errors, ({ truth, at, days }) => {
      const double = truth[at]!;
      const ledger = truth.toSpliced(at, 0, double);
      const found = firstBreak(historyOf(truth, ledger, days), ledger);
      expect(found?.finding).toMatchObject({
        differenceMinor: -double.amountMinor,
        firstBrokenDay: statedAfter(days, double.day),
      });
      expect(found?.candidates).toContainEqual(
        expect.objectContaining({ kind: 'twin', bookingDate: dayOf(double.day), description: double.text }),
      );
    }),
  );
});

test('a row with the wrong sign: it is named', () => {
  fc.assert(
    fc.property(errors, ({ truth, at, days }) => {
      const right = truth[at]!;
      const ledger = truth.with(at, { ...right, amountMinor: -right.amountMinor });
      const found = firstBreak(historyOf(truth, ledger, days), ledger);
      expect(found?.finding.firstBrokenDay).toBe(statedAfter(days, right.day));
      expect(found?.candidates).toContainEqual(
        expect.objectContaining({
          transactionId: idOf(at),
          kind: 'sign',
          amountMinor: (-right.amountMinor).toString(),
        }),
      );
    }),
  );
});

test('a row moved over a stated balance: the earlier of both days breaks, and the row is named', () => {
  fc.assert(
    fc.property(errors, fc.nat(DAYS - 1), ({ truth, at, days }, to) => {
      const moved = truth[at]!;
      const broken = statedAfter(days, Math.min(moved.day, to));
      fc.pre(broken !== statedAfter(days, Math.max(moved.day, to)));
      const ledger = truth.with(at, { ...moved, day: to });
      const found = firstBreak(historyOf(truth, ledger, days), ledger);
      expect(found?.finding.firstBrokenDay).toBe(broken);
      expect(found?.candidates).toContainEqual(expect.objectContaining({ transactionId: idOf(at), kind: 'late' }));
      expect(found!.candidates.length).toBeLessThanOrEqual(10);
    }),
  );
});

test('rows that don’t count are named before rows that do', () => {
  const question = { from: '2026-03-01', to: '2026-03-31', differenceMinor: -500n, opposite: null };
  const row = { bookingDate: '2026-03-10', amountMinor: -500n, description: 'Taxi' };
  const suspects: Suspect[] = (['booked', 'pending', 'excluded', 'doubtful'] as const).map((state, at) => ({
    ...row,
    state,
    transactionId: state === 'doubtful' ? null : idOf(at),
  }));
  expect(candidatesFor(question, suspects).map(({ kind }) => kind)).toEqual([
    'doubtful',
    'excluded',
    'pending',
    'missing',
  ]);
});

function aStatement(from: string, to: string, opening: bigint | null, closing: bigint | null): HistoryStatement {
  const booked = opening !== null && closing !== null ? closing - opening : 0n;
  return {
    batchId: BATCH,
    source: `${from}.xml`,
    from,
    to,
    firstBooked: null,
    lastBooked: null,
    openingMinor: opening,
    closingMinor: closing,
    closingDate: closing === null ? null : to,
    rows: 1,
    bookedMinor: booked,
    proof: opening === null || closing === null ? 'absent' : 'pass',
  };
}

function historyWith(statements: readonly HistoryStatement[], days: Record<string, bigint>): AccountHistory {
  return {
    currency: 'EUR',
    days: Object.entries(days).map(([date, bookedMinor]) => ({ date, bookedMinor, rows: 1 })),
    statements,
    balances: [],
    doubts: [],
  };
}

describe('a chain of months', () => {
  const january = aStatement('2026-01-01', '2026-01-31', 0n, 100n);
  const march = aStatement('2026-03-01', '2026-03-31', 150n, 200n);
  const april = aStatement('2026-04-01', '2026-04-30', 200n, 250n);
  const booked = { '2026-01-10': 100n, '2026-03-10': 50n, '2026-04-10': 50n };

  test('a month left out is a gap with what is missing, and the months say so', () => {
    const history = historyWith([april, january, march], booked);
    expect(chainOf(history.statements).map(({ from, link }) => [from, link])).toEqual([
      ['2026-01-01', 'first'],
      ['2026-03-01', 'gap'],
      ['2026-04-01', 'continues'],
    ]);
    expect(findingsOf(history)).toEqual([
      { kind: 'gap', from: '2026-02-01', to: '2026-02-28', differenceMinor: 50n, firstBrokenDay: '2026-03-01' },
    ]);
    const months = coverageOf(history, monthsBetween('2025-12', '2026-05'));
    expect(months.map(({ state }) => state)).toEqual(['none', 'proven', 'missing', 'proven', 'proven', 'none']);
    expect(months[1]).toEqual({ month: '2026-01', state: 'proven', rows: 1, bookedMinor: '100', statements: 1 });
  });

  test('a month without bookings is proven by balances that meet', () => {
    const quiet = historyWith([january, { ...march, openingMinor: 100n, closingMinor: 150n }], booked);
    expect(findingsOf(quiet)).toEqual([]);
    expect(coverageOf(quiet, ['2026-02']).map(({ state }) => state)).toEqual(['proven']);
  });

  test('a statement that its rows don’t prove is a mismatch', () => {
    const history = historyWith([january, april], { ...booked, '2026-01-10': 90n });
    expect(findingsOf(history)[0]).toMatchObject({
      kind: 'mismatch',
      differenceMinor: 10n,
      firstBrokenDay: '2026-01-31',
    });
    expect(coverageOf(history, ['2026-01']).map(({ state }) => state)).toEqual(['mismatch']);
  });

  test('statements without balances prove nothing: days nobody covers are a gap, covered ones unproven', () => {
    const silent = [
      aStatement('2026-01-01', '2026-01-31', null, null),
      aStatement('2026-03-01', '2026-03-31', null, null),
    ];
    const history = historyWith(silent, booked);
    expect(findingsOf(history)).toEqual([
      { kind: 'gap', from: '2026-02-01', to: '2026-02-28', differenceMinor: null, firstBrokenDay: null },
    ]);
    expect(chainOf(silent).map(({ link }) => link)).toEqual(['first', 'unknown']);
    expect(coverageOf(history, monthsBetween('2026-01', '2026-03')).map(({ state }) => state)).toEqual([
      'unproven',
      'missing',
      'unproven',
    ]);
  });

  test('days in two statements overlap; an undecided doubtful row on them makes the month a duplicate', () => {
    const again = aStatement('2026-03-20', '2026-04-05', null, null);
    const history = { ...historyWith([march, april, again], booked), doubts: ['2026-03-25'] };
    expect(findingsOf(history)).toEqual([
      { kind: 'overlap', from: '2026-03-20', to: '2026-04-05', differenceMinor: null, firstBrokenDay: null },
    ]);
    expect(chainOf(history.statements).map(({ link }) => link)).toEqual(['first', 'overlap', 'overlap']);
    expect(coverageOf(history, monthsBetween('2026-03', '2026-04')).map(({ state }) => state)).toEqual([
      'duplicate',
      'proven',
    ]);
  });
});
