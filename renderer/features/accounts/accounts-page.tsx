// Accounts: the list, or one account. Which one is in the address.
import './accounts.css';
import { Button, Group } from '@mantine/core';
import { Building2 } from 'lucide-react';
import { Link } from 'wouter';
import { AccountId } from '../../../shared/model/ids.ts';
import { useCall } from '../../api/query.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useHashSearch } from '../../app/hash-location.ts';
import { accountsText as text } from '../../text/accounts.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { EmptyState, Page, Skeletons } from '../../ui/page.tsx';
import { AccountPage } from './account-page.tsx';
import { AccountsOfClient } from './accounts-of-client.tsx';

function NoAccounts() {
  return (
    <EmptyState
      icon={Building2}
      title={text.noneTitle}
      hint={text.noneHint}
      action={
        <Group gap="xs">
          <Button component={Link} to="/connections">
            {text.connectBank}
          </Button>
          <Button component={Link} to="/import" variant="default">
            {text.importFile}
          </Button>
        </Group>
      }
    />
  );
}

export function AccountsPage() {
  const { client, clients } = useCurrentClient();
  const chosen = AccountId.safeParse(new URLSearchParams(useHashSearch()).get('account'));
  const list = useCall('accounts', 'list', { clientId: client?.id ?? null });
  const connections = useCall('connections', 'list', {});
  const account = list.data?.find(({ id }) => chosen.success && id === chosen.data);
  if (account) return <AccountPage account={account} />;
  const shown = client ? [client] : clients;
  return (
    <Page title={text.title} lead={list.data && text.count(list.data.length, formatCount(list.data.length))}>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeletons rows={8} />}
      {list.data?.length === 0 && <NoAccounts />}
      {shown.map((each) => (
        <AccountsOfClient
          key={each.id}
          client={each}
          withHeading={client === null}
          accounts={list.data?.filter(({ clientId }) => clientId === each.id) ?? []}
          connections={connections.data ?? []}
        />
      ))}
    </Page>
  );
}
