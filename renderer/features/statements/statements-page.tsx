// Statements of one client: every period a committed batch brought, an account each, with its proof. It proves nothing itself.
import './statements.css';
import { Button, Group } from '@mantine/core';
import { FileCheck2 } from 'lucide-react';
import { Link } from 'wouter';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { useCall } from '../../api/query.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { statementsText as text } from '../../text/statements.ts';
import { ChooseClient } from '../../ui/choose-client.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { EmptyState, Page, Skeletons } from '../../ui/page.tsx';
import { AccountStatements } from './account-statements.tsx';
import { periodsOf } from './periods-of.ts';

function NoStatements() {
  return (
    <EmptyState
      icon={FileCheck2}
      title={text.noneTitle}
      hint={text.noneHint}
      action={
        <Group gap="xs">
          <Button component={Link} to="/import">
            {text.importFile}
          </Button>
          <Button component={Link} to="/connections" variant="default">
            {text.connectBank}
          </Button>
        </Group>
      }
    />
  );
}

function ClientStatements({ client }: { readonly client: ClientSummary }) {
  const accounts = useCall('accounts', 'list', { clientId: client.id });
  const batches = useCall('batches', 'list', { clientId: client.id });
  const failed = [accounts, batches].find((query) => query.isError);
  if (failed) return <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!accounts.data || !batches.data) return <Skeletons rows={10} />;
  const { data } = batches;
  const shown = accounts.data.map((account) => ({ account, periods: periodsOf(account.id, data) }));
  const withPeriods = shown.filter(({ periods }) => periods.length > 0);
  if (withPeriods.length === 0) return <NoStatements />;
  return (
    <>
      {withPeriods.map(({ account, periods }) => (
        <AccountStatements key={account.id} account={account} periods={periods} />
      ))}
      <p className="sr-quiet">{text.later}</p>
    </>
  );
}

export function StatementsPage() {
  const { client } = useCurrentClient();
  if (client === null) return <ChooseClient title={text.title} why={text.why} />;
  return (
    <Page title={text.title} lead={text.intro}>
      <ClientStatements key={client.id} client={client} />
    </Page>
  );
}
