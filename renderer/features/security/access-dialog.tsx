// Changes whose data a person holds keys to, and says which databases are written anew for it.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Access, OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useAction } from '../../api/query.ts';
import { ui } from '../../text/common.ts';
import { access as words, invite } from '../../text/people.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { AccessChoice } from './access-choice.tsx';

export interface AccessDialogProps {
  readonly user: OfficeUserView;
  readonly onClose: () => void;
}

/** What a change means, in sentences. */
function consequences(before: Access, after: Access, all: readonly string[]): string[] {
  const had = before.kind === 'all' ? all : before.clientIds;
  const has = after.kind === 'all' ? all : after.clientIds;
  const gained = has.filter((id) => !had.some((each) => each === id)).length;
  const lost = had.filter((id) => !has.some((each) => each === id)).length;
  const sentences = [
    gained > 0 ? words.gains(gained) : null,
    lost > 0 ? (has.length === 0 ? words.losesAll : words.loses(lost)) : null,
  ].filter((sentence) => sentence !== null);
  return sentences.length === 0 && before.kind === after.kind ? [words.unchanged] : sentences;
}

export function AccessDialog({ user, onClose }: AccessDialogProps) {
  const { clients } = useCurrentClient();
  const [access, setAccess] = useState(user.access);
  const change = useAction('users', 'setAccess', onClose);
  const told = consequences(
    user.access,
    access,
    clients.map(({ id }) => id),
  );
  return (
    <Modal opened onClose={onClose} size="lg" title={words.title(user.name)}>
      <Stack gap="md">
        <AccessChoice label={invite.access} value={access} onChange={setAccess} />
        <div role="status">
          {told.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {change.isPending && <p>{words.working}</p>}
        </div>
        {change.isError && <ErrorPanel error={change.error} size="compact" />}
      </Stack>
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {ui.cancel}
        </Button>
        <Button
          disabled={told[0] === words.unchanged}
          loading={change.isPending}
          onClick={() => change.mutate({ userId: user.id, access })}
        >
          {words.submit}
        </Button>
      </Group>
    </Modal>
  );
}
