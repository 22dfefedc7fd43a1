// The overview: what needs a person first, then one row a client, then the practice bank while practising.
import './overview.css';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { AddClientDialog } from '../../app/frame/add-client-dialog.tsx';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useMay } from '../../app/use-may.ts';
import { useCall } from '../../api/query.ts';
import { overview as words } from '../../text/overview.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { Page, Skeletons } from '../../ui/page.tsx';
import { ClientTable } from './client-table.tsx';
import { NeedsYouList } from './needs-you-list.tsx';
import { PasswordOnlyNotice } from './password-only-notice.tsx';
import { PracticeBank } from './practice-bank.tsx';
import { NoClients } from './no-clients.tsx';

export function OverviewPage() {
  const { client } = useCurrentClient();
  const overview = useCall('clients', 'overview', {});
  const may = useMay();
  const [adding, dialog] = useDisclosure(false);
  const all = overview.data?.clients ?? [];
  const clients = all.filter(({ id }) => client === null || id === client.id);
  const needsYou = (overview.data?.needsYou ?? []).filter(
    ({ clientId }) => client === null || clientId === null || clientId === client.id,
  );
  const rows = clients.reduce((sum, { transactions }) => sum + transactions, 0);
  const add = may('clients.manage') && (
    <Button variant="default" leftSection={<Plus size={14} aria-hidden="true" />} onClick={dialog.open}>
      {words.addClient}
    </Button>
  );
  return (
    <Page
      title={client?.name ?? words.title}
      lead={clients.length > 0 ? words.lead(clients.length, formatCount(rows)) : undefined}
      actions={all.length > 0 ? add : undefined}
    >
      <PasswordOnlyNotice />
      {overview.isError && <ErrorPanel error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.isPending && <Skeletons rows={10} />}
      {overview.isSuccess && (
        <>
          {(clients.length > 0 || needsYou.length > 0) && <NeedsYouList items={needsYou} clients={all} />}
          {clients.length > 0 ? (
            <ClientTable clients={clients} />
          ) : (
            <NoClients onAdd={may('clients.manage') ? dialog.open : null} />
          )}
        </>
      )}
      <PracticeBank />
      <AddClientDialog opened={adding} onClose={dialog.close} />
    </Page>
  );
}
