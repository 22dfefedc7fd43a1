// Accounts with balances, daily balances, sources and continuity proof. Reads only.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import { dailyBalances } from './account-proof.ts';
import type { VaultContext } from './context.ts';

type AccountHandlers = Pick<Handlers<AppContract, VaultContext, 'vault'>, 'accounts'>;

/** The vault's answers to the `accounts` calls of THE contract. */
export function createAccountHandlers(): AccountHandlers {
  return {
    accounts: {
      list: ({ clientId }, context) => {
        const clients = clientId === null ? context.clients().map(({ id }) => id) : [clientId];
        return clients.flatMap((id) => context.client(id).accounts.list());
      },
      get: ({ clientId, accountId }, context) => {
        const { accounts } = context.client(clientId);
        return { ...accounts.get(accountId), daily: dailyBalances(accounts.facts(accountId)) };
      },
    },
  };
}
