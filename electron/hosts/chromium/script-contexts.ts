// Which script context of the page is whose: the main frame's own world, another frame, another origin. It trusts only the browser's word.
import { z } from 'zod';
import { acceptsSender, type AppSender } from '../../core/app/app.ts';
import type { DevtoolsPipe, Params } from './devtools-pipe.ts';

/** What a browser says of a script context. */
const ContextCreated = z.object({
  context: z.object({
    id: z.int(),
    uniqueId: z.string(),
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

/** A context and who speaks from it. */
export interface ScriptContext {
  /** Unlike its number, no context of a later process has it: what is meant for a page that is gone reaches no other. */
  readonly uniqueId: string;
  readonly sender: AppSender;
}

export interface ScriptContexts {
  /** The context of a number; null where nobody announced one. */
  find(contextId: number): ScriptContext | null;
  /** Contexts whose calls the app accepts. */
  accepted(): ScriptContext[];
}

/** Hears a page's own events and no other target's. */
export function onPageEvent(page: PageSession, method: string, listener: (params: Params) => void): void {
  page.devtools.on(method, (params, from) => {
    if (from === page.sessionId) listener(params);
  });
}

/** Follows the contexts of a page from now on; call before `Runtime.enable`. */
export function followContexts(page: PageSession): ScriptContexts {
  const contexts = new Map<number, ScriptContext>();
  onPageEvent(page, 'Runtime.executionContextCreated', (params) => {
    const created = ContextCreated.safeParse(params);
    if (!created.success) return;
    const { id, uniqueId, origin, auxData } = created.data.context;
    const mainFrame = auxData.isDefault && auxData.frameId === page.mainFrameId;
    contexts.set(id, { uniqueId, sender: { kind: 'window', id: page.mainFrameId, origin, mainFrame } });
  });
  onPageEvent(page, 'Runtime.executionContextDestroyed', (params) => {
    contexts.delete(Number(params['executionContextId']));
  });
  for (const ended of ['Runtime.executionContextsCleared', 'Inspector.targetCrashed'])
    onPageEvent(page, ended, () => contexts.clear());
  return {
    find: (contextId) => contexts.get(contextId) ?? null,
    accepted: () => [...contexts.values()].filter(({ sender }) => acceptsSender(sender)),
  };
}
