// A new invitation for somebody who lost password, device or codes, and why: new keys where somebody else may have them. It reveals nothing.
import { Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { ResetReason, type OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { client } from '../../api/client.ts';
import { openText, replyKey, useSecretAction } from '../../api/secrets.ts';
import { invite, reset as words } from '../../text/people.ts';
import { ConfirmDestroy } from '../../ui/confirm-destroy.tsx';
import { InvitationCode, type Invited } from './invitation-code.tsx';

export interface ResetDialogProps {
  readonly user: OfficeUserView;
  readonly onClose: () => void;
  /** Called when an owner's keys may be known to somebody else, and the code was read. */
  readonly onLeaked: () => void;
}

export function ResetDialog({ user, onClose, onLeaked }: ResetDialogProps) {
  const [invited, setInvited] = useState<Invited | null>(null);
  const [reason, setReason] = useState<ResetReason | null>(null);
  const renew = useSecretAction(async (): Promise<Invited> => {
    // Asked without a reason it would be the careful one.
    const why = reason ?? 'compromised';
    const { user: renewed, code } = await client.users.reset({
      userId: user.id,
      reason: why,
      replyKey: await replyKey(),
    });
    return { user: renewed, code: await openText('invitation-code', code) };
  }, setInvited);
  const done = user.role === 'owner' && reason === 'compromised' ? onLeaked : onClose;
  if (invited !== null) {
    return (
      <Modal opened onClose={done} size="lg" title={invite.codeTitle(user.name)} closeOnClickOutside={false}>
        <InvitationCode {...invited} onClose={done} />
      </Modal>
    );
  }
  return (
    <ConfirmDestroy
      opened
      onClose={onClose}
      title={words.title(user.name)}
      lost={
        <>
          <p>{words.lost}</p>
          <Reasons value={reason} onChange={setReason} />
          <p role="status" className="sr-quiet">
            {renew.isPending && reason === 'compromised' && words.working}
          </p>
        </>
      }
      confirm={words.submit}
      onConfirm={() => renew.mutate()}
      incomplete={reason === null}
      running={renew.isPending}
      error={renew.error}
    />
  );
}

interface ReasonsProps {
  readonly value: ResetReason | null;
  readonly onChange: (reason: ResetReason) => void;
}

/** Nothing is chosen beforehand: the wrong one leaves a thief's keys in use. */
function Reasons({ value, onChange }: ReasonsProps) {
  return (
    <Radio.Group label={words.why} value={value} onChange={(next) => onChange(ResetReason.parse(next))} mt="md">
      <Stack gap="xs" mt={4}>
        {ResetReason.options.map((reason) => (
          <Radio
            key={reason}
            value={reason}
            label={words.reasons[reason].label}
            description={words.reasons[reason].text}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
