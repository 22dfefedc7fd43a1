// Who signs in: a list of names with what stands in the way. It knows nothing but what everybody may see at the door.
import { Radio } from '@mantine/core';
import type { DoorUser } from '../../../shared/ipc/contract/office.ts';
import { unlock as words } from '../../text/unlock.ts';

export interface ChoosePersonProps {
  readonly users: readonly DoorUser[];
  readonly chosen: DoorUser['id'] | null;
  readonly onChoose: (id: DoorUser['id']) => void;
}

function noteOf({ invited, waitSeconds }: DoorUser): string | null {
  if (waitSeconds !== null) return words.waits;
  return invited ? words.invited : null;
}

export function ChoosePerson({ users, chosen, onChoose }: ChoosePersonProps) {
  return (
    <Radio.Group
      label={words.who}
      value={chosen}
      onChange={(value) => {
        const user = users.find(({ id }) => id === value);
        if (user) onChoose(user.id);
      }}
    >
      <div className="sr-people">
        {users.map((user) => (
          <Radio.Card key={user.id} value={user.id} className="sr-person">
            <Radio.Indicator size="xs" iconColor="var(--sr-on-action)" />
            <span className="sr-truncate">{user.name}</span>
            {noteOf(user) !== null && <span className="sr-quiet">{noteOf(user)}</span>}
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
