// The vault's one dispatcher: THE contract's vault calls and the host's own, under one session. Entry points and tests build it from services.
import { contract } from '../../../shared/ipc/contract.ts';
import { createDispatch, type Dispatch, type DispatchFailure } from '../../../shared/ipc/dispatch.ts';
import { vaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { createAccountHandlers } from './accounts.ts';
import { createBatchHandlers } from './batches.ts';
import type { VaultServices } from './services.ts';
import { createStagingHandlers } from './staging.ts';
import { createTransactionHandlers } from './transactions.ts';
import { createVaultState } from './vault-state.ts';

const { office, clients, accounts, transactions, batches, backups, audit } = contract;
const { list, add } = clients;
const { vaultOffice, staging } = vaultContract;

/** Everything a vault process answers. */
export const vaultProcessContract = {
  office,
  clients: { list, add },
  accounts,
  transactions,
  batches,
  backups,
  audit,
  vaultOffice,
  staging,
};

/** `onFailure` returns the log's reference of a failure, or null. */
export function createVaultDispatch(
  services: VaultServices,
  onFailure: (failure: DispatchFailure) => string | null,
): Dispatch<'parent'> {
  const { authorise, assertAudited, handlers } = createVaultState(services);
  return createDispatch({
    contract: vaultProcessContract,
    runsIn: 'vault',
    handlers: {
      ...handlers,
      ...createAccountHandlers(),
      ...createTransactionHandlers(),
      ...createBatchHandlers(),
      ...createStagingHandlers(),
    },
    acceptsSender: (sender: 'parent') => sender === 'parent',
    authorise,
    assertAudited,
    onFailure,
  });
}
