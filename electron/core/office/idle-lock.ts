// Locks after a time without a person's input. It measures with both clocks, because one stands still while the computer sleeps.
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';

export interface IdleLockOptions {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly onIdle: () => void;
}

export interface IdleLock {
  /** Starts, or changes the time of, the watch. */
  watch(minutes: number): void;
  /** A person used the window. After the time is over it locks instead of starting anew. */
  touch(): void;
  stop(): void;
}

/** Where nobody can be idle: the office stays open for as long as its program runs. */
export const NO_IDLE_LOCK: IdleLock = { watch: () => undefined, touch: () => undefined, stop: () => undefined };

export function createIdleLock({ clock, timer, onIdle }: IdleLockOptions): IdleLock {
  let limitMs: number | null = null;
  let last = { wall: 0, monotonic: 0 };
  let cancel = (): void => undefined;

  const idleMs = (): number => Math.max(clock.now() - last.wall, clock.monotonic() - last.monotonic);
  const mark = (): void => {
    last = { wall: clock.now(), monotonic: clock.monotonic() };
  };
  const stop = (): void => {
    limitMs = null;
    cancel();
  };

  function check(): void {
    if (limitMs === null) return;
    const left = limitMs - idleMs();
    cancel();
    if (left > 0) cancel = timer(left, check);
    else {
      stop();
      onIdle();
    }
  }

  return {
    watch: (minutes) => {
      limitMs = minutes * 60_000;
      mark();
      check();
    },
    touch: () => {
      if (limitMs === null) return;
      if (idleMs() < limitMs) mark();
      else check();
    },
    stop,
  };
}
