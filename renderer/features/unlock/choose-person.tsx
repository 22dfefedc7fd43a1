// Who signs in: a list of names with what stands in the way. It knows nothing but what everybody may see at the door.
import { Radio } from '@mantine/core';
import { useRef } from 'react';
import type { DoorUser } from '../../../shared/ipc/contract/office.ts';
import { unlock as words } from '../../text/unlock.ts';

export interface ChoosePersonProps {
  readonly users: readonly DoorUser[];
  readonly chosen: DoorUser['id'] | null;
  /** `byKey`: the arrow keys walk through the list, and the focus stays in it. */
  readonly onChoose: (id: DoorUser['id'], byKey: boolean) => void;
}

function noteOf({ invited, waitSeconds }: DoorUser): string | null {
  if (waitSeconds !== null) return words.waits;
  return invited ? words.invited : null;
}

export function ChoosePerson({ users, chosen, onChoose }: ChoosePersonProps) {
  const byKey = useRef(false);
  return (
    <Radio.Group
      label={words.who}
      value={chosen}
      onChange={(value) => {
        const user = users.find(({ id }) => id === value);
        if (user) onChoose(user.id, byKey.current);
      }}
    >
      <div
        className="sr-people"
        onKeyDownCapture={() => (byKey.current = true)}
        onPointerDownCapture={() => (byKey.current = false)}
      >
        {users.map((user) => (
          <Radio.Card key={user.id} value={user.id} className="sr-person" tabIndex={user.id === chosen ? 0 : -1}>
            <Radio.Indicator size="xs" iconColor="var(--sr-on-action)" />
            <span className="sr-truncate">{user.name}</span>
            {noteOf(user) !== null && <span className="sr-quiet">{noteOf(user)}</span>}
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
