// Types two groups of the kit back, long after it was made: the groups that the kit asked for then.
import { Modal } from '@mantine/core';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { recovery } from '../../text/recovery.ts';
import { ProveKit } from '../../ui/prove-kit.tsx';

export interface ProveDialogProps {
  readonly positions: RecoveryKit['prove'];
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ProveDialog({ positions, opened, onClose }: ProveDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={recovery.proveTitle}>
      <p className="sr-prove">{recovery.proveLater}</p>
      <ProveKit positions={positions} onProven={onClose} />
    </Modal>
  );
}
