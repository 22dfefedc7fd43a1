// The ledger screen's state: its view in the address, its pages from the vault, its accounts.
import { useCallback, useMemo } from 'react';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { TransactionPage, TransactionRow } from '../../../shared/ipc/contract/transactions.ts';
import { client as program } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import { callKey, useCall } from '../../api/query.ts';
import { navigate, useHashSearch } from '../../app/hash-location.ts';
import { filterOf, readView, writeView, type LedgerView } from './ledger-view.ts';

type ClientId = ClientSummary['id'];
const NO_ACCOUNTS: readonly AccountSummary[] = [];

function toAddress(view: LedgerView, open: string | null): string {
  const parameters = writeView(view);
  if (open !== null) parameters.set('open', open);
  return `/transactions?${parameters.toString()}`;
}

function useAddress() {
  const search = useHashSearch();
  const view = useMemo(() => readView(new URLSearchParams(search)), [search]);
  const openId = new URLSearchParams(search).get('open') as TransactionRow['id'] | null;
  const change = useCallback(
    (part: Partial<LedgerView>) => navigate(toAddress({ ...view, ...part }, null), { replace: true }),
    [view],
  );
  const open = useCallback(
    (id: TransactionRow['id'] | null) => navigate(toAddress(view, id), { replace: true }),
    [view],
  );
  return { view, openId, change, open };
}

export function useLedger(clientId: ClientId) {
  const { view, openId, change, open } = useAddress();
  const filter = filterOf(clientId, view);
  const { sort } = view;
  const pages = usePages<TransactionPage>({
    key: callKey('transactions', 'list', { filter, sort }),
    load: (offset, limit) => program.transactions.list({ filter, sort, offset, limit }),
  });
  const accounts = useCall('accounts', 'list', { clientId });
  return { view, openId, change, open, pages, accounts: accounts.data ?? NO_ACCOUNTS };
}
export type Ledger = ReturnType<typeof useLedger>;
