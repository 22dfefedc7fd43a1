// Restores a backup into the empty folder: open and preview first, then a new password, then the new recovery kit.
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { client, type Output } from '../../api/client.ts';
import { openKit } from '../../api/kit.ts';
import { replyKey, useSecretAction } from '../../api/secrets.ts';
import { restore as words } from '../../text/backups.ts';
import { firstRun } from '../../text/first-run.ts';
import { BackupOpener, type OpenedBackup } from '../../ui/backup-opener.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { Front } from '../../ui/front.tsx';
import { NewPassword, useNewPassword } from '../../ui/new-password.tsx';
import { ProtectionChoice, type Protection } from '../../ui/protection-choice.tsx';

export interface RestoreOfficeProps {
  readonly status: OfficeStatus;
  readonly onBack: () => void;
  readonly onKit: (kit: RecoveryKit) => void;
  readonly onDone: () => void;
}

export function RestoreOffice({ status, onBack, onKit, onDone }: RestoreOfficeProps) {
  const [backup, setBackup] = useState<OpenedBackup | null>(null);
  const [protection, setProtection] = useState<Protection>(status.keychain.available ? 'keychain' : 'password-only');
  const password = useNewPassword();
  const restore = useSecretAction(async (seal): Promise<RestoredOffice> => {
    if (backup === null) throw new TypeError('no backup was opened');
    const outcome = await client.backups.restore({
      path: backup.path,
      key: await backup.sealKey(seal),
      password: await seal('new-password', password.read()),
      protection,
      replyKey: await replyKey(),
    });
    return { ...outcome, kit: outcome.kit && (await openKit(outcome.kit)) };
  });
  if (restore.isSuccess) return <Restored outcome={restore.data} onKit={onKit} onDone={onDone} />;
  return (
    <Front title={words.title} lead={words.lead}>
      <div className="sr-front-beside">
        <div className="sr-front-fields">
          <BackupOpener onOpened={setBackup} />
          {backup?.contents.ok === true && (
            <>
              <p className="sr-quiet">{words.newPasswordLead}</p>
              <ProtectionChoice status={status} value={protection} onChange={setProtection} />
              <NewPassword input={password} officeName={backup.contents.officeName} userName="" />
              {restore.isError && <ErrorPanel error={restore.error} />}
            </>
          )}
          <Group gap="xs">
            {backup?.contents.ok === true && (
              <Button size="sm" disabled={!password.ready} loading={restore.isPending} onClick={() => restore.mutate()}>
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

type RestoredOffice = Omit<Output<'backups', 'restore'>, 'kit'> & { readonly kit: RecoveryKit | null };

interface RestoredProps {
  readonly outcome: RestoredOffice;
  readonly onKit: (kit: RecoveryKit) => void;
  readonly onDone: () => void;
}

function Restored({ outcome, onKit, onDone }: RestoredProps) {
  const { contents, kit, connectionsToReauthorise, usersToInvite } = outcome;
  return (
    <Front title={words.done} lead={words.doneText(formatCount(contents.clients), formatCount(contents.transactions))}>
      <p>{words.reauthorise(connectionsToReauthorise)}</p>
      {usersToInvite > 0 && <p>{words.inviteAnew(usersToInvite)}</p>}
      <Button size="sm" mt="md" onClick={() => (kit === null ? onDone() : onKit(kit))}>
        {kit === null ? words.toUnlock : words.toKit}
      </Button>
    </Front>
  );
}
