// The double's doubtful rows and what a person said of them.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BatchSummary, DiffRow } from '../../../shared/ipc/contract/batches.ts';
import { diffRows } from './batches.ts';
import { accountOf, find, putBatch, type AppHandlers, type World } from './world.ts';

function keyOf(batchId: string, number: number): string {
  return `${batchId} ${number}`;
}

/** A known row whose counterpart a person excluded is known as that. */
function withExclusion(world: World, row: DiffRow): DiffRow {
  const { kind, counterpart } = row;
  if (kind !== 'known' || counterpart === null || !world.exclusions.has(counterpart.transactionId)) return row;
  return { ...row, reason: 'excluded', counterpart: { ...counterpart, state: 'removed' } };
}

/** All rows of a batch's comparison with their decisions, signs as the batch has them. */
export function decidedRows(world: World, batch: BatchSummary): DiffRow[] {
  const turn = batch.statements.some(({ inverted }) => inverted) ? -1n : 1n;
  return diffRows(accountOf(world, batch), batch.counts).map((row) => ({
    ...withExclusion(world, row),
    amountMinor: (turn * BigInt(row.amountMinor)).toString(),
    decision: world.decisions.get(keyOf(batch.id, row.number)) ?? null,
  }));
}

function openRows(world: World, batch: BatchSummary): DiffRow[] {
  if (batch.state === 'undone' || batch.counts.doubtful === 0) return [];
  return decidedRows(world, batch).filter(({ kind, decision }) => kind === 'doubtful' && decision === null);
}

export const doubts: AppHandlers['batches']['doubts'] = ({ clientId, offset, limit }, world) => {
  const own = world.batches.filter((batch) => batch.clientId === clientId);
  const oldestFirst = own.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
  const rows = oldestFirst.flatMap((batch) =>
    openRows(world, batch).map((row) => ({
      ...row,
      batchId: batch.id,
      source: batch.source,
      accountName: accountOf(world, batch).name,
    })),
  );
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
};

export const decide: AppHandlers['batches']['decide'] = ({ batchId, number, decision }, world) => {
  const batch = find(world.batches, batchId, 'BATCH_NOT_FOUND');
  const row = decidedRows(world, batch).find((each) => each.number === number);
  if (row?.kind !== 'doubtful') throw new AppError('BATCH_ROW_NOT_DOUBTFUL');
  if (decision === null) world.decisions.delete(keyOf(batchId, number));
  else world.decisions.set(keyOf(batchId, number), decision);
  return putBatch(world, { ...batch, undecided: openRows(world, batch).length });
};
