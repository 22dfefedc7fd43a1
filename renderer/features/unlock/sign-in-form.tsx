// Password and second factor of one person. Whatever was wrong, the answer is the same; a damaged or older office has its own way out.
import { Button, Checkbox } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { AppError, type WireError } from '../../../shared/errors/app-error.ts';
import type { DoorUser, OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { asWireError, client } from '../../api/client.ts';
import { useSecretAction } from '../../api/secrets.ts';
import { older, unlock as words } from '../../text/unlock.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { SecretField, useSecret } from '../../ui/secret-field.tsx';

export interface SignInFormProps {
  readonly status: OfficeStatus;
  readonly person: DoorUser;
  /** What the last try found about the office itself; it is shown above. */
  readonly found: WireError | null;
  readonly onFound: (found: WireError | null) => void;
  readonly focusFirst: boolean;
}

/** From so few tries on they are told even before one is made. */
const FEW_TRIES = 5;
const WRONG = ['SESSION_WRONG_CREDENTIALS', 'FACTOR_CODE_WRONG'];
/** What a try can find about the office itself. The rest is about what was typed, or passes. */
const PROBLEMS = /^(VAULT_|KEYCHAIN_ENTRY_MISSING|OFFICE_)/;

/** One message for everything that may have been wrong. */
function shownError(error: Error): Error {
  return WRONG.includes(asWireError(error).code) ? new AppError('SESSION_WRONG_CREDENTIALS') : error;
}

function problemOf(error: Error): WireError | null {
  const found = asWireError(error);
  return PROBLEMS.test(found.code) ? found : null;
}

export function SignInForm({ status, person, found, onFound, focusFirst }: SignInFormProps) {
  const password = useSecret();
  const code = useSecret();
  const [known, setKnown] = useState(false);
  const unlock = useSecretAction(async (seal) =>
    client.office.unlock({
      userId: person.id,
      password: await seal('password', password.read()),
      code: person.factors.code ? code.read().trim() : null,
      acceptOlderState: known,
    }),
  );
  const failure = unlock.isError ? asWireError(unlock.error) : null;
  const rolledBack = found?.code === 'VAULT_ROLLED_BACK';
  const complete = password.filled && (!person.factors.code || code.filled) && (!rolledBack || known);
  function submit(event: FormEvent): void {
    event.preventDefault();
    // Nothing typed stays once it was sent: the fields empty themselves and wait for the next try.
    const empty = (): void => {
      password.clear();
      code.clear();
      password.element.current?.focus();
    };
    const look = (error: Error): void => onFound(problemOf(error));
    unlock.mutate(undefined, { onSettled: empty, onError: look });
  }
  return (
    <form className="sr-unlock-form" onSubmit={submit}>
      {status.users.length === 1 && <p className="sr-unlock-name">{person.name}</p>}
      {rolledBack && (
        <div className="sr-older">
          <h2>{older.title}</h2>
          <p className="sr-quiet">{older.lead}</p>
          <Checkbox label={older.known} checked={known} onChange={(event) => setKnown(event.currentTarget.checked)} />
          <p className="sr-quiet">{older.again}</p>
        </div>
      )}
      <SecretField
        secret={password}
        label={words.password}
        size="sm"
        focusFirst={focusFirst}
        autoComplete="current-password"
        description={
          person.deviceSecret ? words.protections.keychain(status.keychain.name) : words.protections['password-only']
        }
      />
      {person.factors.code && (
        <SecretField
          secret={code}
          kind="code"
          label={words.code}
          size="sm"
          description={words.codeHint}
          autoComplete="one-time-code"
        />
      )}
      {person.factors.device && <p className="sr-quiet">{words.deviceHint}</p>}
      <Button type="submit" size="sm" fullWidth disabled={!complete} loading={unlock.isPending}>
        {rolledBack ? older.submit : words.submit}
      </Button>
      <p role="status" className="sr-quiet">
        {unlock.isPending && words.working}
      </p>
      {unlock.isError && problemOf(unlock.error) === null && (
        <ErrorPanel error={shownError(unlock.error)} size="compact" />
      )}
      {(person.triesLeft <= FEW_TRIES || failure?.code === 'SESSION_WRONG_CREDENTIALS') && (
        <p className="sr-unlock-tries">{words.triesLeft(person.triesLeft)}</p>
      )}
    </form>
  );
}
