// Ends the browser's renderer processes at once, so that nothing a page held stays in a memory. It asks the page nothing.
import { z } from 'zod';
import type { DevtoolsPipe } from './devtools-pipe.ts';

const ProcessList = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.int() })) });

/** A process that ended by itself in the meantime is as good as one that was killed. */
function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Kills every renderer process of this browser, which shows nothing but our page: the page's own, the print preview's and the spare one.
 * The window stays and the browser tells `Inspector.targetCrashed`.
 * Killed from outside they write no report of a crash; `Page.crash` would.
 */
export async function endRenderers(devtools: DevtoolsPipe): Promise<void> {
  const { processInfo } = ProcessList.parse(await devtools.send('SystemInfo.getProcessInfo'));
  for (const { type, id } of processInfo) if (type === 'renderer') killNow(id);
}
