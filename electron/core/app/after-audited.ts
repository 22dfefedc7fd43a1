// A vault transport that says when an entry may have been added to an audit chain. It changes no call and no reply.
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { callsOf, WireReply } from '../../../shared/ipc/call.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { vaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import type { SupervisedProcess } from '../supervision/supervise-process.ts';

const AUDITED: ReadonlySet<string> = new Set(
  [...callsOf(contract, 'vault'), ...callsOf(vaultContract)].flatMap(([channel, { audited }]) =>
    audited ? [channel] : [],
  ),
);

/** The vault has an entry of each, whether or not the call declares one. */
const REFUSALS: readonly ErrorCode[] = ['SESSION_FORBIDDEN', 'SESSION_STEP_UP_REQUIRED'];

function wasRefused(reply: unknown): boolean {
  const { data } = WireReply.safeParse(reply);
  return data?.ok === false && REFUSALS.includes(data.error.code);
}

/** Calls `onAudited` after the reply to each audited call, and to every call that was refused. */
export function afterAudited(vault: SupervisedProcess, onAudited: () => void): SupervisedProcess {
  return {
    call: async (channel, input, window) => {
      const reply = await vault.call(channel, input, window);
      if (AUDITED.has(channel) || wasRefused(reply)) onAudited();
      return reply;
    },
    subscribe: (channel, listener) => vault.subscribe(channel, listener),
    setSession: (session) => vault.setSession(session),
    kill: () => vault.kill(),
  };
}
