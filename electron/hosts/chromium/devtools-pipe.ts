// The DevTools protocol over two pipes: JSON messages that end in NUL. It opens no port and knows no domain of the protocol.
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../../../shared/errors/app-error.ts';

export type Params = Readonly<Record<string, unknown>>;

/** An event of the browser; `sessionId` is null for the browser itself. */
export type DevtoolsListener = (params: Params, sessionId: string | null) => void;

export interface DevtoolsPipe {
  /** @throws {AppError} HOST_NOT_AVAILABLE when the browser refuses the command or ended */
  send(method: string, params?: Params, sessionId?: string | null): Promise<Params>;
  on(method: string, listener: DevtoolsListener): void;
  /** Fails what waits and everything later. */
  end(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

interface Waiting {
  readonly method: string;
  resolve(result: Params): void;
  reject(error: AppError): void;
}

/** Cuts a stream of bytes at NUL; chunks are joined once a message is whole, so a long one costs no more than its length. */
function readMessages(stream: Readable, hear: (message: Message) => void): void {
  let parts: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      parts.push(chunk.subarray(start, end));
      hear(JSON.parse(Buffer.concat(parts).toString('utf8')) as Message);
      parts = [];
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
  });
}

const failed = (method: string, reason: string): AppError => new AppError('HOST_NOT_AVAILABLE', { method, reason });

/** `toBrowser` is the browser's descriptor 3, `fromBrowser` its descriptor 4. */
export function createDevtoolsPipe(toBrowser: Writable, fromBrowser: Readable): DevtoolsPipe {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, DevtoolsListener[]>();
  let lastId = 0;
  let open = true;

  const answer = (message: Message): void => {
    const call = waiting.get(message.id ?? 0);
    waiting.delete(message.id ?? 0);
    if (message.error) call?.reject(failed(call.method, message.error.message));
    else call?.resolve(message.result ?? {});
  };
  readMessages(fromBrowser, (message) => {
    if (message.method === undefined) answer(message);
    else
      for (const listener of listeners.get(message.method) ?? [])
        listener(message.params ?? {}, message.sessionId ?? null);
  });
  const end = (): void => {
    open = false;
    for (const call of waiting.values()) call.reject(failed(call.method, 'closed'));
    waiting.clear();
  };
  // A browser that ends breaks the pipe; its exit is what the host acts on.
  for (const stream of [toBrowser, fromBrowser]) stream.on('error', end);
  fromBrowser.on('close', end);

  return {
    send: (method, params = {}, sessionId = null) =>
      new Promise((resolve, reject) => {
        if (!open) {
          reject(failed(method, 'closed'));
          return;
        }
        const id = (lastId += 1);
        waiting.set(id, { method, resolve, reject });
        toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
      }),
    on: (method, listener) => void listeners.set(method, [...(listeners.get(method) ?? []), listener]),
    end,
  };
}
