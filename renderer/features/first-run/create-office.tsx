// Creates the office: names, protection, password, lock time. What is acceptable decides the program, not this form.
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { client } from '../../api/client.ts';
import { openKit } from '../../api/kit.ts';
import { replyKey, useSecretAction } from '../../api/secrets.ts';
import { createOffice as words, firstRun } from '../../text/first-run.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Front } from '../../ui/front.tsx';
import { NewPassword, useNewPassword } from '../../ui/new-password.tsx';
import { ProtectionChoice, type Protection } from '../../ui/protection-choice.tsx';

export interface CreateOfficeProps {
  readonly status: OfficeStatus;
  readonly practice: boolean;
  readonly onBack: () => void;
  readonly onCreated: (kit: RecoveryKit) => void;
}

const LOCK_MINUTES = [1, 2, 5, 10, 15] as const;
const LOCK_OPTIONS = LOCK_MINUTES.map((count) => ({ value: String(count), label: words.minutes(count) }));

export function CreateOffice({ status, practice, onBack, onCreated }: CreateOfficeProps) {
  const [name, setName] = useState<string>(practice ? firstRun.practiceOffice : '');
  const [ownerName, setOwnerName] = useState<string>(practice ? firstRun.practiceOwner : '');
  const [protection, setProtection] = useState<Protection>(status.keychain.available ? 'keychain' : 'password-only');
  const password = useNewPassword();
  const [lockAfter, setLockAfter] = useState('5');
  const create = useSecretAction(async (seal) => {
    const { kit } = await client.office.create({
      name,
      ownerName,
      password: await seal('new-password', password.read()),
      protection,
      lockAfterMinutes: Number(lockAfter),
      replyKey: await replyKey(),
    });
    return openKit(kit);
  }, onCreated);
  const complete = name.trim() !== '' && ownerName.trim() !== '' && password.ready;
  function submit(event: FormEvent): void {
    event.preventDefault();
    create.mutate();
  }
  return (
    <Front title={practice ? words.practiceTitle : words.title} lead={words.lead}>
      <form className="sr-front-beside" onSubmit={submit}>
        <div className="sr-front-fields">
          <TextInput
            label={words.name}
            value={name}
            maxLength={200}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={words.owner}
            description={words.ownerHint}
            value={ownerName}
            maxLength={200}
            onChange={(event) => setOwnerName(event.currentTarget.value)}
          />
          <ProtectionChoice status={status} value={protection} onChange={setProtection} />
          <NewPassword input={password} officeName={name} userName={ownerName} />
          <Select
            label={words.lockAfter}
            w="12rem"
            data={LOCK_OPTIONS}
            value={lockAfter}
            onChange={(value) => setLockAfter(value ?? lockAfter)}
          />
          {create.isError && <ErrorPanel error={create.error} />}
          <Group gap="xs">
            <Button type="submit" size="sm" disabled={!complete} loading={create.isPending}>
              {words.submit}
            </Button>
            <Button variant="subtle" size="sm" disabled={create.isPending} onClick={onBack}>
              {firstRun.back}
            </Button>
            <span role="status">{create.isPending && words.submitting}</span>
          </Group>
        </div>
        <KeychainAside status={status} />
      </form>
    </Front>
  );
}

function KeychainAside({ status }: { readonly status: OfficeStatus }) {
  if (!status.keychain.available) return null;
  return (
    <aside className="sr-front-aside">
      <h2>{words.keychainHolds}</h2>
      <ul>
        {words.keychainItems.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </aside>
  );
}
