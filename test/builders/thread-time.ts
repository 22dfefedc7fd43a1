// How long synchronous work keeps its thread: what other processes do on the same cores does not count.

/** Processor time that no file may take before it is read or refused, in milliseconds. */
export const SLOWEST_MS = 2000;

/** What `work` gives, and the milliseconds of processor time it takes on this thread. */
export function timedOnThread<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const before = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}
