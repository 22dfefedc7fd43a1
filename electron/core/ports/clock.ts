// Time and chance as ports, so that a test decides both.

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Milliseconds that only grow, also when the wall clock is set back. */
  monotonic(): number;
}

/** Milliseconds since the computer was started. A restart of the computer begins anew, a restart of the program does not. */
export type Uptime = () => number;

/** Cryptographically secure random bytes. */
export type Random = (length: number) => Uint8Array;
