// Pages of the ledger and one row with its provenance. Reads only.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { VaultContext } from './context.ts';

type TransactionHandlers = Pick<Handlers<AppContract, VaultContext, 'vault'>, 'transactions'>;

/** The vault's answers to the `transactions` calls of THE contract. */
export function createTransactionHandlers(): TransactionHandlers {
  return {
    transactions: {
      list: ({ filter: { clientId, ...filter }, ...page }, context) =>
        context.client(clientId).transactions.page({ ...page, filter }),
      get: ({ clientId, transactionId }, context) => context.client(clientId).transactions.get(transactionId),
    },
  };
}
