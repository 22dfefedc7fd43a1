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

class Supervisor implements SupervisedProcess {
  readonly #options: SuperviseOptions;
  readonly #subscriptions = new Set<Subscription>();
  /** Monotonic milliseconds of the last crashes, oldest first. */
  #crashes: number[] = [];
  #running: Running | null = null;

  constructor(options: SuperviseOptions) {
    this.#options = options;
  }

  async call(channel: string, input: unknown, window: string | null = null): Promise<unknown> {
    const { name, timer, limitMs } = this.#options;
    const running = await this.#ready();
    const limit = limitMs?.(channel) ?? null;
    const late = (): void => this.#end(running, new AppError('PROCESS_TIMEOUT', { process: name }));
    const stopTimer = limit === null ? () => undefined : timer(limit, late);
    try {
      return await running.transport.call(channel, input, window);
    } catch (error) {
      throw running.ending ?? error;
    } finally {
      stopTimer();
    }
  }

  subscribe(channel: string, listener: (payload: unknown) => void): () => void {
    const stop = this.#running?.transport.subscribe(channel, listener) ?? (() => undefined);
    const subscription: Subscription = { channel, listener, stop };
    this.#subscriptions.add(subscription);
    return () => {
      this.#subscriptions.delete(subscription);
      subscription.stop();
    };
  }

  setSession(session: string | null): void {
    this.#running?.transport.setSession(session);
  }

  kill(): void {
    if (this.#running) this.#end(this.#running, new AppError('SESSION_LOCKED'));
  }

  async #ready(): Promise<Running> {
    const { name, clock, timer } = this.#options;
    while (!this.#running) {
      const pause = restartPauseMs(this.#crashes, clock.monotonic());
      if (pause === null) throw new AppError('PROCESS_CRASHED', { process: name });
      if (pause === 0) return this.#start();
      await new Promise<void>((resolve) => timer(pause, resolve));
    }
    return this.#running;
  }

  #start(): Running {
    const port = this.#options.spawn(this.#options.name);
    const running: Running = { port, transport: this.#options.connect(port), ending: null };
    this.#running = running;
    for (const one of this.#subscriptions) one.stop = running.transport.subscribe(one.channel, one.listener);
    port.onExit((exit) => this.#ended(running, exit));
    return running;
  }

  #ended(running: Running, exit: ProcessExit): void {
    const { name, clock, log, onCrash } = this.#options;
    if (this.#running === running) this.#running = null;
    if (running.ending?.code === 'SESSION_LOCKED') return;
    this.#crashes = [...this.#crashes.slice(1 - MOST_CRASHES), clock.monotonic()];
    log({ level: 'error', event: 'process.crashed', fields: { process: name, code: exit.code, signal: exit.signal } });
    onCrash(exit);
  }

  #end(running: Running, why: AppError): void {
    if (this.#running === running) this.#running = null;
    running.ending ??= why;
    running.port.kill();
  }
}

/** @throws {AppError} from `call`: PROCESS_CRASHED, PROCESS_TIMEOUT, SESSION_LOCKED */
export function superviseProcess(options: SuperviseOptions): SupervisedProcess {
  return new Supervisor(options);
}
