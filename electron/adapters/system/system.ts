// The computer's own clock, chance and timers behind their ports. Tests bring their own.
import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../../core/ports/clock.ts';
import type { Timer } from '../../core/ports/timer.ts';

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

export const systemRandom: Random = (length) => randomBytes(length);

/** Longest wait `setTimeout` knows; a longer one would fire at once. */
const LONGEST_MS = 2_147_483_647;

export const systemTimer: Timer = (afterMs, work) => {
  const handle = setTimeout(work, Math.min(afterMs, LONGEST_MS)).unref();
  return () => clearTimeout(handle);
};
