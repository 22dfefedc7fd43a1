// The host's end of the page's bridge: takes a call only from the main frame of our origin, gives it to the app, brings replies and events.
import { z } from 'zod';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import { MAX_REQUEST_LENGTH } from '../../../shared/ipc/dispatch.ts';
import type { WireReply } from '../../../shared/ipc/call.ts';
import { acceptsSender, type App } from '../../core/app/app.ts';
import type { Logger } from '../../core/ports/logger.ts';
import { BINDING, bridgeScript, RECEIVER, type HostMessage } from './bridge-script.ts';
import { followContexts, onPageEvent, type PageSession, type ScriptContext } from './script-contexts.ts';

const PageMessage = z.union([
  z.strictObject({ id: z.int().min(1), request: z.string() }),
  z.strictObject({ activity: z.literal(true) }),
  z.strictObject({ copied: z.literal(true) }),
  z.strictObject({ tooSmall: z.literal(true) }),
]);

const BindingCalled = z.object({ name: z.string(), payload: z.string(), executionContextId: z.int() });

/** Twice the largest request, for the escapes of JSON inside JSON; a longer message is not even parsed. */
const LARGEST_MESSAGE = 2 * MAX_REQUEST_LENGTH + 1000;

export interface PageBridgeOptions extends PageSession {
  readonly app: App;
  readonly log: Logger;
  readonly onCopied: () => void;
  readonly onTooSmall: () => void;
}

export interface PageBridge {
  /** Sends an event to the page, where it has its bridge. */
  readonly emit: (channel: string, payload: unknown) => void;
}

/** An answer for a message too long to be parsed, where its beginning names the call. */
function tooLargeReply(payload: string): HostMessage | null {
  if (payload.length <= LARGEST_MESSAGE) return null;
  const id = /^\{"id":(\d{1,15}),/.exec(payload)?.[1];
  const error = toWireError(new AppError('IPC_TOO_LARGE', { limit: String(MAX_REQUEST_LENGTH) }));
  return id === undefined ? null : { id: Number(id), reply: { ok: false, error } satisfies WireReply };
}

function parsePageMessage(payload: string): z.infer<typeof PageMessage> | null {
  try {
    return PageMessage.parse(JSON.parse(payload));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

function createPost({ devtools, sessionId, log }: PageBridgeOptions) {
  const functionDeclaration = `function (text) { globalThis[Symbol.for(${JSON.stringify(RECEIVER)})](text) }`;
  return ({ uniqueId }: ScriptContext, message: HostMessage): void => {
    const value = JSON.stringify(message);
    const call = { functionDeclaration, uniqueContextId: uniqueId, arguments: [{ value }] };
    devtools.send('Runtime.callFunctionOn', call, sessionId).catch((error: unknown) => {
      // The page went away in the meantime: nobody waits for this message any more.
      log({ level: 'info', event: 'window.message-undelivered', error });
    });
  };
}

/** Installs the bridge in a page that has not run a script yet. */
export async function installPageBridge(options: PageBridgeOptions): Promise<PageBridge> {
  const { app, devtools, sessionId, log, onCopied, onTooSmall } = options;
  const contexts = followContexts(options);
  const post = createPost(options);

  async function hear({ payload, executionContextId }: z.infer<typeof BindingCalled>): Promise<void> {
    const context = contexts.find(executionContextId);
    const message = payload.length > LARGEST_MESSAGE ? null : parsePageMessage(payload);
    if (context && message && 'request' in message) {
      post(context, { id: message.id, reply: await app.dispatch(context.sender, message.request) });
    } else if (context && message && acceptsSender(context.sender)) {
      if ('activity' in message) app.activity();
      else if ('copied' in message) onCopied();
      else onTooSmall();
    } else {
      log({ level: 'warn', event: 'window.message-refused' });
      const reply = tooLargeReply(payload);
      if (context && reply) post(context, reply);
    }
  }

  onPageEvent(options, 'Runtime.bindingCalled', (params) => {
    const called = BindingCalled.parse(params);
    if (called.name === BINDING) void hear(called);
  });
  await devtools.send('Runtime.enable', {}, sessionId);
  await devtools.send('Runtime.addBinding', { name: BINDING }, sessionId);
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: bridgeScript() }, sessionId);
  return {
    emit: (event, payload) => {
      for (const context of contexts.accepted()) post(context, { event, payload });
    },
  };
}
