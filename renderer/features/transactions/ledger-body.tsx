// Table and detail panel side by side. Closing the panel gives the keyboard back to the table.
import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { transactionsText as text } from '../../text/transactions.ts';
import { DataTable, type TableSort } from '../../ui/data-table.tsx';
import { LEDGER_COLUMNS, ONE_ACCOUNT_COLUMNS } from './ledger-columns.tsx';
import { sortAfterClick, sortOf } from './ledger-view.ts';
import { TransactionPanel } from './transaction-panel.tsx';
import type { Ledger } from './use-ledger.ts';

interface LedgerBodyProps {
  readonly client: ClientSummary;
  readonly ledger: Ledger;
}

export function LedgerBody({ client, ledger }: LedgerBodyProps) {
  const { view, openId, change, open, pages } = ledger;
  const body = useRef<HTMLDivElement>(null);
  const close = (): void => {
    open(null);
    body.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  useHotkeys(openId === null ? [] : [['Escape', close]]);
  const follow = (index: number): void => {
    const row = pages.rowAt(index);
    if (openId !== null && row !== undefined) open(row.id);
  };
  const sortBy = ({ by }: TableSort): void => change({ sort: sortAfterClick(view.sort, sortOf(by)) });
  return (
    <div className="sr-ledger" ref={body} data-stale={pages.head.isPlaceholderData || undefined}>
      <DataTable
        key={JSON.stringify({ ...view })}
        label={text.tableLabel(client.name)}
        columns={view.accountId === null ? LEDGER_COLUMNS : ONE_ACCOUNT_COLUMNS}
        count={pages.total}
        rowAt={pages.rowAt}
        rowKey={(row) => row.id}
        openKey={openId}
        onOpen={(row) => open(row.id)}
        onActive={follow}
        sort={view.sort}
        onSort={sortBy}
        onRange={pages.onRange}
      />
      {openId !== null && (
        <TransactionPanel clientId={client.id} transactionId={openId} onClose={close} onOpen={open} />
      )}
    </div>
  );
}
