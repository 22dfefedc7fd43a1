// The browser's clipboard, read and written by a hidden page of its own origin, because no page of ours may read it. The host sees no text.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { OwnClipboard } from '../../core/ports/clipboard.ts';
import type { DevtoolsPipe } from './devtools-pipe.ts';

/** Where the hidden page lives; the guard over requests answers it with an empty document. */
export const CLIPBOARD_PAGE = 'https://clipboard.strongroom.invalid/';
const { origin: CLIPBOARD_ORIGIN } = new URL(CLIPBOARD_PAGE);

const Attached = z.object({ sessionId: z.string(), targetInfo: z.object({ targetId: z.string() }) });
const Created = z.object({ targetId: z.string() });
const Evaluated = z.object({ exceptionDetails: z.unknown().optional() });

interface HiddenPage {
  readonly sessionId: string;
  readonly targetId: string;
}

/** What the page runs; it forgets with its end. */
const KEEP = 'navigator.clipboard.readText().then((text) => { globalThis.kept = text; })';
const CLEAR = `navigator.clipboard.readText().then((text) => text === globalThis.kept && navigator.clipboard.writeText(''))`;

async function evaluate(devtools: DevtoolsPipe, { sessionId }: HiddenPage, expression: string): Promise<void> {
  const command = { expression, awaitPromise: true, userGesture: true, returnByValue: true };
  const { exceptionDetails } = Evaluated.parse(await devtools.send('Runtime.evaluate', command, sessionId));
  if (exceptionDetails !== undefined) throw new AppError('HOST_NOT_AVAILABLE', { reason: 'clipboard' });
}

/** Create it before the first `Target.setAutoAttach`. A page stands behind it from `keep` to `clear` only. */
export function createClipboardPage(devtools: DevtoolsPipe): OwnClipboard {
  const sessions = new Map<string, string>();
  let page: HiddenPage | null = null;
  devtools.on('Target.attachedToTarget', (params) => {
    const { sessionId, targetInfo } = Attached.parse(params);
    sessions.set(targetInfo.targetId, sessionId);
  });

  async function open(): Promise<HiddenPage> {
    for (const name of ['clipboard-read', 'clipboard-write'])
      await devtools.send('Browser.setPermission', {
        permission: { name },
        setting: 'granted',
        origin: CLIPBOARD_ORIGIN,
      });
    const { targetId } = Created.parse(
      await devtools.send('Target.createTarget', { url: 'about:blank', hidden: true }),
    );
    const sessionId = sessions.get(targetId);
    if (sessionId === undefined) throw new AppError('HOST_NOT_AVAILABLE', { reason: 'clipboard' });
    await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: true }, sessionId);
    await devtools.send('Page.navigate', { url: CLIPBOARD_PAGE }, sessionId);
    return { sessionId, targetId };
  }
  async function close({ targetId }: HiddenPage): Promise<void> {
    page = null;
    sessions.delete(targetId);
    await devtools.send('Target.closeTarget', { targetId });
  }

  return {
    keep: async () => {
      page ??= await open();
      await evaluate(devtools, page, KEEP);
    },
    clear: async () => {
      if (!page) return;
      const last = page;
      try {
        await evaluate(devtools, last, CLEAR);
      } finally {
        await close(last);
      }
    },
  };
}
