// The one dialog that asks: only before something is destroyed, and it says what is lost. Everything else can be undone.
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { destroy, ui } from '../text/common.ts';
import { ErrorPanel } from './error-panel.tsx';

export interface ConfirmDestroyProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What is lost, and what isn't. */
  readonly lost: ReactNode;
  readonly confirm: string;
  readonly onConfirm: () => void;
  /** A word to type first, for what can never come back. */
  readonly word?: string;
  /** True while something else is still to be chosen. */
  readonly incomplete?: boolean;
  readonly running?: boolean;
  readonly error?: unknown;
}

export function ConfirmDestroy(props: ConfirmDestroyProps) {
  const [typed, setTyped] = useState('');
  const ready = props.incomplete !== true && (props.word === undefined || typed.trim() === props.word);
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <h3>{destroy.lost}</h3>
      <div>{props.lost}</div>
      {props.word !== undefined && (
        <TextInput
          mt="sm"
          label={destroy.typeToConfirm(props.word)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {props.error !== undefined && props.error !== null && <ErrorPanel error={props.error} size="compact" />}
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={props.onClose} data-autofocus>
          {ui.cancel}
        </Button>
        <Button color="red" disabled={!ready} loading={props.running === true} onClick={props.onConfirm}>
          {props.confirm}
        </Button>
      </Group>
    </Modal>
  );
}
