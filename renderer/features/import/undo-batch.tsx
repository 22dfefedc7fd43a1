// The way back from a committed batch: it says what it will take back, then does.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { importText as text } from '../../text/import.ts';
import { ConfirmDestroy } from '../../ui/confirm-destroy.tsx';
import { formatCount } from '../../ui/format.ts';
import { useUndo } from './use-undo.ts';

const lost = text.undoLost;

function consequences({ counts, statements, kind }: BatchSummary): string[] {
  const { new: added, changed, doubtful } = counts;
  return [
    added + changed === 0 ? lost.nothing : null,
    added > 0 ? lost.added(added, formatCount(added)) : null,
    changed > 0 ? lost.changed(changed, formatCount(changed)) : null,
    doubtful > 0 ? lost.decisions : null,
    statements.some(({ inverted }) => inverted) ? lost.signs : null,
    kind === 'file' ? lost.keptFile : lost.keptSync,
  ].filter((line) => line !== null);
}

interface UndoBatchProps {
  readonly batch: BatchSummary;
  readonly size?: 'compact-xs' | 'xs';
  /** Names the batch for those who hear the button alone. */
  readonly label?: string;
}

export function UndoBatch({ batch, size = 'xs', label = text.undo }: UndoBatchProps) {
  const [asking, setAsking] = useState(false);
  const undo = useUndo();
  const confirm = (): void => {
    setAsking(false);
    undo.run(batch);
  };
  return (
    <>
      <Button variant="default" size={size} aria-label={label} loading={undo.running} onClick={() => setAsking(true)}>
        {text.undo}
      </Button>
      <ConfirmDestroy
        opened={asking}
        onClose={() => setAsking(false)}
        title={text.undoTitle(batch.source)}
        lost={
          <ul className="sr-undo-lost">
            {consequences(batch).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        }
        confirm={text.undoConfirm}
        onConfirm={confirm}
      />
    </>
  );
}
