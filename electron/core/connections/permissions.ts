// The least permissions a connection type needs to bring accounts, balances and transactions.
import type { ConnectionType } from '../../../shared/ipc/contract/connections.ts';

/** @see UK Open Banking Read/Write API v4.0, Account and Transaction API, "Permissions" */
export const LEAST_PERMISSIONS: Readonly<Record<ConnectionType, readonly string[]>> = {
  'uk-open-banking': [
    'ReadAccountsDetail',
    'ReadBalances',
    'ReadTransactionsCredits',
    'ReadTransactionsDebits',
    'ReadTransactionsDetail',
  ],
};
