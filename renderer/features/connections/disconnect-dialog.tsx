// Asks before a connection is removed and says what is lost and what stays.
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { useAction } from '../../api/query.ts';
import { navigate } from '../../app/hash-location.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { ConfirmDestroy } from '../../ui/confirm-destroy.tsx';
import { showToast } from '../../ui/toasts.tsx';

interface DisconnectDialogProps {
  readonly connection: ConnectionView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function DisconnectDialog({ connection, opened, onClose }: DisconnectDialogProps) {
  const { institution } = connection;
  const disconnect = useAction('connections', 'disconnect', ({ consentRevoked }) => {
    showToast({ message: consentRevoked ? text.disconnected(institution) : text.disconnectedHere(institution) });
    navigate('/connections');
  });
  return (
    <ConfirmDestroy
      opened={opened}
      onClose={onClose}
      title={text.disconnectTitle(institution)}
      lost={
        <>
          <p>{text.disconnectLoses}</p>
          <p>{text.disconnectKeeps}</p>
        </>
      }
      confirm={text.disconnect}
      running={disconnect.isPending}
      error={disconnect.error}
      onConfirm={() => disconnect.mutate({ connectionId: connection.id })}
    />
  );
}
