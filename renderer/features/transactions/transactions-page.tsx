// The ledger of one client: search, filters, totals, table and details. Filtering, sorting and adding up happen in the vault.
import './transactions.css';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { transactionsText as text } from '../../text/transactions.ts';
import { ChooseClient } from '../../ui/choose-client.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Page, Skeletons } from '../../ui/page.tsx';
import { FilterChips } from './filter-chips.tsx';
import { LedgerBody } from './ledger-body.tsx';
import { LedgerEmpty } from './ledger-empty.tsx';
import { LedgerToolbar } from './ledger-toolbar.tsx';
import { LedgerTotals } from './ledger-totals.tsx';
import { isFiltered } from './ledger-view.ts';
import { useLedger, type Ledger } from './use-ledger.ts';

function Content({ client, ledger }: { readonly client: ClientSummary; readonly ledger: Ledger }) {
  const { pages, view, change } = ledger;
  if (pages.error !== null) return <ErrorPanel error={pages.error} onRetry={pages.retry} />;
  if (pages.head.data === undefined) return <Skeletons rows={14} />;
  if (pages.total === 0) return <LedgerEmpty filtered={isFiltered(view)} onClear={change} />;
  return <LedgerBody client={client} ledger={ledger} />;
}

function ClientLedger({ client }: { readonly client: ClientSummary }) {
  const ledger = useLedger(client.id);
  const { view, change, accounts, pages } = ledger;
  return (
    <Page
      title={text.title}
      layout="fill"
      actions={pages.head.data && <LedgerTotals page={pages.head.data} busy={pages.head.isPlaceholderData} />}
    >
      <LedgerToolbar filter={view} accounts={accounts} onChange={change} />
      <FilterChips filter={view} accounts={accounts} onChange={change} />
      <Content client={client} ledger={ledger} />
    </Page>
  );
}

export function TransactionsPage() {
  const { client } = useCurrentClient();
  if (client === null) return <ChooseClient title={text.title} why={text.why} />;
  return <ClientLedger key={client.id} client={client} />;
}
