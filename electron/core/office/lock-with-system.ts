// Locks the office when the system says that nobody sits at it any more. It decides nothing: every such event locks.
import type { App } from '../app/app.ts';
import type { Logger } from '../ports/logger.ts';
import type { SystemEvents } from '../ports/system-events.ts';

export interface LockWithSystemOptions {
  readonly app: Pick<App, 'lock'>;
  readonly events: SystemEvents;
  readonly log: Logger;
}

/** Locks at every event until the returned function is called. */
export function lockWithSystem({ app, events, log }: LockWithSystemOptions): () => void {
  return events.watch((event) => {
    app.lock(event).catch((error: unknown) => void log({ level: 'error', event: 'office.lock-failed', error }));
  });
}
