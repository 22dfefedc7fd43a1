// The whole program as a process of its own, for tests that look at its processes from outside. What a test seals stays in the test.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AppClient } from '../../electron/cli/command.ts';
import { createSealedSecrets, type SealedSecrets } from '../../electron/cli/sealed-secrets.ts';
import type { SystemEvent } from '../../electron/core/ports/system-events.ts';
import type { WireRequest } from '../../shared/ipc/call.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { contract } from '../../shared/ipc/contract.ts';

/** Asks which of the system's events the host hears. */
export const COVERS = 'covers';

/** Test → host: `request` is a WireRequest as JSON text, or COVERS. */
export interface TestMessage {
  readonly id: number;
  readonly request: string;
}

/** Host → test. */
export type HostMessage =
  | { readonly id: number; readonly reply: unknown }
  | { readonly event: string; readonly payload: unknown }
  | { readonly complaint: string };

export interface HostUnderSearch {
  readonly pid: number;
  readonly calls: AppClient;
  readonly secrets: SealedSecrets;
  /** Errors of the host and last words of its processes; a test asserts that there are none. */
  readonly complaints: readonly string[];
  /** Which of the system's events it hears by now. */
  covers(): Promise<readonly SystemEvent[]>;
  /** Settles with the next event of that name whose payload fits. */
  next(event: string, fits?: (payload: unknown) => boolean): Promise<unknown>;
  close(): Promise<void>;
}

const entry = fileURLToPath(new URL('../process/fixtures/host-process.ts', import.meta.url));

interface HostOptions {
  /** The office's folder. */
  readonly directory: string;
  /** Where the window can be looked at; without it there is none. */
  readonly port?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts the program and waits until it answers and its window is there. */
export async function startHost({ directory, port, environment }: HostOptions): Promise<HostUnderSearch> {
  const words = [directory, ...(port === undefined ? [] : [String(port)])];
  const child = fork(entry, words, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const complaints: string[] = [];
  const listeners = new Set<(event: string, payload: unknown) => void>();
  const waiting = new Map<number, (reply: unknown) => void>();
  let lastId = 0;
  child.on('message', (message: HostMessage) => {
    if ('complaint' in message) complaints.push(message.complaint);
    else if ('event' in message) for (const listener of listeners) listener(message.event, message.payload);
    else waiting.get(message.id)?.(message.reply);
  });
  const next: HostUnderSearch['next'] = (wanted, fits = () => true) =>
    new Promise((resolve) => {
      const hear = (event: string, payload: unknown): void => {
        if (event !== wanted || !fits(payload)) return;
        listeners.delete(hear);
        resolve(payload);
      };
      listeners.add(hear);
    });
  const ended = once(child, 'exit');
  const early = ended.then(([code]) =>
    Promise.reject(new Error(`the host ended with ${code}: ${complaints.join('; ')}`)),
  );
  await Promise.race([next('test.ready'), early]);
  early.catch(() => undefined);
  const ask = (request: string): Promise<unknown> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      child.send({ id: lastId, request } satisfies TestMessage);
    });
  const calls = createClient(contract, {
    call: (channel, input) =>
      ask(JSON.stringify({ call: channel, input, session: null, window: null } satisfies WireRequest)),
    subscribe: () => () => undefined,
  });
  return {
    pid: Number(child.pid),
    calls,
    secrets: createSealedSecrets(calls),
    complaints,
    covers: async () => (await ask(COVERS)) as readonly SystemEvent[],
    next,
    close: async () => {
      child.disconnect();
      await ended;
    },
  };
}
