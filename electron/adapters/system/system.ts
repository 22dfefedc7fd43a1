// The machine's own clock, timer and random source.
import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import type { Clock, Random, Uptime } from '../../core/ports/clock.ts';
import type { Timer } from '../../core/ports/timer.ts';

/** Wall clock and the monotonic clock of this process. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

export const systemUptime: Uptime = () => uptime() * 1000;

export const systemRandom: Random = (length) => randomBytes(length);

/** A timer that keeps no process alive. */
export const systemTimer: Timer = (afterMs, work) => {
  const handle = setTimeout(work, afterMs);
  handle.unref();
  return () => clearTimeout(handle);
};
