// How far a connection's account is complete: complete answers alone say so, undo takes it back, and it never passes a hole.
import { expect, test } from 'vitest';
import { createClientVault, type ImportOptions } from '../../builders/client-vault.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';

const BANK: ImportOptions = {
  kind: 'connection',
  reader: 'uk-open-banking-4.0',
  resourceId: 'r1',
  source: 'Practice Bank',
};

test('10: only complete answers move the watermark, undo moves it back, and it never passes a hole', () => {
  const vault = createClientVault();
  const through = () =>
    vault.store.accounts.completeThrough(
      vault.store.accounts.list()[0]!.id,
      vault.store.batches.list()[0]!.connectionId!,
    );
  const day = (bookingDate: string) =>
    statementEvents({ rows: [aSourceRow({ bookingDate, description: bookingDate })] });
  vault.bring(day('2026-03-01'), { ...BANK, complete: false });
  expect(through()).toBeNull();
  vault.bring(day('2026-03-02'), BANK);
  expect(through()).toBe('2026-03-02');
  const hole = vault.stage(day('2026-03-10'), BANK);
  vault.commit(hole.id);
  vault.bring(day('2026-03-20'), BANK);
  expect(through()).toBe('2026-03-20');
  vault.pass(60_000);
  vault.undo(hole.id);
  expect(through()).toBe('2026-03-02');
});
