// The demonstration from nothing to a table, its figures held against the practice bank's own ledger to the minor unit.
import { beforeAll, describe, expect, test } from 'vitest';
import type { DemoSummary } from '../../electron/cli/demo/demo-summary.ts';
import type { LedgerAccountSummary } from '../../electron/practice-bank/ledger-summary.ts';
import { createPracticeBank } from '../../electron/practice-bank/practice-bank.ts';
import { PROGRAM_ENTRY, strongroomJson } from '../builders/command-line.ts';

let summary: DemoSummary;
let ledger: LedgerAccountSummary[];

beforeAll(async () => {
  summary = await strongroomJson<DemoSummary>(['demo', '--headless'], {}, PROGRAM_ENTRY);
  const bank = await createPracticeBank({});
  ledger = await bank.ledger();
  await bank.close();
});

const cameFrom = (iban: string, ending: RegExp): boolean =>
  summary.accounts.some((account) => account.iban === iban && account.sources.some((name) => ending.test(name)));

/** Statement files hold booked rows only; the whole ledger lies inside the period that the demonstration asks for. */
function expectedOf({ iban, currency, bookedCount, pendingCount, openingMinor, closingMinor }: LedgerAccountSummary) {
  const pending = cameFrom(iban, /\.(ofx|xml)$/) ? 0 : pendingCount;
  const bookedSumMinor = String(BigInt(closingMinor) - BigInt(openingMinor));
  const transactions = bookedCount + pending;
  return { iban, currency, booked: bookedCount, pending, transactions, bookedSumMinor, bookedMinor: closingMinor };
}

describe('strongroom demo --headless --json', () => {
  test('brings every account of the ledger once', () => {
    expect(new Set(summary.accounts.map(({ iban }) => iban))).toEqual(new Set(ledger.map(({ iban }) => iban)));
    expect(summary.accounts).toHaveLength(ledger.length);
    expect(ledger.length).toBeGreaterThan(0);
  });

  test('has the ledger’s rows and no other: their count by state and the sum of the booked ones, to the minor unit', () => {
    for (const account of ledger) {
      const rows = account.transactions.filter(({ state }) => state === 'booked');
      const sum = rows.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
      const found = summary.accounts.find(({ iban }) => iban === account.iban);
      expect(found).toMatchObject(expectedOf(account));
      expect(found?.bookedSumMinor).toBe(String(sum));
    }
    expect(summary.accounts.reduce((total, { pending }) => total + pending, 0)).toBeGreaterThan(0);
  });

  test('continuity is proven for every account but those from OFX files, which state one balance only', () => {
    const proofs = ledger.map(({ iban }) => ({ iban, proof: cameFrom(iban, /\.ofx$/) ? 'absent' : 'pass' }));
    for (const expected of proofs) expect(summary.accounts).toContainEqual(expect.objectContaining(expected));
    expect(summary.accounts.filter(({ sources }) => sources.some((name) => name.endsWith('.ofx')))).toHaveLength(2);
  });

  test('the second sync brings nothing new and knows the rest', () => {
    expect(summary.firstSync.new).toBeGreaterThan(10_000);
    expect(summary.secondSync.new).toBe(0);
    expect(summary.secondSync.known).toBeGreaterThan(0);
  });

  test('the connection is healthy, the backup intact, the office verified', () => {
    expect(summary.connections).toMatchObject([{ health: { state: 'healthy', cause: null } }]);
    expect(summary.backup.ok).toBe(true);
    expect(summary.verify.ok).toBe(true);
  });
});
