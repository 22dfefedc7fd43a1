// The least permissions a connection type needs to bring accounts, balances and transactions. The wizard shows them, the host asks for them.

/** By connection type. @see UK Open Banking Read/Write API v4.0, Account and Transaction API, "Permissions" */
export const LEAST_PERMISSIONS = {
  'uk-open-banking': [
    'ReadAccountsDetail',
    'ReadBalances',
    'ReadTransactionsCredits',
    'ReadTransactionsDebits',
    'ReadTransactionsDetail',
  ],
} as const;
