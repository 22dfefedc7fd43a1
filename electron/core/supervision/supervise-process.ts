// Keeps one child process available: starts it on demand, restarts it after a crash with a growing pause, gives up for a while when it keeps crashing.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { ProcessExit, ProcessName, ProcessPort, ProcessTransport, SpawnProcess } from '../ports/process-port.ts';
import type { Timer } from '../ports/timer.ts';

/** Pause before the first restart; doubles with every further crash inside the window. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
const CRASH_WINDOW_MS = 60_000;
const MOST_CRASHES = 5;

export interface SuperviseOptions {
  readonly name: ProcessName;
  readonly spawn: SpawnProcess;
  readonly connect: (port: ProcessPort) => ProcessTransport;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Logger;
  /** Hears every end that nobody asked for. */
  readonly onCrash: (exit: ProcessExit) => void;
  /** Longest answer to a call in milliseconds, null for no limit. A process that exceeds it is killed. */
  readonly limitMs?: (channel: string) => number | null;
}

/** One process that is there whenever it is called. Its subscriptions outlive a restart; its session does not. */
export interface SupervisedProcess extends ProcessTransport {
  /** Kills it if it runs; waiting calls fail with SESSION_LOCKED. The next call starts a fresh one. */
  kill(): void;
}

interface Running {
  readonly port: ProcessPort;
  readonly transport: ProcessTransport;
  /** Why waiting calls fail, where the end was asked for. */
  ending: AppError | null;
}

interface Subscription {
  readonly channel: string;
  readonly listener: (payload: unknown) => void;
  stop: () => void;
}

/** How long a start must wait after the crashes so far; null when there were too many. Times are monotonic milliseconds. */
export function restartPauseMs(crashes: readonly number[], now: number): number | null {
  const recent = crashes.filter((at) => now - at < CRASH_WINDOW_MS);
  const last = recent.at(-1);
  if (last === undefined) return 0;
  if (recent.length >= MOST_CRASHES) return null;
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (recent.length - 1), LONGEST_PAUSE_MS);
  return Math.max(0, last + pause - now);
}

/** @throws {AppError} from `call`: PROCESS_CRASHED, PROCESS_TIMEOUT, SESSION_LOCKED */
export function superviseProcess(options: SuperviseOptions): SupervisedProcess {
  const { name, clock, timer, log } = options;
  const subscriptions = new Set<Subscription>();
  let crashes: number[] = [];
  let running: Running | null = null;

  function ended(process: Running, exit: ProcessExit): void {
    if (running === process) running = null;
    if (process.ending?.code === 'SESSION_LOCKED') return;
    crashes = [...crashes.slice(1 - MOST_CRASHES), clock.monotonic()];
    log({ level: 'error', event: 'process.crashed', fields: { process: name, code: exit.code, signal: exit.signal } });
    options.onCrash(exit);
  }

  function start(): Running {
    const port = options.spawn(name);
    const process: Running = { port, transport: options.connect(port), ending: null };
    running = process;
    for (const one of subscriptions) one.stop = process.transport.subscribe(one.channel, one.listener);
    port.onExit((exit) => ended(process, exit));
    return process;
  }

  async function ready(): Promise<Running> {
    while (!running) {
      const pause = restartPauseMs(crashes, clock.monotonic());
      if (pause === null) throw new AppError('PROCESS_CRASHED', { process: name });
      if (pause === 0) return start();
      await new Promise<void>((resolve) => timer(pause, resolve));
    }
    return running;
  }

  function end(process: Running, why: AppError): void {
    if (running === process) running = null;
    process.ending ??= why;
    process.port.kill();
  }

  async function call(channel: string, input: unknown): Promise<unknown> {
    const process = await ready();
    const limit = options.limitMs?.(channel) ?? null;
    const late = (): void => end(process, new AppError('PROCESS_TIMEOUT', { process: name }));
    const stopTimer = limit === null ? () => undefined : timer(limit, late);
    try {
      return await process.transport.call(channel, input);
    } catch (error) {
      throw process.ending ?? error;
    } finally {
      stopTimer();
    }
  }

  return {
    call,
    subscribe: (channel, listener) => {
      const subscription = { channel, listener, stop: running?.transport.subscribe(channel, listener) ?? (() => {}) };
      subscriptions.add(subscription);
      return () => {
        subscriptions.delete(subscription);
        subscription.stop();
      };
    },
    setSession: (session) => running?.transport.setSession(session),
    kill: () => {
      if (running) end(running, new AppError('SESSION_LOCKED'));
    },
  };
}
