// Answers the window's requests from memory and fails every other one. No request of a page reaches the network.
import { z } from 'zod';
import { answerRequest, type RendererFiles } from '../../adapters/window-files/window-files.ts';
import type { Logger } from '../../core/ports/logger.ts';
import { CLIPBOARD_PAGE } from './clipboard-page.ts';
import type { DevtoolsPipe } from './devtools-pipe.ts';

const Paused = z.object({
  requestId: z.string(),
  resourceType: z.string(),
  request: z.object({ url: z.string(), method: z.string() }),
});

export interface GuardRequestsOptions {
  readonly devtools: DevtoolsPipe;
  readonly files: RendererFiles;
  readonly log: Logger;
}

/** Nothing, with no right to anything. */
const EMPTY_DOCUMENT = {
  responseCode: 200,
  responseHeaders: [
    { name: 'content-type', value: 'text/html; charset=utf-8' },
    { name: 'content-security-policy', value: "default-src 'none'; frame-ancestors 'none'" },
  ],
  body: '',
};

/** Hosts of refused requests are worth a line; their paths may carry data. */
function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}

/** Files of the browser's own surfaces, which come out of the browser itself. */
function isBrowserSurface(url: string): boolean {
  return ['chrome:', 'chrome-untrusted:', 'blob:', 'data:'].includes(URL.parse(url)?.protocol ?? '');
}

/**
 * Pauses every request of a target before it is sent. `sessions` are those that may have our files; requests of any other session fail.
 * Await the returned function for a target before it runs.
 */
export function guardRequests(options: GuardRequestsOptions, sessions: ReadonlySet<string>) {
  const { devtools, files, log } = options;

  function answer(sessionId: string, { requestId, request, resourceType }: z.infer<typeof Paused>): Promise<unknown> {
    const file = sessions.has(sessionId) ? answerRequest(files, request.method, request.url) : null;
    if (file) {
      const responseHeaders = Object.entries(file.headers).map(([name, value]) => ({ name, value }));
      const body = Buffer.from(file.body).toString('base64');
      const reply = { requestId, responseCode: file.status, responseHeaders, body };
      return devtools.send('Fetch.fulfillRequest', reply, sessionId);
    }
    if (!sessions.has(sessionId) && request.url === CLIPBOARD_PAGE)
      return devtools.send('Fetch.fulfillRequest', { requestId, ...EMPTY_DOCUMENT }, sessionId);
    if (!sessions.has(sessionId) && isBrowserSurface(request.url))
      return devtools.send('Fetch.continueRequest', { requestId }, sessionId);
    log({ level: 'warn', event: 'window.request-refused', fields: { host: hostOf(request.url), type: resourceType } });
    // An aborted navigation leaves the page where it is; any other failure would put an error page in its place.
    const errorReason = resourceType === 'Document' ? 'Aborted' : 'BlockedByClient';
    return devtools.send('Fetch.failRequest', { requestId, errorReason }, sessionId);
  }

  devtools.on('Fetch.requestPaused', (params, sessionId) => {
    if (sessionId === null) return;
    answer(sessionId, Paused.parse(params)).catch((error: unknown) => {
      // The request was cancelled while it was paused; it cannot reach anything any more.
      log({ level: 'info', event: 'window.request-gone', error });
    });
  });
  return async (sessionId: string): Promise<void> => {
    await devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }, sessionId);
  };
}
