// Changes whose data a person holds keys to, and says which databases are written anew for it.
import { useState } from 'react';
import type { Access, OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useAction } from '../../api/query.ts';
import { access as words, invite } from '../../text/people.ts';
import { AccessChoice } from './access-choice.tsx';
import { ChangeDialog } from './change-dialog.tsx';

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
    <ChangeDialog
      title={words.title(user.name)}
      onClose={onClose}
      consequences={told}
      submit={words.submit}
      ready={told[0] !== words.unchanged}
      onSubmit={() => change.mutate({ userId: user.id, access })}
      running={change.isPending}
      error={change.error}
    >
      <AccessChoice label={invite.access} value={access} onChange={setAccess} />
    </ChangeDialog>
  );
}
