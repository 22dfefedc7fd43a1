// Takes a committed batch back and says so.
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { useAction } from '../../api/query.ts';
import { importText as text } from '../../text/import.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';

export function useUndo(): { readonly running: boolean; run(batch: BatchSummary): void } {
  const undo = useAction('batches', 'undo');
  return {
    running: undo.isPending,
    run: ({ clientId, id, source }) => {
      const done = (): void => showToast({ message: text.undone(source) });
      // mutateAsync answers even where the button that started it has left the screen.
      void undo.mutateAsync({ clientId, batchId: id }).then(done, showFailure);
    },
  };
}
