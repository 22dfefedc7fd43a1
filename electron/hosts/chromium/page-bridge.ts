// The host's end of the page's bridge: takes a call only from the main frame of our origin, gives it to the app, brings replies and events.
import { z } from 'zod';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import { MAX_REQUEST_LENGTH } from '../../../shared/ipc/dispatch.ts';
import type { WireReply } from '../../../shared/ipc/call.ts';
import { acceptsSender, type App, type AppSender } from '../../core/app/app.ts';
import type { Logger } from '../../core/ports/logger.ts';
import { BINDING, bridgeScript, RECEIVER, type HostMessage } from './bridge-script.ts';
import type { DevtoolsPipe, Params } from './devtools-pipe.ts';

const PageMessage = z.union([
  z.strictObject({ id: z.int().min(1), request: z.string() }),
  z.strictObject({ activity: z.literal(true) }),
  z.strictObject({ tooSmall: z.literal(true) }),
]);

/** What a browser says of a script context. */
const ContextCreated = z.object({
  context: z.object({
    id: z.int(),
    origin: z.string(),
    auxData: z.object({ isDefault: z.boolean(), frameId: z.string() }),
  }),
});
const BindingCalled = z.object({ name: z.string(), payload: z.string(), executionContextId: z.int() });

/** Twice the largest request, for the escapes of JSON inside JSON; a longer message is not even parsed. */
const LARGEST_MESSAGE = 2 * MAX_REQUEST_LENGTH + 1000;

export interface PageBridgeOptions {
  readonly app: App;
  readonly devtools: DevtoolsPipe;
  readonly sessionId: string;
  readonly mainFrameId: string;
  readonly log: Logger;
  readonly onTooSmall: () => void;
}

export interface PageBridge {
  /** Sends an event to the page, where it has its bridge. */
  emit(channel: string, payload: unknown): void;
}

function tooLargeReply(payload: string): HostMessage | null {
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

/** Installs the bridge in a page that has not run a script yet. */
export async function installPageBridge(options: PageBridgeOptions): Promise<PageBridge> {
  const { app, devtools, sessionId, mainFrameId, log } = options;
  const senders = new Map<number, AppSender & { readonly kind: 'window' }>();

  const post = (contextId: number, message: HostMessage): void => {
    const call = {
      functionDeclaration: `function (text) { globalThis[Symbol.for(${JSON.stringify(RECEIVER)})](text) }`,
      executionContextId: contextId,
      arguments: [{ value: JSON.stringify(message) }],
    };
    devtools.send('Runtime.callFunctionOn', call, sessionId).catch((error: unknown) => {
      // The page went away in the meantime: nobody waits for this message any more.
      log({ level: 'info', event: 'window.message-undelivered', error });
    });
  };

  function refuse(event: string): void {
    log({ level: 'warn', event });
  }

  async function hear({ payload, executionContextId }: z.infer<typeof BindingCalled>): Promise<void> {
    const sender = senders.get(executionContextId) ?? { kind: 'window', origin: '', mainFrame: false };
    if (payload.length > LARGEST_MESSAGE) {
      const reply = tooLargeReply(payload);
      return reply ? post(executionContextId, reply) : refuse('window.message-refused');
    }
    const message = parsePageMessage(payload);
    if (!message) return refuse('window.message-refused');
    if ('request' in message) {
      const reply = await app.dispatch(sender, message.request);
      return post(executionContextId, { id: message.id, reply });
    }
    if (!sender.mainFrame) return refuse('window.sender-refused');
    if ('activity' in message) app.activity();
    else options.onTooSmall();
  }

  const ours = (listener: (params: Params) => void) => (params: Params, from: string | null) => {
    if (from === sessionId) listener(params);
  };
  devtools.on(
    'Runtime.executionContextCreated',
    ours((params) => {
      const created = ContextCreated.safeParse(params);
      if (!created.success) return;
      const { id, origin, auxData } = created.data.context;
      senders.set(id, { kind: 'window', origin, mainFrame: auxData.isDefault && auxData.frameId === mainFrameId });
    }),
  );
  devtools.on(
    'Runtime.executionContextDestroyed',
    ours((params) => void senders.delete(Number(params['executionContextId']))),
  );
  devtools.on(
    'Runtime.executionContextsCleared',
    ours(() => senders.clear()),
  );
  devtools.on(
    'Runtime.bindingCalled',
    ours((params) => {
      const called = BindingCalled.parse(params);
      if (called.name === BINDING) void hear(called);
    }),
  );
  await devtools.send('Runtime.enable', {}, sessionId);
  await devtools.send('Runtime.addBinding', { name: BINDING }, sessionId);
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: bridgeScript() }, sessionId);

  return {
    emit: (event, payload) => {
      for (const [contextId, { origin, mainFrame }] of senders)
        if (acceptsSender({ kind: 'window', origin, mainFrame })) post(contextId, { event, payload });
    },
  };
}
