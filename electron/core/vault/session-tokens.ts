// The secret the host and this process share for one session, and which windows proved lately who sits there. It checks no proof itself.
import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../ports/clock.ts';

/** How long a fresh proof is good, in milliseconds of monotonic time. */
export const FRESH_PROOF_MS = 5 * 60_000;

export interface SessionTokens {
  /** 32 random bytes, base64url. */
  current(): string;
  /** True for the current token, and for the one before it until the current one was first used: requests may be on their way. */
  accepts(token: string | null): boolean;
  renew(): string;
}

function sameToken(expected: string | null, given: string): boolean {
  const [left, right] = [Buffer.from(expected ?? ''), Buffer.from(given)];
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}

export function createSessionTokens(random: Random): SessionTokens {
  const make = (): string => Buffer.from(random(32)).toString('base64url');
  let current = make();
  let previous: string | null = null;
  return {
    current: () => current,
    accepts: (token) => {
      const given = token ?? '';
      if (sameToken(current, given)) {
        previous = null;
        return true;
      }
      return sameToken(previous, given);
    },
    renew: () => {
      previous = current;
      current = make();
      return current;
    },
  };
}

export interface FreshProofs {
  grant(window: string): void;
  /** @see security.md §3 row 18 */
  holds(window: string | null): boolean;
}

export function createFreshProofs(clock: Pick<Clock, 'monotonic'>): FreshProofs {
  const until = new Map<string, number>();
  return {
    grant: (window) => void until.set(window, clock.monotonic() + FRESH_PROOF_MS),
    holds: (window) => window !== null && (until.get(window) ?? -Infinity) > clock.monotonic(),
  };
}
