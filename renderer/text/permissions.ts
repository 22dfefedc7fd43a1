// Banks' permissions in words: what each lets us read, and why it is asked for. Text only: no state, no markup.
interface PermissionWords {
  readonly what: string;
  readonly why: string;
}

/** By the name the bank knows. @see UK Open Banking Read/Write API v4.0, Account and Transaction API, "Permissions" */
export const permissionText: Readonly<Record<string, PermissionWords>> = {
  ReadAccountsDetail: { what: 'Names and numbers of the accounts', why: 'to tell accounts and clients apart' },
  ReadBalances: { what: 'Balances', why: 'to prove that no row is missing' },
  ReadTransactionsDetail: { what: 'Transactions with all their details', why: 'to keep the ledger' },
  ReadTransactionsCredits: { what: 'Money in', why: 'because the bank splits the permission by direction' },
  ReadTransactionsDebits: { what: 'Money out', why: 'because the bank splits the permission by direction' },
};
