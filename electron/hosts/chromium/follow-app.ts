// What the app tells and what the page needs for it: events, and a new renderer process after a lock or a crash. It decides nothing about locks.
import type { App } from '../../core/app/app.ts';
import type { Logger } from '../../core/ports/logger.ts';
import type { DevtoolsPipe } from './devtools-pipe.ts';
import { endRenderers } from './end-renderers.ts';
import type { PageBridge } from './page-bridge.ts';

export interface FollowAppOptions {
  readonly app: App;
  readonly devtools: DevtoolsPipe;
  readonly sessionId: string;
  readonly bridge: PageBridge;
  readonly log: Logger;
  /** What a lock does before the page's process ends. Never fails, and takes no time worth mentioning. */
  readonly beforeEnd: () => Promise<void>;
}

/**
 * Brings the app's events to the page until the returned function is called. At a lock the renderer process is ended and the page loads
 * in a new one, so that nothing it showed stays in a memory; the same page loads anew after a crash.
 */
export function followApp({ app, devtools, sessionId, bridge, log, beforeEnd }: FollowAppOptions): () => void {
  const gone = (error: unknown): void => void log({ level: 'info', event: 'window.gone', error });
  const reload = (): void => void devtools.send('Page.reload', {}, sessionId).catch(gone);
  devtools.on('Inspector.targetCrashed', (_, from) => {
    if (from === sessionId) reload();
  });
  const replacePage = (): void => {
    beforeEnd()
      .then(() => endRenderers(devtools))
      .catch((error: unknown) => {
        log({ level: 'error', event: 'window.renderer-not-ended', error });
        reload();
      });
  };
  // A window may come to an office that is open already, and hears of it only by the lock.
  let open = true;
  return app.onEvent((channel, payload) => {
    const wasOpen = open;
    if (channel === 'office.statusChanged') open = (payload as { readonly state: string }).state === 'unlocked';
    if (wasOpen && !open) replacePage();
    else bridge.emit(channel, payload);
  });
}
