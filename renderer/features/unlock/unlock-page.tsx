// Unlock: password, why it is locked, what is wrong without telling an attacker more, and the way out of a damaged office.
import './unlock.css';
import { Button, PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { useAction } from '../../api/query.ts';
import { unlock as words } from '../../text/unlock.ts';
import { ErrorPanel, WireErrorPanel } from '../../ui/error-panel.tsx';
import { Front } from '../../ui/front.tsx';

export function UnlockPage({ status }: { readonly status: OfficeStatus }) {
  const { office, problem, lockReason } = status;
  return (
    <Front title={office?.name ?? words.title} width={problem === null ? 'narrow' : 'wide'}>
      {problem === null ? (
        <>
          {lockReason !== null && <p className="sr-quiet">{words.reasons[lockReason]}</p>}
          <UnlockForm status={status} />
        </>
      ) : (
        <Problem problem={problem} />
      )}
      <footer className="sr-unlock-foot">
        <p>
          {words.folder}: <span className="sr-mono">{status.directory}</span>
        </p>
        <details>
          <summary>{words.lost}</summary>
          {words.lostText}
        </details>
      </footer>
    </Front>
  );
}

function Problem({ problem }: { readonly problem: NonNullable<OfficeStatus['problem']> }) {
  const look = useAction('office', 'status');
  return <WireErrorPanel error={problem} onRetry={() => look.mutate({})} />;
}

function UnlockForm({ status }: { readonly status: OfficeStatus }) {
  const [password, setPassword] = useState('');
  const [capsLock, setCapsLock] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const unlock = useAction('office', 'unlock');
  useEffect(() => field.current?.focus(), []);
  function submit(event: FormEvent): void {
    event.preventDefault();
    // What was wrong is never worth keeping: the field empties itself and waits for the next try.
    const clear = (): void => {
      setPassword('');
      field.current?.focus();
    };
    unlock.mutate({ password }, { onError: clear });
  }
  function watchCapsLock(event: KeyboardEvent): void {
    setCapsLock(event.getModifierState('CapsLock'));
  }
  return (
    <form className="sr-unlock" onSubmit={submit}>
      <PasswordInput
        ref={field}
        size="sm"
        label={words.password}
        description={
          status.protection === 'keychain'
            ? words.protections.keychain(status.keychain.name)
            : words.protections['password-only']
        }
        autoComplete="current-password"
        value={password}
        maxLength={1024}
        error={capsLock ? words.capsLock : null}
        onKeyUp={watchCapsLock}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="sm" fullWidth disabled={password === ''} loading={unlock.isPending}>
        {words.submit}
      </Button>
      <p role="status" className="sr-quiet">
        {unlock.isPending && words.working}
      </p>
      {unlock.isError && <ErrorPanel error={unlock.error} size="compact" />}
    </form>
  );
}
