// Changes the own password: the present one proves it, the new one is judged as in first run, with the length that one's factors ask for.
import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { client } from '../../api/client.ts';
import { useSecretAction } from '../../api/secrets.ts';
import { ownPassword as words } from '../../text/own-sign-in.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { NewPassword, useNewPassword } from '../../ui/new-password.tsx';
import { Section } from '../../ui/page.tsx';
import { SecretField, useSecret } from '../../ui/secret-field.tsx';

export function ChangePassword({ status }: { readonly status: OfficeStatus }) {
  const current = useSecret();
  const next = useNewPassword();
  // The fields are drawn anew after a change, so that nothing of it stays.
  const [round, setRound] = useState(0);
  const change = useSecretAction(
    async (seal) =>
      client.office.changePassword({
        current: await seal('password', current.read()),
        next: await seal('new-password', next.read()),
      }),
    () => {
      current.clear();
      next.clear();
      setRound(round + 1);
    },
  );
  function submit(event: FormEvent): void {
    event.preventDefault();
    change.mutate(undefined, { onError: current.clear });
  }
  return (
    <Section title={words.title}>
      <form key={round} className="sr-own-form" onSubmit={submit}>
        <p className="sr-quiet">{words.lead}</p>
        <SecretField secret={current} label={words.current} autoComplete="current-password" />
        <NewPassword
          input={next}
          officeName={status.office?.name ?? ''}
          userName={status.user?.name ?? ''}
          label={words.next}
        />
        {change.isError && <ErrorPanel error={change.error} size="compact" />}
        <div>
          <Button type="submit" disabled={!current.filled || !next.ready} loading={change.isPending}>
            {words.submit}
          </Button>
        </div>
        <p role="status" className="sr-quiet">
          {change.isPending && words.working}
          {change.isSuccess && words.done}
        </p>
      </form>
    </Section>
  );
}
