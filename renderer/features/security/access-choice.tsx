// Which clients somebody gets keys for: all, or those ticked. Nothing is ticked beforehand.
import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Access } from '../../../shared/ipc/contract/users.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { access as words } from '../../text/people.ts';
import { ClientDot } from '../../ui/client-dot.tsx';

/** From so many clients on the list can be searched. */
const MANY = 8;

export interface AccessChoiceProps {
  readonly label: string;
  readonly value: Access;
  readonly onChange: (access: Access) => void;
}

export function AccessChoice({ label, value, onChange }: AccessChoiceProps) {
  return (
    <div>
      <Radio.Group
        label={label}
        value={value.kind}
        onChange={(kind) => onChange(kind === 'all' ? { kind: 'all' } : { kind: 'some', clientIds: [] })}
      >
        <Stack gap="xs" mt={4}>
          <Radio value="some" label={words.some} description={words.someHint} />
          <Radio value="all" label={words.all} description={words.allHint} />
        </Stack>
      </Radio.Group>
      {value.kind === 'some' && (
        <ClientChecklist
          label={label}
          chosen={value.clientIds}
          onChange={(clientIds) => onChange({ kind: 'some', clientIds })}
        />
      )}
    </div>
  );
}

type ClientIds = Extract<Access, { kind: 'some' }>['clientIds'];

interface ClientChecklistProps {
  readonly label: string;
  readonly chosen: ClientIds;
  readonly onChange: (clientIds: ClientIds) => void;
}

function ClientChecklist({ label, chosen, onChange }: ClientChecklistProps) {
  const { clients } = useCurrentClient();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const shown = clients.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <div className="sr-checklist">
      {clients.length > MANY && (
        <TextInput
          aria-label={words.search}
          placeholder={words.search}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className="sr-checklist-items" role="group" aria-label={label}>
        {shown.map(({ id, name, colour }) => (
          <Checkbox
            key={id}
            label={
              <>
                <ClientDot colour={colour} /> {name}
              </>
            }
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
            }
          />
        ))}
      </div>
      <p className="sr-quiet" role="status">
        {words.chosen(chosen.length)}
      </p>
    </div>
  );
}
