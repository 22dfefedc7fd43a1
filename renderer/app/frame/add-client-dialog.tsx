// Adds a client by name and shows it at once.
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useAction } from '../../api/query.ts';
import { ui } from '../../text/common.ts';
import { frame } from '../../text/frame.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useCurrentClient } from '../current-client.tsx';

export interface AddClientDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function AddClientDialog({ opened, onClose }: AddClientDialogProps) {
  const [name, setName] = useState('');
  const { choose } = useCurrentClient();
  const add = useAction('clients', 'add');
  function close(): void {
    setName('');
    add.reset();
    onClose();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const onSuccess = (client: { id: Parameters<typeof choose>[0] }): void => {
      choose(client.id);
      close();
    };
    add.mutate({ name }, { onSuccess });
  }
  return (
    <Modal opened={opened} onClose={close} title={frame.switcher.add}>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={frame.switcher.addName}
          description={frame.switcher.addHint}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {add.isError && <ErrorPanel error={add.error} size="compact" />}
        <Group mt="md" justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {ui.cancel}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={add.isPending}>
            {frame.switcher.addConfirm}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
