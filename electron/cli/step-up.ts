// Confirms once that it is still her when a call asks for a fresh proof, and repeats the call. Signing in was a proof for five minutes.
import { WireReply } from '../../shared/ipc/call.ts';
import type { ClientTransport } from '../../shared/ipc/client.ts';

function asksForProof(reply: unknown): boolean {
  const { data } = WireReply.safeParse(reply);
  return data?.ok === false && data.error.code === 'SESSION_STEP_UP_REQUIRED';
}

/** A transport whose calls are repeated once after `prove`; the second answer counts. */
export function provingAfresh(transport: ClientTransport, prove: () => Promise<void>): ClientTransport {
  return {
    subscribe: (channel, listener) => transport.subscribe(channel, listener),
    call: async (channel, input) => {
      const reply = await transport.call(channel, input);
      if (!asksForProof(reply)) return reply;
      await prove();
      return await transport.call(channel, input);
    },
  };
}
