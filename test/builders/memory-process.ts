// A child process in memory: the framing of the real one, answers from a table, and an end on command.
import { AppError, toWireError } from '../../shared/errors/app-error.ts';
import type { WireReply } from '../../shared/ipc/call.ts';
import type { ProcessExit, ProcessName, ProcessPort, SpawnProcess } from '../../electron/core/ports/process-port.ts';

export type Answers = Readonly<Record<string, (input: never, session: string | null) => unknown>>;

export interface MemoryProcess extends ProcessPort {
  /** Ends it as a crash would. */
  crash(): void;
  readonly heard: { call: string; input: unknown; session: string | null; window: string | null }[];
  readonly alive: boolean;
}

async function replyOf(work: () => unknown): Promise<WireReply> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: toWireError(error) };
    throw error;
  }
}

function createMemoryProcess(name: ProcessName, answers: Answers, pid: number): MemoryProcess {
  const messages = new Set<(message: string) => void>();
  const exits = new Set<(exit: ProcessExit) => void>();
  const heard: MemoryProcess['heard'] = [];
  let alive = true;
  const end = (exit: ProcessExit): void => {
    if (!alive) return;
    alive = false;
    for (const listener of exits) listener(exit);
  };
  return {
    name,
    pid,
    heard,
    get alive() {
      return alive;
    },
    post: (message) => {
      const { id, request } = JSON.parse(message) as { id: number; request: string };
      const { call, input, session, window } = JSON.parse(request) as (typeof heard)[number];
      heard.push({ call, input, session, window });
      const answer = answers[call];
      if (!answer) throw new TypeError(`no answer for ${call}`);
      void replyOf(() => answer(input as never, session)).then((reply) => {
        if (alive) for (const listener of messages) listener(JSON.stringify({ id, reply }));
      });
    },
    onMessage: (listener) => {
      messages.add(listener);
      return () => messages.delete(listener);
    },
    onExit: (listener) => {
      exits.add(listener);
      return () => exits.delete(listener);
    },
    kill: () => end({ reason: 'killed', code: null, signal: 'SIGKILL' }),
    crash: () => end({ reason: 'crashed', code: 70, signal: null }),
  };
}

export interface MemoryProcesses {
  readonly spawn: SpawnProcess;
  /** Every process started, oldest first. */
  readonly started: MemoryProcess[];
  /** The last one started under a name. */
  last(name: ProcessName): MemoryProcess;
}

export function createMemoryProcesses(answers: Readonly<Record<ProcessName, Answers>>): MemoryProcesses {
  const started: MemoryProcess[] = [];
  return {
    started,
    spawn: (name) => {
      const one = createMemoryProcess(name, answers[name], started.length + 1);
      started.push(one);
      return one;
    },
    last: (name) => {
      const found = started.findLast((one) => one.name === name);
      if (!found) throw new TypeError(`${name} was not started`);
      return found;
    },
  };
}
