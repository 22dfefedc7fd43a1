// The vault's one dispatcher: THE contract's vault calls and the host's own, under one session. Entry points and tests build it from services.
import { contract } from '../../../shared/ipc/contract.ts';
import { createDispatch, type Dispatch, type DispatchFailure } from '../../../shared/ipc/dispatch.ts';
import { vaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { createLedgerHandlers } from './ledger-handlers.ts';
import type { VaultServices } from './services.ts';
import { createVaultState } from './vault-state.ts';

/** Everything a vault process answers: the calls of both contracts that run in it. */
export const vaultProcessContract = { ...contract, ...vaultContract };

/** A row with a hundred thousand details is one message of the host's; windows send through the host, which takes less. */
const MAX_REQUEST_LENGTH = 128 * 1024 * 1024;

/** `onFailure` returns the log's reference of a failure, or null. */
export function createVaultDispatch(
  services: VaultServices,
  onFailure: (failure: DispatchFailure) => string | null,
): Dispatch<'parent'> {
  const { authorise, assertAudited, handlers } = createVaultState(services);
  const ledger = createLedgerHandlers(services);
  return createDispatch({
    contract: vaultProcessContract,
    runsIn: 'vault',
    handlers: { ...handlers, ...ledger, clients: { ...handlers.clients, ...ledger.clients } },
    maxRequestLength: MAX_REQUEST_LENGTH,
    acceptsSender: (sender: 'parent') => sender === 'parent',
    authorise,
    assertAudited,
    onFailure,
  });
}
