// Which script context of the page is whose: the main frame's own world, another frame, another origin. It trusts only the browser's word.
import { z } from 'zod';
import { acceptsSender, type AppSender } from '../../core/app/app.ts';
import type { DevtoolsPipe, Params } from './devtools-pipe.ts';

/** What a browser says of a script context. */
const ContextCreated = z.object({
  context: z.object({
    id: z.int(),
    origin: z.string(),
    auxData: z.object({ isDefault: z.boolean(), frameId: z.string() }),
  }),
});

/** One page. */
export interface PageSession {
  readonly devtools: DevtoolsPipe;
  readonly sessionId: string;
  readonly mainFrameId: string;
}

export interface ScriptContexts {
  /** Who speaks from a context; a context nobody announced is nobody's. */
  senderOf(contextId: number): AppSender;
  /** Contexts whose calls the app accepts. */
  accepted(): number[];
}

const NOBODY: AppSender = { kind: 'window', origin: '', mainFrame: false };

/** Hears a page's own events and no other target's. */
export function onPageEvent(page: PageSession, method: string, listener: (params: Params) => void): void {
  page.devtools.on(method, (params, from) => {
    if (from === page.sessionId) listener(params);
  });
}

/** Follows the contexts of a page from now on; call before `Runtime.enable`. */
export function followContexts(page: PageSession): ScriptContexts {
  const senders = new Map<number, AppSender>();
  onPageEvent(page, 'Runtime.executionContextCreated', (params) => {
    const created = ContextCreated.safeParse(params);
    if (!created.success) return;
    const { id, origin, auxData } = created.data.context;
    const mainFrame = auxData.isDefault && auxData.frameId === page.mainFrameId;
    senders.set(id, { kind: 'window', origin, mainFrame });
  });
  onPageEvent(page, 'Runtime.executionContextDestroyed', (params) => {
    senders.delete(Number(params['executionContextId']));
  });
  onPageEvent(page, 'Runtime.executionContextsCleared', () => senders.clear());
  return {
    senderOf: (contextId) => senders.get(contextId) ?? NOBODY,
    accepted: () => [...senders].filter(([, sender]) => acceptsSender(sender)).map(([contextId]) => contextId),
  };
}
