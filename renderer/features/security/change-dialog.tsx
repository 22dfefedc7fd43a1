// The shape of a dialog that changes one thing about a person: the choice, what it means, cancel and change. It decides nothing.
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ui } from '../../text/common.ts';
import { access as words } from '../../text/people.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';

export interface ChangeDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** The choice itself. */
  readonly children: ReactNode;
  /** What it means, in sentences; read out as it changes. */
  readonly consequences: readonly string[];
  readonly submit: string;
  readonly ready: boolean;
  readonly onSubmit: () => void;
  readonly running: boolean;
  readonly error: unknown;
}

export function ChangeDialog(props: ChangeDialogProps) {
  const { title, onClose, children, consequences, submit, ready, onSubmit, running, error } = props;
  return (
    <Modal opened onClose={onClose} size="lg" title={title}>
      <Stack gap="md">
        {children}
        <div role="status">
          {consequences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {running && <p>{words.working}</p>}
        </div>
        {error !== null && <ErrorPanel error={error} size="compact" />}
      </Stack>
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {ui.cancel}
        </Button>
        <Button disabled={!ready} loading={running} onClick={onSubmit}>
          {submit}
        </Button>
      </Group>
    </Modal>
  );
}
