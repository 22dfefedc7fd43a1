// "Sync now": fetches, shows what would change, and commits only what a person has looked at. The work runs in electron/core/sync.
import { Button, Modal } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import type { ConnectionView, SyncOutcome } from '../../../shared/ipc/contract/connections.ts';
import { useMay } from '../../app/use-may.ts';
import { connectionsText as text, syncText } from '../../text/connections.ts';
import { ui } from '../../text/common.ts';
import { formatCount } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import { newRowsOf } from './new-rows.ts';
import { SyncPanel } from './sync-panel.tsx';
import { useSync } from './use-sync.ts';

interface SyncButtonProps {
  readonly connection: ConnectionView;
  readonly variant: 'default' | 'filled';
}

function tellEnd(outcome: SyncOutcome | null): void {
  const message = outcome ? syncText.committed(formatCount(newRowsOf(outcome))) : syncText.discarded;
  showToast({ message });
}

export function SyncButton({ connection, variant }: SyncButtonProps) {
  const sync = useSync(connection.id, { onEnd: tellEnd });
  const may = useMay();
  const { institution, stage } = connection;
  if (stage !== 'ready' || !may('connections.sync')) return null;
  return (
    <>
      <Button
        variant={variant}
        leftSection={<RefreshCw size={14} aria-hidden />}
        aria-label={`${text.syncNow}: ${institution}`}
        disabled={connection.health.state === 'paused'}
        onClick={sync.fetch}
      >
        {text.syncNow}
      </Button>
      <Modal
        size="64rem"
        opened={sync.step.at !== 'idle'}
        onClose={sync.reset}
        closeOnClickOutside={false}
        withCloseButton={sync.step.at !== 'fetching'}
        closeOnEscape={sync.step.at !== 'fetching'}
        closeButtonProps={{ 'aria-label': ui.close }}
        title={syncText.title(institution)}
      >
        <SyncPanel connection={connection} sync={sync} />
      </Modal>
    </>
  );
}
