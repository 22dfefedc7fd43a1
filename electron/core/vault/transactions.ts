// Pages of the ledger, one row with its provenance, and rows a person takes out of the figures or puts back. Nothing is deleted.
import { maskNumbersInWords } from '../../../shared/model/iban.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { VaultContext } from './context.ts';
import { deriveAccount, stampOf } from './ledger-changes.ts';

type TransactionHandlers = Pick<Handlers<AppContract, VaultContext, 'vault'>, 'transactions'>;

/** The vault's answers to the `transactions` calls of THE contract. */
export function createTransactionHandlers(): TransactionHandlers {
  return {
    transactions: {
      list: ({ filter: { clientId, ...filter }, ...page }, context) =>
        context.client(clientId).transactions.page({ ...page, filter }),
      get: ({ clientId, transactionId }, context) => context.client(clientId).transactions.get(transactionId),
      exclude: ({ clientId, transactionId, reason }, context) => {
        const store = context.client(clientId);
        return context.act(store, { subject: transactionId, payload: { reason: maskNumbersInWords(reason) } }, () => {
          deriveAccount(store, store.transactions.exclude(transactionId, { ...stampOf(context), reason }));
          return store.transactions.get(transactionId);
        });
      },
      restore: ({ clientId, transactionId }, context) => {
        const store = context.client(clientId);
        return context.act(store, { subject: transactionId }, () => {
          deriveAccount(store, store.transactions.restore(transactionId));
          return store.transactions.get(transactionId);
        });
      },
    },
  };
}
