// Takes the browser's first page as ours and refuses every other target: windows, workers, frames. Nothing but our page talks to the app.
import { z } from 'zod';
import type { Logger } from '../../core/ports/logger.ts';
import type { DevtoolsPipe } from './devtools-pipe.ts';

const Attached = z.object({
  sessionId: z.string(),
  waitingForDebugger: z.boolean(),
  targetInfo: z.object({ targetId: z.string(), type: z.string() }),
});
/** A target that waits for its first instruction. */
export type Attached = z.infer<typeof Attached>;

/** With this every new target stops before it does anything. */
export const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };

/** Targets of the browser's own surfaces, the print preview among them. A page makes pages, frames and workers, never these. */
const BROWSER_SURFACES: readonly string[] = ['other', 'webview'];

export interface ClaimPageOptions {
  readonly devtools: DevtoolsPipe;
  readonly log: Logger;
  /** Fails every request of a target that is not ours. */
  readonly guard: (sessionId: string) => Promise<void>;
}

/**
 * A refused target goes on only under guard and is closed at once: left waiting, a second window would hold up the script that opened
 * it. The browser's own surfaces stay open under the same guard.
 */
async function refuse({ devtools, log, guard }: ClaimPageOptions, { targetInfo, sessionId }: Attached): Promise<void> {
  const { type, targetId } = targetInfo;
  const isSurface = BROWSER_SURFACES.includes(type);
  if (!isSurface) log({ level: 'warn', event: 'window.target-refused', fields: { type } });
  await guard(sessionId);
  await devtools.send('Runtime.runIfWaitingForDebugger', {}, sessionId);
  if (!isSurface) await devtools.send('Target.closeTarget', { targetId });
}

/** Call before the first `Target.setAutoAttach`. */
export function claimPage(options: ClaimPageOptions): Promise<Attached> {
  const { promise, resolve } = Promise.withResolvers<Attached>();
  let claimed = false;
  options.devtools.on('Target.attachedToTarget', (params) => {
    const attached = Attached.parse(params);
    if (!claimed && attached.targetInfo.type === 'page') {
      claimed = true;
      resolve(attached);
      return;
    }
    refuse(options, attached).catch((error: unknown) => {
      // A target that cannot be guarded, a worker for one, waits for ever.
      options.log({ level: 'info', event: 'window.target-left-waiting', error });
    });
  });
  return promise;
}
