// How many rows of a sync are new, over all its batches.
import type { SyncOutcome } from '../../../shared/ipc/contract/connections.ts';

export function newRowsOf(outcome: SyncOutcome): number {
  return outcome.batches.reduce((sum, { counts }) => sum + counts.new, 0);
}
