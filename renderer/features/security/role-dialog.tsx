// Changes a person's role, and says what it means for keys. The last owner stays one.
import { useState } from 'react';
import type { OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import type { Role } from '../../../shared/model/roles.ts';
import { useAction } from '../../api/query.ts';
import { invite, role as words } from '../../text/people.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { RoleChoice } from './role-choice.tsx';

export interface RoleDialogProps {
  readonly user: OfficeUserView;
  readonly isLastOwner: boolean;
  readonly onClose: () => void;
  /** Called once she has the role. */
  readonly onChanged: (role: Role) => void;
}

/** What a change means, in sentences. */
function consequences(before: Role, after: Role): string[] {
  if (before === after) return [];
  return [
    ...(after === 'owner' ? [words.toOwner] : []),
    ...(before === 'owner' ? [words.fromOwner] : []),
    words.atOnce,
  ];
}

export function RoleDialog({ user, isLastOwner, onClose, onChanged }: RoleDialogProps) {
  const [role, setRole] = useState(user.role);
  const change = useAction('users', 'setRole', (changed) => onChanged(changed.role));
  const refused = isLastOwner && role !== 'owner';
  return (
    <ChangeDialog
      title={words.title(user.name)}
      onClose={onClose}
      consequences={refused ? [words.lastOwner] : consequences(user.role, role)}
      submit={words.submit}
      ready={!refused && role !== user.role}
      onSubmit={() => change.mutate({ userId: user.id, role })}
      running={change.isPending}
      error={change.error}
    >
      <RoleChoice label={invite.role} value={role} onChange={setRole} />
    </ChangeDialog>
  );
}
