// Changes a person's role, and says what it means for keys. The last owner stays one.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import type { Role } from '../../../shared/model/roles.ts';
import { useAction } from '../../api/query.ts';
import { ui } from '../../text/common.ts';
import { access as accessWords, invite, role as words } from '../../text/people.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { RoleChoice } from './role-choice.tsx';

export interface RoleDialogProps {
  readonly user: OfficeUserView;
  readonly isLastOwner: boolean;
  readonly onClose: () => void;
  /** Called once she has the role. */
  readonly onChanged: (role: Role) => void;
}

export function RoleDialog({ user, isLastOwner, onClose, onChanged }: RoleDialogProps) {
  const [role, setRole] = useState(user.role);
  const change = useAction('users', 'setRole', (changed) => onChanged(changed.role));
  const refused = isLastOwner && role !== 'owner';
  return (
    <Modal opened onClose={onClose} size="lg" title={words.title(user.name)}>
      <Stack gap="md">
        <RoleChoice label={invite.role} value={role} onChange={setRole} />
        <div role="status">
          {refused && <p>{words.lastOwner}</p>}
          {!refused && role !== user.role && (
            <>
              {role === 'owner' && <p>{words.toOwner}</p>}
              {user.role === 'owner' && <p>{words.fromOwner}</p>}
              <p>{words.atOnce}</p>
            </>
          )}
          {change.isPending && <p>{accessWords.working}</p>}
        </div>
        {change.isError && <ErrorPanel error={change.error} size="compact" />}
      </Stack>
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {ui.cancel}
        </Button>
        <Button
          disabled={refused || role === user.role}
          loading={change.isPending}
          onClick={() => change.mutate({ userId: user.id, role })}
        >
          {words.submit}
        </Button>
      </Group>
    </Modal>
  );
}
