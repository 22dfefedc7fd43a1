// Waiting as a port, so that a test decides when time has passed.

/** Runs `work` once after `afterMs` milliseconds of monotonic time; the returned function cancels it. */
export type Timer = (afterMs: number, work: () => void) => () => void;
