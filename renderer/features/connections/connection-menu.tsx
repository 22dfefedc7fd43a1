// Pause, renew the sign-in, disconnect. Only disconnecting asks first: its credentials cannot be brought back.
import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChevronDown, KeyRound, Pause, Play, Unplug } from 'lucide-react';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { useAction } from '../../api/query.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { RenewDialog } from './renew-dialog.tsx';

export function ConnectionMenu({ connection }: { readonly connection: ConnectionView }) {
  const { id: connectionId, institution, health } = connection;
  const pause = useAction('connections', 'pause');
  const [renewing, renew] = useDisclosure(false);
  const [disconnecting, disconnect] = useDisclosure(false);
  const isPaused = health.state === 'paused';
  const setPaused = (paused: boolean): void => {
    const undo = { label: paused ? text.resume : text.pause, run: () => setPaused(!paused) };
    const message = paused ? text.paused(institution) : text.resumed(institution);
    void pause.mutateAsync({ connectionId, paused }).then(() => showToast({ message, action: undo }), showFailure);
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={14} aria-hidden />}>
            {text.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
            onClick={() => setPaused(!isPaused)}
          >
            {isPaused ? text.resume : text.pause}
          </Menu.Item>
          <Menu.Item leftSection={<KeyRound size={14} aria-hidden />} onClick={renew.open}>
            {text.renew}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Unplug size={14} aria-hidden />} onClick={disconnect.open}>
            {text.disconnect}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenewDialog connection={connection} opened={renewing} onClose={renew.close} />
      <DisconnectDialog connection={connection} opened={disconnecting} onClose={disconnect.close} />
    </>
  );
}
