// Asks for a fresh proof whenever a call needs one: a code, the device, or the password of who has neither. It stays until proven or cancelled.
import './step-up-dialog.css';
import { Button, Group, Modal } from '@mantine/core';
import { useState, useSyncExternalStore, type FormEvent, type KeyboardEvent } from 'react';
import type { DoorUser, OfficeStatus } from '../../shared/ipc/contract/office.ts';
import { asWireError, client } from '../api/client.ts';
import { useSecretAction } from '../api/secrets.ts';
import { answerProof, followProof, isProofWanted } from '../api/step-up.ts';
import { ui } from '../text/common.ts';
import { stepUp as words } from '../text/step-up.ts';
import { unlock } from '../text/unlock.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LockOut } from '../ui/lock-out.tsx';
import { OWN_ESCAPE, SecretField, useSecret } from '../ui/secret-field.tsx';

/** Above every other dialog: the step that waits may have been asked for in one. */
const IN_FRONT = 400;

export function StepUpDialog({ status }: { readonly status: OfficeStatus }) {
  const wanted = useSyncExternalStore(followProof, isProofWanted);
  const person = status.users.find(({ id }) => id === status.user?.id);
  const cancel = (): void => answerProof(false);
  // Escape is answered here, so that the dialog underneath does not hear it too.
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') cancel();
  };
  return (
    <Modal
      opened={wanted}
      onClose={cancel}
      title={words.title}
      zIndex={IN_FRONT}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      onKeyDown={press}
    >
      <p className="sr-step-up-lead">{words.lead}</p>
      {person !== undefined && person.waitSeconds !== null ? (
        <>
          <LockOut waitSeconds={person.waitSeconds} />
          <Group mt="md" justify="flex-end">
            <Button variant="default" {...OWN_ESCAPE} data-autofocus onClick={cancel}>
              {ui.cancel}
            </Button>
          </Group>
        </>
      ) : (
        <ProofForm factors={status.user?.factors ?? { code: false, device: false }} person={person} />
      )}
    </Modal>
  );
}

interface ProofFormProps {
  readonly factors: NonNullable<OfficeStatus['user']>['factors'];
  readonly person: DoorUser | undefined;
}

type Way = 'code' | 'device' | 'password';

function firstWay({ code, device }: ProofFormProps['factors']): Way {
  if (code) return 'code';
  return device ? 'device' : 'password';
}

function ProofForm({ factors, person }: ProofFormProps) {
  const [way, setWay] = useState(() => firstWay(factors));
  const secret = useSecret();
  const prove = useSecretAction(
    async (seal) =>
      client.office.stepUp({
        password: way === 'password' ? await seal('password', secret.read()) : null,
        code: way === 'code' ? secret.read().trim() : null,
      }),
    () => answerProof(true),
  );
  function submit(event: FormEvent): void {
    event.preventDefault();
    const empty = (): void => {
      secret.clear();
      secret.element.current?.focus();
    };
    prove.mutate(undefined, { onSettled: empty });
  }
  const wrong =
    prove.isError && ['SESSION_WRONG_CREDENTIALS', 'FACTOR_CODE_WRONG'].includes(asWireError(prove.error).code);
  return (
    <form onSubmit={submit}>
      {way === 'code' && (
        <SecretField
          key="code"
          secret={secret}
          kind="code"
          label={words.code}
          description={words.codeHint}
          autoComplete="one-time-code"
          focusFirst
          ownEscape
        />
      )}
      {way === 'password' && (
        <SecretField secret={secret} label={words.password} autoComplete="current-password" focusFirst ownEscape />
      )}
      {way === 'device' && <p>{words.device}</p>}
      {factors.code && factors.device && (
        <Button variant="subtle" px={0} {...OWN_ESCAPE} onClick={() => setWay(way === 'code' ? 'device' : 'code')}>
          {way === 'code' ? words.withDevice : words.withCode}
        </Button>
      )}
      {prove.isError && !wrong && <ErrorPanel error={prove.error} size="compact" />}
      {wrong && (
        <p className="sr-step-up-wrong" role="alert">
          {words.wrong} {person !== undefined && unlock.triesLeft(person.triesLeft)}
        </p>
      )}
      <p role="status" className="sr-quiet">
        {prove.isPending && words.working}
      </p>
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" {...OWN_ESCAPE} onClick={() => answerProof(false)}>
          {ui.cancel}
        </Button>
        <Button type="submit" {...OWN_ESCAPE} disabled={way !== 'device' && !secret.filled} loading={prove.isPending}>
          {words.submit}
        </Button>
      </Group>
    </form>
  );
}
