// Writes an account's booked rows of a period as a file; then what was written, to be checked and noted down. The vault writes it.
import { Modal } from '@mantine/core';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import { useAction, useCall } from '../../api/query.ts';
import { exportText as text } from '../../text/statements.ts';
import { suggestedFolder } from './export-file.ts';
import { ExportForm } from './export-form.tsx';
import { ExportResult } from './export-result.tsx';
import type { DateRange } from './statement-address.ts';

interface ExportDialogProps {
  readonly account: AccountSummary;
  /** The client's name. */
  readonly client: string;
  readonly range: DateRange;
  readonly onClose: () => void;
}

export function ExportDialog({ account, client, range, onClose }: ExportDialogProps) {
  const suggestion = useCall('backups', 'suggest', {});
  const write = useAction('statements', 'export');
  // The dialog gives the keyboard to its first field only as it opens, so it opens complete.
  if (suggestion.isPending) return null;
  return (
    <Modal opened onClose={onClose} size="lg" title={write.isSuccess ? text.done : text.title(account.name)}>
      {write.isSuccess && (
        <ExportResult result={write.data} currency={account.currency} onClose={onClose} onAgain={write.reset} />
      )}
      {!write.isSuccess && (
        <ExportForm
          account={account}
          client={client}
          range={range}
          folder={suggestedFolder(suggestion.data?.path)}
          write={write}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}
