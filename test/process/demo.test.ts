// The demonstration from nothing to a table, its figures held against the practice bank's own ledger to the minor unit.
import { beforeAll, describe, expect, test } from 'vitest';
import type { DemoSummary } from '../../electron/cli/demo/demo-summary.ts';
import type { LedgerAccountSummary } from '../../electron/practice-bank/ledger-summary.ts';
import { createPracticeBank } from '../../electron/practice-bank/practice-bank.ts';
import { strongroomJson } from '../builders/command-line.ts';

let summary: DemoSummary;
let ledger: LedgerAccountSummary[];

beforeAll(async () => {
  summary = await strongroomJson<DemoSummary>(['demo', '--headless']);
  const bank = await createPracticeBank({});
  ledger = await bank.ledger();
  await bank.close();
});

describe('strongroom demo --headless --json', () => {
  test('brings every account of the ledger once', () => {
    expect(new Set(summary.accounts.map(({ iban }) => iban))).toEqual(new Set(ledger.map(({ iban }) => iban)));
    expect(summary.accounts).toHaveLength(ledger.length);
    expect(ledger.length).toBeGreaterThan(0);
  });

  test('counts and balances agree with the bank to the minor unit', () => {
    for (const { iban, closingMinor, bookedCount, currency } of ledger) {
      const account = summary.accounts.find((one) => one.iban === iban);
      expect(account).toMatchObject({ currency, bookedMinor: closingMinor });
      expect(account?.transactions).toBeGreaterThanOrEqual(bookedCount);
    }
  });

  test('no continuity proof fails', () => {
    expect(summary.accounts.filter(({ proof }) => proof === 'fail')).toEqual([]);
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
