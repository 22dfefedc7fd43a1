// Two groups of the recovery kit, typed back. The program compares; nothing typed is kept.
import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { RecoveryKit } from '../../shared/ipc/contract/office.ts';
import { useAction } from '../api/query.ts';
import { recovery as words } from '../text/first-run.ts';
import { ErrorPanel } from './error-panel.tsx';

export interface ProveKitProps {
  /** Zero-based positions of the groups asked for. */
  readonly positions: RecoveryKit['prove'];
  readonly onProven: () => void;
}

export function ProveKit({ positions, onProven }: ProveKitProps) {
  const [texts, setTexts] = useState<readonly string[]>(['', '']);
  const prove = useAction('office', 'proveRecoveryKit');
  function submit(event: FormEvent): void {
    event.preventDefault();
    const groups = positions.map((position, index) => ({ position, text: texts[index] ?? '' }));
    prove.mutate({ groups }, { onSuccess: onProven });
  }
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-end">
        {positions.map((position, index) => (
          <TextInput
            key={position}
            label={words.group(position)}
            classNames={{ input: 'sr-mono' }}
            w="7rem"
            maxLength={16}
            autoComplete="off"
            spellCheck={false}
            value={texts[index] ?? ''}
            onChange={(event) => setTexts(texts.with(index, event.currentTarget.value))}
          />
        ))}
        <Button type="submit" disabled={texts.some((text) => text.trim() === '')} loading={prove.isPending}>
          {words.prove}
        </Button>
      </Group>
      {prove.isError && <ErrorPanel error={prove.error} size="compact" />}
    </form>
  );
}
