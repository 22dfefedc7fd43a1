// Adds a client on the spot, where an account belongs to one that the office doesn't have yet.
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useAction } from '../../../api/query.ts';
import { wizardText } from '../../../text/connection-wizard.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';

const text = wizardText.accounts;

export function AddClient() {
  const [name, setName] = useState('');
  const add = useAction('clients', 'add');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({ name }, { onSuccess: () => setName('') });
  };
  return (
    <form className="sr-add-client" onSubmit={submit}>
      <TextInput
        label={text.newClientName}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={name.trim() === ''} loading={add.isPending}>
        {text.addClient}
      </Button>
      {add.isError && <ErrorPanel error={add.error} size="compact" />}
    </form>
  );
}
