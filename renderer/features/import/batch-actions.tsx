// Commit or discard a staged batch, undo a committed one. Undo is offered right after a commit instead of asking before it; later it says what it takes back.
import { Button } from '@mantine/core';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { useAction } from '../../api/query.ts';
import { useMay } from '../../app/use-may.ts';
import { navigate } from '../../app/hash-location.ts';
import { importText as text } from '../../text/import.ts';
import { formatCount } from '../../ui/format.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';
import { UndoBatch } from './undo-batch.tsx';
import { useUndo } from './use-undo.ts';

function commitLabel({ counts }: BatchSummary): string {
  const rows = counts.new + counts.changed;
  return rows === 0 ? text.commitNothing : text.commit(rows, formatCount(rows));
}

function StagedActions({ batch }: { readonly batch: BatchSummary }) {
  const commit = useAction('batches', 'commit');
  const discard = useAction('batches', 'discard');
  const undo = useUndo();
  const reference = { clientId: batch.clientId, batchId: batch.id };
  // mutateAsync answers even where these buttons have left the screen, as they do once the batch is committed.
  const onCommitted = (): void =>
    showToast({ message: text.committed(batch.source), action: { label: text.undo, run: () => undo.run(batch) } });
  const onDiscarded = (): void => {
    showToast({ message: text.discarded(batch.source) });
    navigate('/import');
  };
  return (
    <>
      <Button
        variant="default"
        loading={discard.isPending}
        onClick={() => void discard.mutateAsync(reference).then(onDiscarded, showFailure)}
      >
        {text.discard}
      </Button>
      <Button
        loading={commit.isPending}
        onClick={() => void commit.mutateAsync(reference).then(onCommitted, showFailure)}
      >
        {commitLabel(batch)}
      </Button>
    </>
  );
}

function CommittedActions({ batch }: { readonly batch: BatchSummary }) {
  return (
    <>
      <UndoBatch batch={batch} />
      <Button onClick={() => navigate('/transactions')}>{text.seeTransactions}</Button>
    </>
  );
}

export function BatchActions({ batch }: { readonly batch: BatchSummary }) {
  const may = useMay();
  if (!may('batches.write')) return null;
  if (batch.state === 'staged') return <StagedActions batch={batch} />;
  return batch.state === 'committed' ? <CommittedActions batch={batch} /> : null;
}
