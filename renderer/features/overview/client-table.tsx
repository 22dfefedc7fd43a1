// One row a client: accounts, balances as of, health, consent, proofs, what is open. Choosing a name makes it the window's client.
import { useState } from 'react';
import type { ClientOverview } from '../../../shared/ipc/contract/clients.ts';
import { overview as words } from '../../text/overview.ts';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { SearchField } from '../../ui/toolbar.tsx';
import { ClientRow } from './client-row.tsx';

const { columns } = words;
const HEAD = [
  { text: columns.client },
  { text: columns.balance, align: 'end' },
  { text: columns.asOf },
  { text: columns.health },
  { text: columns.consent },
  { text: columns.proofs },
  { text: columns.open },
] as const;

const FEW = 8;

export function ClientTable({ clients }: { readonly clients: readonly ClientOverview[] }) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const shown = clients.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const filter =
    clients.length > FEW ? (
      <SearchField label={words.filter} value={search} onChange={setSearch} width="14rem" />
    ) : null;
  return (
    <Section title={words.clients} aside={filter}>
      <Table label={words.clients} head={HEAD}>
        {shown.map((client) => (
          <ClientRow key={client.id} client={client} />
        ))}
      </Table>
      {shown.length === 0 && <p className="sr-quiet sr-overview-none">{words.noMatch}</p>}
    </Section>
  );
}
