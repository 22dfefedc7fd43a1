// Excludes and restores one row, and offers the way back from either at once. The vault decides whether it may be.
import type { TransactionDetail } from '../../../shared/ipc/contract/transactions.ts';
import { useAction } from '../../api/query.ts';
import { transactionsText as text } from '../../text/transactions.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';

export interface ExclusionActions {
  readonly running: boolean;
  readonly exclude: (reason: string) => void;
  readonly restore: () => void;
}

export function useExclusion({ clientId, id, excluded }: TransactionDetail): ExclusionActions {
  const leave = useAction('transactions', 'exclude');
  const come = useAction('transactions', 'restore');
  const row = { clientId, transactionId: id };
  // mutateAsync answers even where the panel shows another row by then.
  const exclude = async (reason: string): Promise<void> => {
    await leave.mutateAsync({ ...row, reason });
    showToast({
      message: text.excluded,
      action: { label: text.undo, run: () => void restore(reason).catch(showFailure) },
    });
  };
  const restore = async (reason: string): Promise<void> => {
    await come.mutateAsync(row);
    showToast({
      message: text.restored,
      action: { label: text.undo, run: () => void exclude(reason).catch(showFailure) },
    });
  };
  return {
    running: leave.isPending || come.isPending,
    exclude: (reason) => void exclude(reason).catch(showFailure),
    restore: () => void restore(excluded?.reason ?? '').catch(showFailure),
  };
}
