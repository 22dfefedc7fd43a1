// A clock and a timer that a test moves by hand. Nothing runs by itself.
import type { Clock } from '../../electron/core/ports/clock.ts';
import type { Timer } from '../../electron/core/ports/timer.ts';

export interface FakeTime {
  readonly clock: Clock;
  readonly timer: Timer;
  /** Moves both clocks and runs what is due, in order. */
  advance(ms: number): void;
  /** Moves the wall clock only, as a sleeping computer or a person does. */
  setBackOrForth(ms: number): void;
  /** Waits not yet over, in milliseconds from now. */
  waits(): number[];
}

export function createFakeTime(start = Date.UTC(2026, 0, 31, 8)): FakeTime {
  let [now, monotonic] = [start, 1_000];
  let due: { at: number; work: () => void }[] = [];
  return {
    clock: { now: () => now, monotonic: () => monotonic },
    timer: (afterMs, work) => {
      const entry = { at: monotonic + afterMs, work };
      due.push(entry);
      return () => {
        due = due.filter((one) => one !== entry);
      };
    },
    advance: (ms) => {
      const until = monotonic + ms;
      for (;;) {
        const next = due.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        due = due.filter((one) => one !== next);
        now += next.at - monotonic;
        monotonic = next.at;
        next.work();
      }
      now += until - monotonic;
      monotonic = until;
    },
    setBackOrForth: (ms) => {
      now += ms;
    },
    waits: () => due.map(({ at }) => at - monotonic),
  };
}
