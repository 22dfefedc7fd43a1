// A new invitation for somebody who lost password, device or codes. It reveals nothing of them.
import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { client } from '../../api/client.ts';
import { openText, replyKey, useSecretAction } from '../../api/secrets.ts';
import { invite, reset as words } from '../../text/people.ts';
import { ConfirmDestroy } from '../../ui/confirm-destroy.tsx';
import { InvitationCode, type Invited } from './invitation-code.tsx';

export interface ResetDialogProps {
  readonly user: OfficeUserView;
  readonly onClose: () => void;
}

export function ResetDialog({ user, onClose }: ResetDialogProps) {
  const [invited, setInvited] = useState<Invited | null>(null);
  const renew = useSecretAction(async (): Promise<Invited> => {
    const { user: renewed, code } = await client.users.reset({ userId: user.id, replyKey: await replyKey() });
    return { user: renewed, code: await openText('invitation-code', code) };
  }, setInvited);
  if (invited !== null) {
    return (
      <Modal opened onClose={onClose} size="lg" title={invite.codeTitle(user.name)} closeOnClickOutside={false}>
        <InvitationCode {...invited} onClose={onClose} />
      </Modal>
    );
  }
  return (
    <ConfirmDestroy
      opened
      onClose={onClose}
      title={words.title(user.name)}
      lost={words.lost}
      confirm={words.submit}
      onConfirm={() => renew.mutate()}
      running={renew.isPending}
      error={renew.error}
    />
  );
}
