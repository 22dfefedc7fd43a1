// A staged batch is shown as it would change the ledger that there is: a file dropped twice says so once the first of the two is committed.
import { expect, test } from 'vitest';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { CLIENT, createClientVault, type ClientVault } from '../../builders/client-vault.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';

const events = statementEvents({
  rows: [
    aSourceRow({ bookingDate: '2026-03-01', amountMinor: '-20000', description: 'Hotel' }),
    aSourceRow({ bookingDate: '2026-03-05', amountMinor: '-11639', description: 'Train' }),
  ],
});

const look = async (vault: ClientVault, { id }: BatchSummary) =>
  await vault.handlers.batches.get({ clientId: CLIENT, batchId: id }, vault.context);

test('the second of two equal files brings nothing any more', async () => {
  const vault = createClientVault();
  const [first, second] = [vault.stage(events), vault.stage(events)];
  expect(second.counts).toMatchObject({ new: 2, known: 0 });
  vault.commit(first.id);
  expect((await look(vault, second)).counts).toEqual({ new: 0, known: 2, changed: 0, doubtful: 0 });
  vault.undo(first.id);
  expect((await look(vault, second)).counts).toMatchObject({ new: 2, known: 0 });
});

test('looking compares once, and a committed batch keeps what it was', async () => {
  const vault = createClientVault();
  const [first, second] = [vault.stage(events), vault.stage(events)];
  vault.commit(first.id);
  const stale = (batch: BatchSummary): boolean => vault.store.matching.isStale(batch.id);
  expect(stale(second)).toBe(true);
  await look(vault, second);
  expect(stale(second)).toBe(false);
  expect((await look(vault, first)).counts).toMatchObject({ new: 2, known: 0 });
});
