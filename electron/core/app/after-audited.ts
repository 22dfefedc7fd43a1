// A vault transport that says when an entry may have been added to an audit chain. It changes no call and no reply.
import { callsOf } from '../../../shared/ipc/call.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { vaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import type { SupervisedProcess } from '../supervision/supervise-process.ts';

const AUDITED: ReadonlySet<string> = new Set(
  [...callsOf(contract, 'vault'), ...callsOf(vaultContract)].flatMap(([channel, { audited }]) =>
    audited ? [channel] : [],
  ),
);

/** Calls `onAudited` after the reply to each audited call, refused ones included: a refusal has its entry too. */
export function afterAudited(vault: SupervisedProcess, onAudited: () => void): SupervisedProcess {
  return {
    call: async (channel, input, window) => {
      const reply = await vault.call(channel, input, window);
      if (AUDITED.has(channel)) onAudited();
      return reply;
    },
    subscribe: (channel, listener) => vault.subscribe(channel, listener),
    setSession: (session) => vault.setSession(session),
    kill: () => vault.kill(),
  };
}
