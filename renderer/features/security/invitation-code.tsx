// An invitation code, shown once with how to hand it over. It is not for the clipboard: it is read to somebody.
import { Button, Group, Stack } from '@mantine/core';
import type { OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { invite as words } from '../../text/people.ts';
import { formatInstant } from '../../ui/format.ts';

export interface Invited {
  readonly user: OfficeUserView;
  readonly code: string;
}

export interface InvitationCodeProps extends Invited {
  readonly onClose: () => void;
}

export function InvitationCode({ user, code, onClose }: InvitationCodeProps) {
  return (
    <Stack gap="sm">
      <p>{words.how(user.name)}</p>
      <p className="sr-shown-once" aria-label={words.code}>
        {code}
      </p>
      {user.invitationExpiresAt !== null && <p>{words.until(formatInstant(user.invitationExpiresAt))}</p>}
      <p className="sr-quiet">{words.once}</p>
      <Group justify="flex-end">
        <Button onClick={onClose}>{words.done}</Button>
      </Group>
    </Stack>
  );
}
