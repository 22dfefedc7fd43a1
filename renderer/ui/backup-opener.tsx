// Opens a backup file with the kit or its passphrase and shows what it holds. It writes nothing.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { BackupContents, BackupKey } from '../../shared/ipc/contract/backups.ts';
import { client } from '../api/client.ts';
import { useSecretAction, type Seal } from '../api/secrets.ts';
import { restore as words } from '../text/backups.ts';
import { ErrorPanel } from './error-panel.tsx';
import { Facts } from './facts.tsx';
import { formatCount, formatInstant } from './format.ts';
import { SecretField, useSecret } from './secret-field.tsx';
import { StateBadge } from './state-badge.tsx';

/** A backup that was opened: where it is, what opened it, what it holds. */
export interface OpenedBackup {
  readonly path: string;
  /** Seals once more what opened it, from the field where it still stands. */
  readonly sealKey: (seal: Seal) => Promise<BackupKey>;
  readonly contents: BackupContents;
}

export interface BackupOpenerProps {
  readonly path?: string;
  /** Null when the file or the key was changed after it had been opened. */
  readonly onOpened: (backup: OpenedBackup | null) => void;
}

export function BackupOpener({ path: suggested = '', onOpened }: BackupOpenerProps) {
  const [path, setPath] = useState(suggested);
  const [kind, setKind] = useState<BackupKey['kind']>('recovery');
  const secret = useSecret();
  const sealKey = async (seal: Seal): Promise<BackupKey> =>
    kind === 'recovery'
      ? { kind, recoveryKey: await seal('recovery-key', secret.read()) }
      : { kind, passphrase: await seal('passphrase', secret.read()) };
  const verify = useSecretAction(
    async (seal) => client.backups.verify({ path, key: await sealKey(seal) }),
    (contents) => onOpened({ path, sealKey, contents }),
  );
  function change(apply: () => void): void {
    apply();
    verify.reset();
    onOpened(null);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    verify.mutate();
  }
  const keyLabel = kind === 'recovery' ? words.recoveryKey : words.passphrase;
  return (
    <form className="sr-front-fields" onSubmit={submit}>
      <TextInput
        label={words.path}
        description={words.pathHint}
        classNames={{ input: 'sr-mono' }}
        value={path}
        onChange={({ currentTarget: { value } }) => change(() => setPath(value))}
      />
      <SegmentedControl
        aria-label={words.key}
        value={kind}
        data={[
          { value: 'recovery', label: words.keys.recovery },
          { value: 'passphrase', label: words.keys.passphrase },
        ]}
        onChange={(value) =>
          change(() => {
            setKind(value === 'recovery' ? 'recovery' : 'passphrase');
            secret.clear();
          })
        }
      />
      <SecretField
        secret={secret}
        label={keyLabel}
        description={kind === 'recovery' ? words.recoveryHint : null}
        onInput={() => change(() => undefined)}
      />
      {verify.isError && <ErrorPanel error={verify.error} size="compact" />}
      {verify.data === undefined ? (
        <div>
          <Button type="submit" disabled={path.trim() === '' || !secret.filled} loading={verify.isPending}>
            {words.check}
          </Button>{' '}
          <span role="status">{verify.isPending && words.checking}</span>
        </div>
      ) : (
        <BackupPreview contents={verify.data} />
      )}
    </form>
  );
}

/** What a backup holds, and whether all of it is as it was written. */
export function BackupPreview({ contents }: { readonly contents: BackupContents }) {
  const broken = contents.files.filter(({ ok }) => !ok).length;
  const count = formatCount(contents.files.length);
  const files = contents.ok ? (
    <StateBadge tone="good" word={words.filesOk(count)} />
  ) : (
    <StateBadge tone="bad" word={words.filesBroken(formatCount(broken), count)} />
  );
  return (
    <section aria-label={words.preview}>
      <Facts
        items={[
          { name: words.office, value: contents.officeName },
          { name: words.created, value: formatInstant(contents.createdAt) },
          { name: words.clients, value: formatCount(contents.clients) },
          { name: words.rows, value: formatCount(contents.transactions) },
          { name: words.files, value: files },
        ]}
      />
    </section>
  );
}
