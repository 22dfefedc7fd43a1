// Two groups of the recovery kit, typed back. The vault compares; nothing typed is kept.
import { Button, Group, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import type { RecoveryKit } from '../../shared/ipc/contract/office.ts';
import { client } from '../api/client.ts';
import { useSecretAction } from '../api/secrets.ts';
import { recovery as words } from '../text/recovery.ts';
import { ErrorPanel } from './error-panel.tsx';

export interface ProveKitProps {
  /** Zero-based positions of the groups asked for. */
  readonly positions: RecoveryKit['prove'];
  readonly onProven: () => void;
}

export function ProveKit({ positions, onProven }: ProveKitProps) {
  const form = useRef<HTMLFormElement>(null);
  const [complete, setComplete] = useState(false);
  const typed = (): string[] =>
    Array.from(form.current?.querySelectorAll('input') ?? [], (field) => field.value.trim());
  const prove = useSecretAction(async (seal) => {
    const groups = await seal('kit-groups', JSON.stringify(typed()));
    return client.office.proveRecoveryKit({ groups });
  }, onProven);
  function submit(event: FormEvent): void {
    event.preventDefault();
    prove.mutate();
  }
  return (
    <form ref={form} onSubmit={submit} onInput={() => setComplete(typed().every((text) => text !== ''))}>
      <Group gap="sm" align="flex-end">
        {positions.map((position) => (
          <TextInput
            key={position}
            label={words.group(position)}
            classNames={{ input: 'sr-mono' }}
            w="7rem"
            maxLength={16}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
        <Button type="submit" disabled={!complete} loading={prove.isPending}>
          {words.prove}
        </Button>
      </Group>
      {prove.isError && <ErrorPanel error={prove.error} size="compact" />}
    </form>
  );
}
