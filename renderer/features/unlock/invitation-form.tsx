// Taking up an invitation: its code once, and the password that opens the office from now on.
import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { DoorUser, OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { client } from '../../api/client.ts';
import { useSecretAction } from '../../api/secrets.ts';
import { newPassword } from '../../text/passwords.ts';
import { invitation as words } from '../../text/unlock.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { NewPassword, useNewPassword } from '../../ui/new-password.tsx';
import { ProtectionChoice, type Protection } from '../../ui/protection-choice.tsx';
import { SecretField, useSecret } from '../../ui/secret-field.tsx';

export interface InvitationFormProps {
  readonly status: OfficeStatus;
  readonly person: DoorUser;
  readonly focusFirst: boolean;
}

export function InvitationForm({ status, person, focusFirst }: InvitationFormProps) {
  const code = useSecret();
  const password = useNewPassword();
  const [protection, setProtection] = useState<Protection>(status.keychain.available ? 'keychain' : 'password-only');
  const accept = useSecretAction(async (seal) =>
    client.office.acceptInvitation({
      userId: person.id,
      code: await seal('password', code.read()),
      password: await seal('new-password', password.read()),
      protection,
    }),
  );
  function submit(event: FormEvent): void {
    event.preventDefault();
    accept.mutate(undefined, { onError: code.clear });
  }
  return (
    <form className="sr-unlock-form" onSubmit={submit}>
      <p>{words.lead(person.name)}</p>
      <SecretField secret={code} kind="code" label={words.code} description={words.codeHint} focusFirst={focusFirst} />
      <NewPassword
        input={password}
        officeName={status.office?.name ?? ''}
        userName={person.name}
        label={newPassword.newPassword}
      />
      <ProtectionChoice status={status} value={protection} onChange={setProtection} />
      <Button type="submit" size="sm" fullWidth disabled={!code.filled || !password.ready} loading={accept.isPending}>
        {words.submit}
      </Button>
      <p role="status" className="sr-quiet">
        {accept.isPending && words.working}
      </p>
      {accept.isError && <ErrorPanel error={accept.error} size="compact" />}
    </form>
  );
}
