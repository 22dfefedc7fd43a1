// A real vault process with a toy key derivation and a client to speak to it, for tests that start or kill many.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createChildProcessSpawn } from '../../electron/adapters/process/child-process-port.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import type { ProcessExit } from '../../electron/core/ports/process-port.ts';
import { vaultProcessContract } from '../../electron/core/vault/vault-dispatch.ts';
import { createClient } from '../../shared/ipc/client.ts';

const entry = fileURLToPath(new URL('insecure-vault-process.ts', import.meta.url));

/** Lines the process wrote to standard error: unexpected errors only. */
export const vaultErrors: string[] = [];

const spawn = createChildProcessSpawn({
  entries: { vault: entry, connector: entry },
  onStandardError: (_name, line) => vaultErrors.push(line),
});

/** Fills Node's compile cache by one process that ends by itself, so that many later starts are cheap. */
export async function warmCompileCache(cache: string): Promise<{ NODE_COMPILE_CACHE: string }> {
  const environment = { NODE_COMPILE_CACHE: cache };
  const child = fork(entry, [], { env: environment, serialization: 'json' });
  const request = JSON.stringify({ call: 'vaultOffice.inspect', input: { directory: cache }, session: null });
  child.send(JSON.stringify({ id: 1, request }));
  await once(child, 'message');
  child.disconnect();
  await once(child, 'exit');
  return environment;
}

export function startVault(environment?: Readonly<Record<string, string>>) {
  const start = environment
    ? createChildProcessSpawn({
        entries: { vault: entry, connector: entry },
        onStandardError: (_name, line) => vaultErrors.push(line),
        environment,
      })
    : spawn;
  const port = start('vault');
  const transport = createProcessTransport(port);
  const ended = new Promise<ProcessExit>((resolve) => void port.onExit(resolve));
  return {
    port,
    client: createClient(vaultProcessContract, transport),
    setSession: (session: string | null) => transport.setSession(session),
    /** Ends it without its cooperation and waits until it is gone. */
    kill: async () => {
      port.kill();
      return await ended;
    },
    ended,
  };
}
export type RunningVault = ReturnType<typeof startVault>;
