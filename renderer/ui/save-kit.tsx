// Saves the kit that was just made as a PDF, to a path the owner types. The program writes it; the key does not pass here again.
import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useAction } from '../api/query.ts';
import { recovery as words } from '../text/recovery.ts';
import { ErrorPanel } from './error-panel.tsx';

export function SaveKit() {
  const [path, setPath] = useState('');
  const save = useAction('office', 'saveRecoveryKit');
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ path: path.trim() });
  }
  return (
    <form className="sr-kit-save sr-no-print" onSubmit={submit}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          className="sr-kit-path"
          label={words.savePath}
          description={words.savePathHint}
          placeholder={words.savePathExample}
          classNames={{ input: 'sr-mono' }}
          maxLength={4000}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={path.trim() === ''} loading={save.isPending}>
          {words.save}
        </Button>
      </Group>
      <p role="status">{save.isSuccess && words.saved}</p>
      {save.isError && <ErrorPanel error={save.error} size="compact" />}
    </form>
  );
}
