// What is remembered of failed tries, and what several memories of it add up to: the worse one counts. It reads no clock.
import { z } from 'zod';
import { UserId } from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';

/** Tries before the first lock-out. @see NIST SP 800-63B-4 §3.2.2 allows at most 100 */
export const MOST_TRIES = 10;
export const FIRST_WAIT_MS = 30 * 60_000;
export const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/** Failed tries that nobody was told of yet. */
const Untold = z.strictObject({
  tries: z.int().min(1).max(1_000_000),
  firstAt: Instant,
  lastAt: Instant,
  lockedOut: z.boolean(),
});

const UserTries = z.strictObject({
  /** Failed ones since the last success, and the one under way. */
  tries: z.int().min(0).max(1_000_000),
  /** Milliseconds still to wait when it was written. */
  waitMs: z.number().min(0).max(LONGEST_WAIT_MS),
  untold: Untold.nullable(),
});
export type UserTries = z.infer<typeof UserTries>;

export const TriesRecord = z.strictObject({
  version: z.literal(1),
  /** Both clocks when it was written, in milliseconds. */
  wall: z.number(),
  uptime: z.number(),
  users: z.partialRecord(UserId, UserTries),
});
export type TriesRecord = z.infer<typeof TriesRecord>;

/** Null for nothing and for what is no record: it says nothing, and another place decides. */
export function parseTries(text: string | null): TriesRecord | null {
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  return TriesRecord.safeParse(json).data ?? null;
}

/** The wait that the n-th failed try brings: 30 minutes from the tenth on, doubled with each further one, at most a day. */
export function waitAfter(tries: number): number {
  return tries < MOST_TRIES ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (tries - MOST_TRIES), LONGEST_WAIT_MS);
}

export const NO_TRIES: UserTries = { tries: 0, waitMs: 0, untold: null };

/** One more try, made at `at`. */
export function oneMore({ tries, untold }: UserTries, at: Instant): UserTries {
  const waitMs = waitAfter(tries + 1);
  const lockedOut = waitMs > 0 || untold?.lockedOut === true;
  return {
    tries: tries + 1,
    waitMs,
    untold: { tries: (untold?.tries ?? 0) + 1, firstAt: untold?.firstAt ?? at, lastAt: at, lockedOut },
  };
}

/** Without one try: what it was `earlier`, or one less than what was counted on top since. */
export function oneLess(now: UserTries, earlier: UserTries): UserTries {
  const tries = now.tries - 1;
  if (tries <= earlier.tries) return earlier;
  return { ...withoutTold(now, 1), tries, waitMs: Math.min(now.waitMs, waitAfter(tries)) };
}

/** So many of the untold tries told; they stay counted. */
export function withoutTold({ untold, ...counted }: UserTries, told: number): UserTries {
  const left = (untold?.tries ?? 0) - told;
  return { ...counted, untold: untold && left > 0 ? { ...untold, tries: left } : null };
}

function worseUntold(one: UserTries['untold'], other: UserTries['untold']): UserTries['untold'] {
  if (!one || !other) return one ?? other;
  return {
    tries: Math.max(one.tries, other.tries),
    firstAt: one.firstAt < other.firstAt ? one.firstAt : other.firstAt,
    lastAt: one.lastAt > other.lastAt ? one.lastAt : other.lastAt,
    lockedOut: one.lockedOut || other.lockedOut,
  };
}

/** Of two memories of one user, the worse in each respect. */
export function worse(one: UserTries, other: UserTries): UserTries {
  return {
    tries: Math.max(one.tries, other.tries),
    waitMs: Math.max(one.waitMs, other.waitMs),
    untold: worseUntold(one.untold, other.untold),
  };
}
