// The plain side that the customer's browser sees: authorisation endpoint, sign-in and approval. It serves no account data.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { InteractionDetails, Provider } from 'oidc-provider';
import { INTENT_CLAIM, intentOf } from './authorisation-server.ts';
import type { Consent, Consents } from './consents.ts';
import { PASSWORD } from './ledger/companies.ts';
import type { Ledger } from './ledger/ledger.ts';
import { approvalPage, messagePage, signInPage } from './sign-in-page.ts';

const FORM_LIMIT = 16_384;

export type SignInOptions = { readonly provider: Provider; readonly consents: Consents; readonly ledger: Ledger };

type Visit = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly details: InteractionDetails;
  readonly consent: Consent;
};

function sendPage(response: ServerResponse, html: string, status = 200): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(html);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > FORM_LIMIT) throw new RangeError('form too large');
  }
  return new URLSearchParams(text);
}

async function refuse({ provider, consents }: SignInOptions, visit: Visit): Promise<void> {
  consents.reject(visit.consent);
  const result = { error: 'access_denied', error_description: 'the customer refused' };
  await provider.interactionFinished(visit.request, visit.response, result);
}

async function signIn(options: SignInOptions, visit: Visit, form: URLSearchParams): Promise<void> {
  const name = form.get('name') ?? '';
  if (form.get('password') !== PASSWORD || options.ledger.accountsOf(name).length === 0) {
    return sendPage(visit.response, signInPage(visit.request.url ?? '', visit.consent, true), 401);
  }
  const login = { accountId: name, remember: false };
  return options.provider.interactionFinished(visit.request, visit.response, { login });
}

async function approve(options: SignInOptions, visit: Visit, form: URLSearchParams): Promise<void> {
  const name = visit.details.session?.accountId ?? '';
  const accounts = options.ledger.accountsOf(name);
  const chosen = accounts.filter((account) => form.getAll('account').includes(account.iban));
  if (chosen.length === 0) {
    const choice = { accounts, nothingChosen: true };
    return sendPage(visit.response, approvalPage(visit.request.url ?? '', visit.consent, choice), 400);
  }
  const grant = new options.provider.Grant({ accountId: name, clientId: visit.consent.clientId });
  grant.addOIDCScope(visit.details.params.scope ?? '');
  grant.addOIDCClaims([INTENT_CLAIM]);
  const grantId = await grant.save();
  const accountIds = chosen.map((account) => account.accountId);
  options.consents.authorise(visit.consent, { signIn: name, accountIds, grantId });
  return options.provider.interactionFinished(visit.request, visit.response, { consent: { grantId } });
}

async function handleSubmit(options: SignInOptions, visit: Visit): Promise<void> {
  const form = await readForm(visit.request);
  if (form.get('decision') === 'refuse') return refuse(options, visit);
  return visit.details.prompt.name === 'login' ? signIn(options, visit, form) : approve(options, visit, form);
}

function showPage(options: SignInOptions, visit: Visit): void {
  const action = visit.request.url ?? '';
  if (visit.details.prompt.name === 'login') return sendPage(visit.response, signInPage(action, visit.consent, false));
  const accounts = options.ledger.accountsOf(visit.details.session?.accountId ?? '');
  return sendPage(visit.response, approvalPage(action, visit.consent, { accounts, nothingChosen: false }));
}

async function handleVisit(options: SignInOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const details = await options.provider.interactionDetails(request, response);
  const consent = options.consents.find(intentOf(details.params.claims) ?? '');
  if (consent === undefined)
    return sendPage(response, messagePage('Nothing to approve', 'This request is unknown.'), 404);
  const visit = { request, response, details, consent };
  return request.method === 'POST' ? handleSubmit(options, visit) : showPage(options, visit);
}

/** A customer who signed in before must sign in again: the bank forgets its session when a new request begins. */
function forgetSession(request: IncomingMessage): void {
  const kept = (request.headers.cookie ?? '').split(/; */).filter((cookie) => !cookie.startsWith('_session'));
  request.headers.cookie = kept.join('; ');
}

export function createSignIn(options: SignInOptions): RequestListener {
  const authorise = options.provider.callback();
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://front');
    if (pathname === '/authorize') forgetSession(request);
    if (/^\/authorize(\/|$)/.test(pathname)) return authorise(request, response);
    if (!/^\/sign-in\/[\w-]+$/.test(pathname)) return sendPage(response, messagePage('Not here', 'No such page.'), 404);
    handleVisit(options, request, response).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : 'unknown';
      sendPage(response, messagePage('This sign-in has ended', `Start again in Strongroom. (${text})`), 400);
    });
  };
}
