// The office's people: who may do what with whose data, and the ways to change it. Only an owner changes anything.
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { useMay } from '../../app/use-may.ts';
import { useCall } from '../../api/query.ts';
import { people as words } from '../../text/people.ts';
import { kitDue } from '../../text/security.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Section, Skeletons } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { AccessDialog } from './access-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { KitDue } from './kit-due.tsx';
import { PersonRow, type PersonChange } from './person-row.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';

const { columns } = words;
const HEAD = [
  { text: columns.name },
  { text: columns.role },
  { text: columns.access },
  { text: columns.state },
  { text: columns.factors },
  { text: columns.lastSignIn },
] as const;

interface Asked {
  readonly change: PersonChange;
  readonly userId: OfficeUserView['id'];
}

export function People() {
  const list = useCall('users', 'list', {});
  const may = useMay();
  const [inviting, invite] = useDisclosure(false);
  const manages = may('users.manage');
  const button = manages && (
    <Button size="compact-xs" leftSection={<UserPlus size={14} aria-hidden="true" />} onClick={invite.open}>
      {words.invite}
    </Button>
  );
  return (
    <div className="sr-security-view">
      <Section title={words.title} aside={button}>
        {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeletons rows={4} />}
        {list.data && <PeopleTable users={list.data} manages={manages} />}
        {!manages && <p className="sr-quiet sr-security-none">{words.readOnly}</p>}
      </Section>
      <InviteDialog opened={inviting} onClose={invite.close} />
    </div>
  );
}

interface PeopleTableProps {
  readonly users: readonly OfficeUserView[];
  readonly manages: boolean;
}

/** True where she could open what the recovery kit opens. */
const leaves = ({ role }: OfficeUserView): boolean => role === 'owner';

function PeopleTable({ users, manages }: PeopleTableProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  /** Why a new recovery kit is next. */
  const [due, setDue] = useState<string | null>(null);
  const close = (): void => setAsked(null);
  function closeAndAsk(why: string | null): void {
    close();
    setDue(why);
  }
  const lastOwner = users.filter(({ role, state }) => role === 'owner' && state === 'active').length <= 1;
  const user = users.find(({ id }) => id === asked?.userId);
  return (
    <>
      <Table label={words.title} head={manages ? [...HEAD, { text: columns.actions }] : HEAD}>
        {users.map((each) => (
          <PersonRow
            key={each.id}
            user={each}
            manages={manages}
            onChange={(change) => setAsked({ change, userId: each.id })}
          />
        ))}
      </Table>
      {user && asked?.change === 'role' && (
        <RoleDialog
          user={user}
          isLastOwner={lastOwner && user.role === 'owner'}
          onClose={close}
          onChanged={(role) => closeAndAsk(leaves(user) && role !== 'owner' ? kitDue.left(user.name) : null)}
        />
      )}
      {user && asked?.change === 'access' && <AccessDialog user={user} onClose={close} />}
      {user && asked?.change === 'reset' && (
        <ResetDialog user={user} onClose={close} onLeaked={() => closeAndAsk(kitDue.leaked(user.name))} />
      )}
      {user && asked?.change === 'remove' && (
        <RemoveDialog
          user={user}
          onClose={close}
          onRemoved={() => closeAndAsk(leaves(user) ? kitDue.left(user.name) : null)}
        />
      )}
      {manages && due !== null && <KitDue title={due} onClose={() => setDue(null)} />}
    </>
  );
}
