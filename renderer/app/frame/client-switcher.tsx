// Chooses the client the whole window shows, and adds one. The chosen client's colour and name are always in sight.
import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChevronsUpDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { frame } from '../../text/frame.ts';
import { ClientDot } from '../../ui/client-dot.tsx';
import { useCurrentClient } from '../current-client.tsx';
import { useMay } from '../use-may.ts';
import { AddClientDialog } from './add-client-dialog.tsx';

const ALL = 'all';
const ADD = 'add';

export function ClientSwitcher() {
  const { client, clients, choose } = useCurrentClient();
  const may = useMay();
  const [search, setSearch] = useState('');
  const [adding, dialog] = useDisclosure(false);
  const combobox = useCombobox({
    onDropdownClose: () => setSearch(''),
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const found = clients.filter(({ name }) => name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()));
  function submit(value: string): void {
    if (value === ADD) dialog.open();
    else choose(found.find(({ id }) => id === value)?.id ?? null);
    combobox.closeDropdown();
  }
  return (
    <>
      <Combobox store={combobox} onOptionSubmit={submit} width={280} position="bottom-start" shadow="md">
        <Combobox.Target targetType="button">
          <InputBase
            component="button"
            type="button"
            className="sr-switcher"
            aria-label={`${frame.switcher.label}: ${client?.name ?? frame.switcher.all}`}
            leftSection={<ClientDot colour={client?.colour ?? null} />}
            rightSection={<ChevronsUpDown size={14} aria-hidden="true" />}
            rightSectionPointerEvents="none"
            title={client?.name}
            onClick={() => combobox.toggleDropdown()}
          >
            <span className="sr-truncate">{client?.name ?? frame.switcher.all}</span>
          </InputBase>
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Search
            aria-label={frame.switcher.search}
            placeholder={frame.switcher.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Combobox.Options className="sr-switcher-options" aria-label={frame.switcher.label}>
            {search === '' && (
              <Combobox.Option value={ALL} active={client === null}>
                <ClientDot colour={null} /> {frame.switcher.all}
              </Combobox.Option>
            )}
            {found.map(({ id, name, colour }) => (
              <Combobox.Option key={id} value={id} active={client?.id === id}>
                <ClientDot colour={colour} /> {name}
              </Combobox.Option>
            ))}
            {found.length === 0 && search !== '' && <Combobox.Empty>{frame.switcher.none}</Combobox.Empty>}
            {may('clients.manage') && (
              <Combobox.Option value={ADD}>
                <Plus size={13} aria-hidden="true" /> {frame.switcher.add}
              </Combobox.Option>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <AddClientDialog opened={adding} onClose={dialog.close} />
    </>
  );
}
