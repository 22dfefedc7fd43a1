// Connections: the list, one connection, or the wizard that makes one. Which of them is in the address.
import './connections.css';
import './wizard/wizard.css';
import { Button } from '@mantine/core';
import { PlugZap } from 'lucide-react';
import { Link } from 'wouter';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { useCall } from '../../api/query.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useMay } from '../../app/use-may.ts';
import { useHashSearch } from '../../app/hash-location.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { EmptyState, Page, Section, Skeletons } from '../../ui/page.tsx';
import { wizardAddress } from './addresses.ts';
import { ConnectionList } from './connection-list.tsx';
import { ConnectionPage } from './connection-page.tsx';
import { PracticePanel } from './practice-panel.tsx';
import { ConnectWizard } from './wizard/connect-wizard.tsx';

function ConnectButton() {
  const may = useMay();
  if (!may('connections.manage')) return null;
  return (
    <Button component={Link} to={wizardAddress()}>
      {text.connect}
    </Button>
  );
}

function ListContent({ connections }: { readonly connections: readonly ConnectionView[] }) {
  if (connections.length === 0)
    return <EmptyState icon={PlugZap} title={text.noneTitle} hint={text.noneHint} action={<ConnectButton />} />;
  return <ConnectionList connections={connections} />;
}

/** A client's connections are those that bring one of its accounts, and those that nobody has assigned yet. */
function concerns(connection: ConnectionView, clientId: string | undefined): boolean {
  const assigned = connection.accounts.filter((account) => account.clientId !== null);
  return clientId === undefined || assigned.length === 0 || assigned.some((account) => account.clientId === clientId);
}

export function ConnectionsPage() {
  const { client } = useCurrentClient();
  const parameters = new URLSearchParams(useHashSearch());
  const list = useCall('connections', 'list', {});
  const wizard = parameters.get('wizard');
  const find = (id: string | null) => list.data?.find((connection) => connection.id === id);
  if (wizard !== null && list.data) return <ConnectWizard key={wizard} resume={find(wizard) ?? null} />;
  const opened = find(parameters.get('connection'));
  if (opened) return <ConnectionPage connection={opened} />;
  const shown = list.data?.filter((connection) => concerns(connection, client?.id));
  return (
    <Page title={text.title} actions={shown && shown.length > 0 && <ConnectButton />}>
      {list.isPending && <Skeletons rows={8} />}
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {shown && <ListContent connections={shown} />}
      {list.data?.some(({ practice }) => practice) && (
        <Section title={text.practiceBank}>
          <PracticePanel />
        </Section>
      )}
    </Page>
  );
}
