// Catches the browser's return from a bank's sign-in page: one path on a free port of 127.0.0.1, one use. It reads no token.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Timer } from '../../core/ports/timer.ts';

const HOST = '127.0.0.1';
const PATH = '/callback';

export interface LoopbackOptions {
  /** The `state` the return must carry; anything else is turned away and the listener waits on. */
  readonly state: string;
  readonly timeoutMs: number;
  readonly timer: Timer;
  /** Ends the wait early. */
  readonly signal: AbortSignal;
}

export interface LoopbackRedirect {
  /** @see RFC 8252 §7.3 */
  readonly redirectUri: string;
  /** The address the browser came back with. @throws {AppError} CONSENT_SIGN_IN_TIMEOUT, SYNC_CANCELLED */
  readonly returned: Promise<URL>;
  close(): Promise<void>;
}

const STYLE =
  'font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:18vh auto;padding:0 1.5em;color-scheme:light dark';

function page(title: string, text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body style="${STYLE}"><h1>${title}</h1><p>${text}</p>`;
}

function send(response: ServerResponse, status: number, html: string): Promise<void> {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  return new Promise((resolve) => response.end(html, () => resolve()));
}

const ANSWERS = {
  granted: page('Strongroom has the bank’s answer', 'You can close this page and go back to Strongroom.'),
  refused: page('The bank gave no access', 'Nothing was connected. You can close this page and go back to Strongroom.'),
  foreign: page(
    'This is not an answer Strongroom waits for',
    'It was ignored. Go back to Strongroom and start again from there.',
  ),
  nothing: page('Nothing here', 'This address only waits for a bank’s answer.'),
} as const;

function returnedUrl(request: IncomingMessage, origin: string): URL | null {
  if (request.method !== 'GET' || `http://${request.headers.host}` !== origin) return null;
  const url = new URL(request.url ?? '/', origin);
  return url.origin === origin && url.pathname === PATH ? url : null;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, resolve);
  });
  return `http://${HOST}:${(server.address() as AddressInfo).port}`;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** A foreign or replayed return is answered and ignored, so that a page in the same browser cannot end a sign-in. */
function handler(options: LoopbackOptions, origin: () => string, returned: (url: URL) => void) {
  let used = false;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = returnedUrl(request, origin());
    if (!url) return send(response, 404, ANSWERS.nothing);
    if (used || url.searchParams.getAll('state').join() !== options.state) return send(response, 400, ANSWERS.foreign);
    used = true;
    await send(response, 200, url.searchParams.has('error') ? ANSWERS.refused : ANSWERS.granted);
    returned(url);
  };
}

/** Opens the listener. Its wait never rejects unheard: a rejection is kept for whoever awaits `returned`. */
export async function openLoopbackRedirect(options: LoopbackOptions): Promise<LoopbackRedirect> {
  const { promise, resolve, reject } = Promise.withResolvers<URL>();
  let origin = '';
  const answer = handler(options, () => origin, resolve);
  const server = createServer((request, response) => void answer(request, response));
  origin = await listen(server);
  const stopTimer = options.timer(options.timeoutMs, () => reject(new AppError('CONSENT_SIGN_IN_TIMEOUT')));
  options.signal.addEventListener('abort', () => reject(new AppError('SYNC_CANCELLED')), { once: true });
  promise.catch(() => undefined);
  return {
    redirectUri: `${origin}${PATH}`,
    returned: promise,
    async close() {
      stopTimer();
      await stop(server);
    },
  };
}
