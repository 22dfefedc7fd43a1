// Takes back what was copied out of the window, after a time and at a lock. What somebody else has put in the clipboard since stays.
import type { OwnClipboard } from '../ports/clipboard.ts';
import type { Logger } from '../ports/logger.ts';
import type { Timer } from '../ports/timer.ts';

/** How long a copy stays. @see security.md §3 row 13 */
const CLEAR_AFTER_MS = 10_000;

export interface ClipboardGuardOptions {
  readonly clipboard: OwnClipboard;
  readonly timer: Timer;
  readonly log: Logger;
}

export interface ClipboardGuard {
  /** Something was copied or cut in the window just now. */
  copied(): void;
  /** Takes it back at once. Never fails: what could not be cleared is in the log. */
  clear(): Promise<void>;
}

export function createClipboardGuard({ clipboard, timer, log }: ClipboardGuardOptions): ClipboardGuard {
  let cancel: (() => void) | null = null;
  let last: Promise<void> = Promise.resolve();
  // One after the other: a copy is kept before anything clears it.
  const next = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error: unknown) => void log({ level: 'warn', event: 'clipboard.failed', error }));
    return last;
  };
  const clear = (): Promise<void> => {
    if (!cancel) return last;
    cancel();
    cancel = null;
    return next(() => clipboard.clear());
  };
  return {
    copied: () => {
      cancel?.();
      cancel = timer(CLEAR_AFTER_MS, () => void clear());
      void next(() => clipboard.keep());
    },
    clear,
  };
}
