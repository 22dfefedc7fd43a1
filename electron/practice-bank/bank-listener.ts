// The https side: hands requests to the authorisation server or the account information API, and misbehaves on the wire when told to.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { answerAccountInformation, type AccountInformationOptions } from './account-information.ts';
import { AnswerError, errorAnswer, type Answer } from './answer.ts';
import type { RequestLog } from './request-log.ts';

const BODY_LIMIT = 65_536;
const RETRY_AFTER_SECONDS = 120;
const AUTHORISATION_PATHS = /^\/(\.well-known\/[\w-]+|jwks|par|token(\/revocation)?|me)$/;

export type BankListenerOptions = AccountInformationOptions & {
  readonly log: RequestLog;
  readonly slowMs: number;
  /** A second origin of this very bank: a client that follows a redirect there gets an answer and is seen in the log. */
  readonly otherOrigin: string;
};

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > BODY_LIMIT) throw new AnswerError(errorAnswer(400, 'U002', 'The body is too large.'));
  }
  return text;
}

/** The answer that a misbehaviour puts in place of the right one. */
function misbehaviour(options: BankListenerOptions, request: IncomingMessage): Answer | null {
  const { active } = options;
  if (active.has('rate-limited')) {
    return {
      ...errorAnswer(429, 'U021', 'Too many requests.'),
      headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
    };
  }
  if (active.has('server-error')) return errorAnswer(500, 'U021', 'The bank has a problem.');
  if (active.has('redirect'))
    return { status: 302, headers: { location: `${options.otherOrigin}${request.url ?? ''}` } };
  return null;
}

async function answerOf(
  options: BankListenerOptions,
  request: IncomingMessage & { socket: TLSSocket },
): Promise<Answer> {
  const url = new URL(request.url ?? '/', options.resourceBase);
  try {
    return (
      misbehaviour(options, request) ??
      (await answerAccountInformation(options, { request, url, body: await readBody(request) }))
    );
  } catch (error) {
    if (error instanceof AnswerError) return error.answer;
    process.stderr.write(
      `practice bank: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}\n`,
    );
    return errorAnswer(500, 'U021', 'Unexpected error.');
  }
}

function interactionId(options: BankListenerOptions, request: IncomingMessage): Record<string, string> {
  const given = request.headers['x-fapi-interaction-id'];
  if (options.active.has('missing-interaction-id')) return {};
  return { 'x-fapi-interaction-id': typeof given === 'string' ? given : randomUUID() };
}

function send(
  options: BankListenerOptions,
  exchange: { request: IncomingMessage; response: ServerResponse },
  answer: Answer,
): void {
  const { request, response } = exchange;
  const bytes = answer.body === undefined ? null : Buffer.from(JSON.stringify(answer.body));
  const type =
    bytes === null ? {} : { 'content-type': 'application/json; charset=utf-8', 'content-length': String(bytes.length) };
  response.writeHead(answer.status, {
    'cache-control': 'no-store',
    ...interactionId(options, request),
    ...type,
    ...answer.headers,
  });
  if (bytes !== null && options.active.has('truncated-body')) {
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
    return;
  }
  response.end(bytes ?? undefined);
}

async function serveResource(
  options: BankListenerOptions,
  request: IncomingMessage & { socket: TLSSocket },
  response: ServerResponse,
): Promise<void> {
  if (options.active.has('slow')) await wait(options.slowMs, undefined, { ref: false });
  const answer = await answerOf(options, request);
  if (!response.destroyed) send(options, { request, response }, answer);
}

export function createBankListener(options: BankListenerOptions): RequestListener {
  const authorise = options.provider.callback();
  return (request, response) => {
    options.log.watch(request, response);
    const { pathname } = new URL(request.url ?? '/', options.resourceBase);
    if (pathname.startsWith('/open-banking/v4.0/aisp')) {
      void serveResource(options, request as IncomingMessage & { socket: TLSSocket }, response);
    } else if (AUTHORISATION_PATHS.test(pathname)) {
      authorise(request, response);
    } else {
      response.writeHead(404).end();
    }
  };
}
