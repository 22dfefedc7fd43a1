// Renews a connection's sign-in in place: same connection, same accounts, a new consent.
import { Modal } from '@mantine/core';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { ui } from '../../text/common.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { showToast } from '../../ui/toasts.tsx';
import { SignInPanel } from './sign-in-panel.tsx';

interface RenewDialogProps {
  readonly connection: ConnectionView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RenewDialog({ connection, opened, onClose }: RenewDialogProps) {
  const done = (): void => {
    showToast({ message: text.renewed(connection.institution) });
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={text.renewTitle(connection.institution)}
      closeButtonProps={{ 'aria-label': ui.close }}
    >
      <SignInPanel connection={connection} onDone={done} />
    </Modal>
  );
}
