// One person of the office in a row, and the menu of what can be changed. Oneself is neither removed nor invited anew.
import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import type { OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useCall } from '../../api/query.ts';
import { people as words, roleWords } from '../../text/people.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { formatInstantDay } from '../../ui/format.ts';
import { StateBadge, type Tone } from '../../ui/state-badge.tsx';

export type PersonChange = 'role' | 'access' | 'reset' | 'remove';

const TONES: Readonly<Record<OfficeUserView['state'], Tone>> = {
  active: 'good',
  invited: 'info',
  unreachable: 'attention',
};

export interface PersonRowProps {
  readonly user: OfficeUserView;
  readonly manages: boolean;
  readonly onChange: (change: PersonChange) => void;
}

export function PersonRow({ user, manages, onChange }: PersonRowProps) {
  const own = useCall('office', 'status', {}).data?.user?.id === user.id;
  return (
    <tr>
      <th scope="row" className="sr-person-name">
        {user.name} {own && <span className="sr-quiet">({words.you})</span>}
      </th>
      <td title={roleWords[user.role].may}>{roleWords[user.role].name}</td>
      <td>
        <AccessText access={user.access} />
      </td>
      <td>
        <StateBadge
          tone={TONES[user.state]}
          word={words.states[user.state]}
          meaning={words.stateMeanings[user.state]}
        />
        {user.state === 'invited' && <Expiry at={user.invitationExpiresAt} />}
      </td>
      <td>
        <FactorText factors={user.factors} />
      </td>
      <td>
        <InstantText at={user.lastSignInAt} />
      </td>
      {manages && (
        <td>
          <PersonMenu user={user} own={own} onChange={onChange} />
        </td>
      )}
    </tr>
  );
}

function Expiry({ at }: { readonly at: OfficeUserView['invitationExpiresAt'] }) {
  if (at === null) return null;
  const ranOut = Date.parse(at) < Date.now();
  return (
    <span className="sr-person-note sr-quiet">
      {ranOut ? words.ranOut : words.until} {formatInstantDay(at)}
    </span>
  );
}

function AccessText({ access }: Pick<OfficeUserView, 'access'>) {
  const { clients } = useCurrentClient();
  if (access.kind === 'all') return words.allClients;
  if (access.clientIds.length === 0) return words.noClients;
  const names = clients.filter(({ id }) => access.clientIds.includes(id)).map(({ name }) => name);
  return (
    <span title={names.join('\n')}>
      {words.clients(access.clientIds.length, Math.max(clients.length, access.clientIds.length))}
    </span>
  );
}

function FactorText({ factors }: Pick<OfficeUserView, 'factors'>) {
  const { factorNames } = words;
  const names = [factors.code ? factorNames.code : null, factors.device ? factorNames.device : null].filter(
    (name) => name !== null,
  );
  if (names.length === 0) return <StateBadge tone="attention" word={factorNames.none} />;
  return <StateBadge tone="good" word={names.join(', ')} />;
}

interface PersonMenuProps extends Pick<PersonRowProps, 'user' | 'onChange'> {
  readonly own: boolean;
}

function PersonMenu({ user, own, onChange }: PersonMenuProps) {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-xs"
          rightSection={<ChevronDown size={13} aria-hidden="true" />}
          aria-label={words.change(user.name)}
        >
          {words.columns.actions}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChange('role')}>{words.setRole}</Menu.Item>
        {user.role !== 'owner' && <Menu.Item onClick={() => onChange('access')}>{words.setAccess}</Menu.Item>}
        {!own && (
          <>
            <Menu.Item onClick={() => onChange('reset')}>{words.reset}</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => onChange('remove')}>{words.remove}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
