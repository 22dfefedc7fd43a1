// Restores a backup into the empty folder: open and preview first, then a new password, then the new recovery kit.
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { useAction } from '../../api/query.ts';
import { restore as words } from '../../text/backups.ts';
import { firstRun } from '../../text/first-run.ts';
import { BackupOpener, type OpenedBackup } from '../../ui/backup-opener.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { Front } from '../../ui/front.tsx';
import { NewPassword } from './new-password.tsx';
import { ProtectionChoice, type Protection } from './protection-choice.tsx';

export interface RestoreOfficeProps {
  readonly status: OfficeStatus;
  readonly onBack: () => void;
  readonly onKit: (kit: RecoveryKit) => void;
  readonly onDone: () => void;
}

export function RestoreOffice({ status, onBack, onKit, onDone }: RestoreOfficeProps) {
  const [backup, setBackup] = useState<OpenedBackup | null>(null);
  const [protection, setProtection] = useState<Protection>(status.keychain.available ? 'keychain' : 'password-only');
  const [password, setPassword] = useState<string | null>(null);
  const restore = useAction('backups', 'restore');
  if (restore.isSuccess) return <Restored outcome={restore.data} onKit={onKit} onDone={onDone} />;
  function submit(): void {
    if (backup === null || password === null) return;
    restore.mutate({ path: backup.path, key: backup.key, password, protection });
  }
  return (
    <Front title={words.title} lead={words.lead}>
      <div className="sr-front-beside">
        <div className="sr-front-fields">
          <BackupOpener onOpened={setBackup} />
          {backup?.contents.ok === true && (
            <>
              <p className="sr-quiet">{words.newPasswordLead}</p>
              <ProtectionChoice status={status} value={protection} onChange={setProtection} />
              <NewPassword officeName={backup.contents.officeName} onChange={setPassword} />
              {restore.isError && <ErrorPanel error={restore.error} />}
            </>
          )}
          <Group gap="xs">
            {backup?.contents.ok === true && (
              <Button size="sm" disabled={password === null} loading={restore.isPending} onClick={submit}>
                {words.submit}
              </Button>
            )}
            <Button variant="subtle" size="sm" disabled={restore.isPending} onClick={onBack}>
              {firstRun.back}
            </Button>
            <span role="status">{restore.isPending && words.submitting}</span>
          </Group>
        </div>
        <aside className="sr-front-aside">
          <p>{words.notIncluded}</p>
        </aside>
      </div>
    </Front>
  );
}

interface RestoredProps {
  readonly outcome: NonNullable<ReturnType<typeof useAction<'backups', 'restore'>>['data']>;
  readonly onKit: (kit: RecoveryKit) => void;
  readonly onDone: () => void;
}

function Restored({ outcome: { contents, kit, connectionsToReauthorise }, onKit, onDone }: RestoredProps) {
  return (
    <Front title={words.done} lead={words.doneText(formatCount(contents.clients), formatCount(contents.transactions))}>
      <p>{words.reauthorise(connectionsToReauthorise)}</p>
      <Button size="sm" mt="md" onClick={() => (kit === null ? onDone() : onKit(kit))}>
        {kit === null ? words.toUnlock : words.toKit}
      </Button>
    </Front>
  );
}
