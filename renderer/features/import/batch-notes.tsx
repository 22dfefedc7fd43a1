// What a person should know of a staged batch before she commits it: that it brings nothing, or holds nothing.
import type { BatchSummary, DiffCounts } from '../../../shared/ipc/contract/batches.ts';
import { importText as text } from '../../text/import.ts';
import { formatCount } from '../../ui/format.ts';

/** True where every row is in the ledger already, or there is none. */
export function bringsNothing({ new: added, changed, doubtful }: DiffCounts): boolean {
  return added + changed + doubtful === 0;
}

export function BatchNotes({ batch: { state, counts } }: { readonly batch: BatchSummary }) {
  if (state !== 'staged' || !bringsNothing(counts)) return null;
  return (
    <p className="sr-batch-note" role="note">
      {counts.known === 0 ? text.noRows : text.nothingNew(counts.known, formatCount(counts.known))}
    </p>
  );
}
