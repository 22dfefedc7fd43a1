// The OAuth conversation against a hostile authorisation server and a hostile browser: what is sent, and what is refused.
import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { createUkOpenBanking } from '../../../../electron/adapters/banks/uk-open-banking/adapter.ts';
import type { PendingSignIn } from '../../../../electron/core/ports/bank-adapter.ts';
import type { Timer } from '../../../../electron/core/ports/timer.ts';
import type { Endpoint } from '../../../../shared/ipc/processes/connector-contract.ts';
import { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { aFakeHttp, type Answer, type FakeHttp } from '../responses.ts';
import { aSession, ISSUER, someTokens } from './session.ts';

const PERMISSIONS = ['ReadAccountsDetail', 'ReadBalances'];
const clock = { now: () => Date.now(), monotonic: () => 0 };

/** A timer that a test fires. */
function aTimer(): { timer: Timer; fire: () => void } {
  const waiting = new Set<() => void>();
  return {
    timer: (_afterMs, work) => {
      waiting.add(work);
      return () => waiting.delete(work);
    },
    fire: () => waiting.forEach((work) => work()),
  };
}

interface BankOptions {
  /** Changes to the discovery document. */
  readonly metadata?: Record<string, unknown>;
  /** Changes to the answer to the code exchange and to the ID token's claims. */
  readonly token?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  readonly consent?: Record<string, unknown>;
  /** Replaces the answer to the code exchange. */
  readonly exchange?: Answer;
  /** Replaces whole answers, by path. */
  readonly answers?: Readonly<Record<string, Answer>>;
}

interface FakeBank {
  readonly http: FakeHttp;
  /** Parameters of the pushed authorisation request. */
  pushed(): URLSearchParams;
  /** Forms sent to the token endpoint, oldest first. */
  readonly tokenForms: URLSearchParams[];
}

const consent = (change: Record<string, unknown> = {}) => ({
  Data: {
    ConsentId: 'c1',
    Status: 'AUTH',
    Permissions: PERMISSIONS,
    TransactionFromDateTime: '2026-01-01T00:00:00Z',
    ...change,
  },
});

async function idToken(nonce: string, change: Record<string, unknown>): Promise<string> {
  const claims = { iss: ISSUER, aud: 'office', sub: 'olivia', nonce, openbanking_intent_id: 'c1', ...change };
  const key = new TextEncoder().encode('a key of this test that nobody checks');
  const now = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({ iat: now, exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(key);
  const [, payload, signature] = token.split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'ES256' })).toString('base64url');
  return [header, payload, signature].join('.');
}

function aBank(options: BankOptions = {}): FakeBank {
  let pushed = new URLSearchParams();
  const tokenForms: URLSearchParams[] = [];
  const metadata = {
    issuer: ISSUER,
    authorization_endpoint: 'https://login.bank.test/authorize',
    token_endpoint: `${ISSUER}/token`,
    pushed_authorization_request_endpoint: `${ISSUER}/par`,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ['ES256'],
    ...options.metadata,
  };
  const token = async (form: URLSearchParams): Promise<Answer> => {
    tokenForms.push(form);
    if (form.get('grant_type') === 'client_credentials')
      return { body: { access_token: 'client-token', token_type: 'bearer', expires_in: 60, scope: 'accounts' } };
    if (options.exchange) return options.exchange;
    const answer = {
      access_token: 'user-token',
      token_type: 'bearer',
      expires_in: 600,
      refresh_token: 'r2',
      scope: 'openid accounts',
    };
    const id_token = await idToken(pushed.get('nonce') ?? '', options.claims ?? {});
    return { body: { ...answer, id_token, ...options.token } };
  };
  const http = aFakeHttp(async ({ method, url, body }) => {
    const path = url.replace(ISSUER, '');
    const replaced = options.answers?.[`${method} ${path}`];
    if (replaced) return replaced;
    switch (`${method} ${path}`) {
      case 'GET /.well-known/openid-configuration':
        return { body: metadata };
      case 'POST /par':
        pushed = new URLSearchParams(body ?? '');
        return { status: 201, body: { request_uri: 'urn:request:1', expires_in: 60 } };
      case 'POST /token':
        return token(new URLSearchParams(body ?? ''));
      case 'POST /aisp/account-access-consents':
        return { status: 201, body: consent({ Status: 'AWAU' }) };
      case 'GET /aisp/account-access-consents/c1':
        return { body: consent(options.consent) };
      case 'GET /aisp/accounts':
        return { body: { Data: { Account: [{ AccountId: 'a1', Currency: 'GBP' }] } } };
      default:
        throw new Error(`the fake bank knows no ${method} ${url}`);
    }
  });
  return { http, pushed: () => pushed, tokenForms };
}

const open: PendingSignIn[] = [];
afterEach(async () => {
  for (const pending of open.splice(0)) await pending.close();
});

interface Started {
  readonly pending: PendingSignIn;
  readonly bank: FakeBank;
  readonly redirectUri: string;
  readonly fire: () => void;
  readonly abort: AbortController;
}

async function begin(options: BankOptions = {}, endpoint: Partial<Endpoint> = {}): Promise<Started> {
  const bank = aBank(options);
  const { timer, fire } = aTimer();
  const abort = new AbortController();
  const session = aSession(bank.http, endpoint, abort.signal);
  const request = { permissions: PERMISSIONS, from: CalendarDate.parse('2026-01-01'), expiresAt: null };
  const pending = await createUkOpenBanking({ clock, timer }).beginSignIn(session, request);
  open.push(pending);
  return { pending, bank, redirectUri: bank.pushed().get('redirect_uri') ?? '', fire, abort };
}

/** The browser's return as a good bank sends it, with changes; null leaves a parameter out. */
async function comeBack(started: Started, change: Record<string, string | null> = {}): Promise<Response> {
  const url = new URL(started.redirectUri);
  const parameters = { code: 'the-code', state: started.bank.pushed().get('state'), iss: ISSUER, ...change };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return fetch(url, { redirect: 'manual' });
}

async function finish(options: BankOptions, change: Record<string, string | null> = {}) {
  const started = await begin(options);
  await comeBack(started, change);
  return started.pending.finish();
}

describe('what is asked', () => {
  it('is a pushed request: least scope, PKCE S256, loopback address, the consent as an essential claim', async () => {
    const { bank, pending, redirectUri } = await begin();
    const pushed = Object.fromEntries(bank.pushed());
    expect(pushed).toMatchObject({
      client_id: 'office',
      response_type: 'code',
      scope: 'openid accounts',
      code_challenge_method: 'S256',
    });
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,5}\/callback$/);
    expect(pushed['code_challenge']).toMatch(/^[\w-]{43}$/);
    expect(pushed['state']).toMatch(/^[\w-]{43}$/);
    expect(JSON.parse(pushed['claims'] ?? '')).toEqual({
      id_token: { openbanking_intent_id: { value: 'c1', essential: true } },
      userinfo: { openbanking_intent_id: { value: 'c1', essential: true } },
    });
    expect(pending.url).toBe('https://login.bank.test/authorize?request_uri=urn%3Arequest%3A1&client_id=office');
    expect(pending.consentId).toBe('c1');
  });

  it('is never the same secret twice', async () => {
    const [one, other] = [await begin(), await begin()];
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(one.bank.pushed().get(name)).not.toBe(other.bank.pushed().get(name));
  });

  it('is exchanged with the verifier of its challenge', async () => {
    const started = await begin();
    expect((await comeBack(started)).status).toBe(200);
    await expect(started.pending.finish()).resolves.toMatchObject({
      tokens: { accessToken: 'user-token', refreshToken: 'r2', scope: 'openid accounts' },
      startDateGranted: '2026-01-01',
      consentExpiresAt: null,
      permissions: PERMISSIONS,
      accounts: [{ resourceId: 'a1' }],
    });
    const form = started.bank.tokenForms.at(-1);
    expect(form?.get('code')).toBe('the-code');
    const challenge = createHash('sha256')
      .update(form?.get('code_verifier') ?? '')
      .digest('base64url');
    expect(challenge).toBe(started.bank.pushed().get('code_challenge'));
    expect(form?.get('redirect_uri')).toBe(started.redirectUri);
  });
});

describe('a server is refused', () => {
  it.each([
    ['under another issuer', { issuer: 'https://evil.test' }],
    ['under the issuer with a slash too many', { issuer: `${ISSUER}/` }],
    ['under the issuer in other case', { issuer: 'https://BANK.test' }],
    ['without PKCE', { code_challenge_methods_supported: undefined }],
    ['with plain PKCE only', { code_challenge_methods_supported: ['plain'] }],
    ['without pushed requests', { pushed_authorization_request_endpoint: undefined }],
    ['with a sign-in page in the clear', { authorization_endpoint: 'http://login.bank.test/authorize' }],
    ['with a sign-in page on loopback', { authorization_endpoint: 'http://127.0.0.1:9/authorize' }],
    ['with a sign-in page that is a script', { authorization_endpoint: 'javascript:alert(1)' }],
    ['without a sign-in page', { authorization_endpoint: undefined }],
    ['with a token endpoint in the clear', { token_endpoint: 'http://bank.test/token' }],
  ])('%s', async (_name, metadata) => {
    await expect(begin({ metadata })).rejects.toMatchObject({ code: 'BANK_RESPONSE_INVALID' });
  });

  it('for a loopback sign-in page only when it is no practice bank', async () => {
    const metadata = { authorization_endpoint: 'http://127.0.0.1:9/authorize' };
    const { pending } = await begin({ metadata }, { practice: true });
    expect(pending.url).toMatch(/^http:\/\/127\.0\.0\.1:9\//);
    await expect(
      begin({ metadata: { authorization_endpoint: 'http://bank.test/a' } }, { practice: true }),
    ).rejects.toMatchObject({
      code: 'BANK_RESPONSE_INVALID',
    });
  });

  const failing: readonly (readonly [string, Answer, string])[] = [
    ['GET /.well-known/openid-configuration', { status: 404 }, 'BANK_RESPONSE_INVALID'],
    ['GET /.well-known/openid-configuration', { status: 500 }, 'BANK_SERVER_ERROR'],
    ['GET /.well-known/openid-configuration', { body: '<html>' }, 'BANK_RESPONSE_INVALID'],
    ['POST /token', { status: 401, body: { error: 'invalid_client' } }, 'BANK_REFUSED'],
    ['POST /token', { status: 429, headers: { 'retry-after': '9' } }, 'BANK_RATE_LIMITED'],
    ['POST /token', { body: { token_type: 'bearer' } }, 'BANK_RESPONSE_INVALID'],
    ['POST /par', { status: 400, body: { error: 'invalid_request' } }, 'CONSENT_SIGN_IN_FAILED'],
    ['POST /par', { status: 201, body: {} }, 'BANK_RESPONSE_INVALID'],
    ['POST /aisp/account-access-consents', { status: 400 }, 'BANK_REFUSED'],
    ['POST /aisp/account-access-consents', { status: 200, body: consent() }, 'BANK_RESPONSE_INVALID'],
  ];
  it.each(failing)('when %s answers %j: %s', async (path, answer, code) => {
    await expect(begin({ answers: { [path]: answer } })).rejects.toMatchObject({ code });
  });
});

describe('a return', () => {
  it.each([
    ['access_denied', 'CONSENT_REJECTED'],
    ['server_error', 'CONSENT_SIGN_IN_FAILED'],
    ['invalid_scope', 'CONSENT_SIGN_IN_FAILED'],
  ])('with the error %s is %s, and the page says that nothing was connected', async (error, code) => {
    const started = await begin();
    const page = await (await comeBack(started, { code: null, error })).text();
    expect(page).toContain('Nothing was connected');
    await expect(started.pending.finish()).rejects.toMatchObject({ code, params: { reason: error } });
  });

  it.each([
    ['of another issuer (mix-up)', { iss: 'https://evil.test' }],
    ['without the issuer that the server promises', { iss: null }],
    ['without a code', { code: null }],
    ['with an ID token in place of the code', { code: null, id_token: 'x' }],
    ['with a JWT answer that nobody asked for', { response: 'x' }],
  ])('%s is refused, and the code is not exchanged', async (_name, change) => {
    const started = await begin();
    await comeBack(started, change);
    await expect(started.pending.finish()).rejects.toMatchObject({ code: 'CONSENT_SIGN_IN_FAILED' });
    expect(started.bank.tokenForms.map((form) => form.get('grant_type'))).toEqual(['client_credentials']);
  });

  it.each([
    ['a wrong state', { state: 'wrong' }],
    ['no state', { state: null }],
  ])('with %s is turned away while the real one is still awaited', async (_name, change) => {
    const started = await begin();
    expect((await comeBack(started, change)).status).toBe(400);
    expect((await comeBack(started)).status).toBe(200);
    await expect(started.pending.finish()).resolves.toHaveProperty('tokens');
  });

  it('with the state twice is turned away', async () => {
    const started = await begin();
    const state = started.bank.pushed().get('state') ?? '';
    expect((await fetch(`${started.redirectUri}?code=a&state=${state}&state=${state}`)).status).toBe(400);
  });

  it('that is replayed is turned away', async () => {
    const started = await begin();
    expect((await comeBack(started)).status).toBe(200);
    expect((await comeBack(started)).status).toBe(400);
  });

  it('to another path, by another method or under another host name finds nothing', async () => {
    const started = await begin();
    const state = started.bank.pushed().get('state') ?? '';
    const query = `?code=a&state=${state}&iss=${ISSUER}`;
    const at = (path: string) => new URL(path, started.redirectUri);
    expect((await fetch(at(`/other${query}`))).status).toBe(404);
    expect((await fetch(at(`/callback/${query}`))).status).toBe(404);
    expect((await fetch(at(`/callback${query}`), { method: 'POST' })).status).toBe(404);
    expect((await fetch(at(`http://localhost:${new URL(started.redirectUri).port}/callback${query}`))).status).toBe(
      404,
    );
    expect((await comeBack(started)).status).toBe(200);
  });

  it('is answered by a page without scripts that nothing may frame or cache', async () => {
    const response = await comeBack(await begin());
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).not.toMatch(/<script|the-code/);
  });

  it('that never comes ends the wait', async () => {
    const started = await begin();
    const waiting = expect(started.pending.finish()).rejects.toMatchObject({ code: 'CONSENT_SIGN_IN_TIMEOUT' });
    started.fire();
    await waiting;
    await expect(fetch(started.redirectUri)).rejects.toThrow();
  });

  it('that the user no longer wants ends the wait', async () => {
    const started = await begin();
    started.abort.abort();
    await expect(started.pending.finish()).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
  });
});

describe('an exchange is refused', () => {
  it.each(['invalid_grant', 'invalid_client', 'server_error'])('by the bank, as %s', async (error) => {
    await expect(finish({ exchange: { status: 400, body: { error } } })).rejects.toMatchObject({
      code: 'CONSENT_SIGN_IN_FAILED',
      params: { reason: error, status: '400' },
    });
  });

  it.each([
    ['for another consent', { claims: { openbanking_intent_id: 'c2' } }],
    ['with another nonce', { claims: { nonce: 'other' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['of another issuer', { claims: { iss: 'https://evil.test' } }],
    ['for another client', { claims: { aud: 'someone' } }],
    ['that is over', { claims: { exp: 1000 } }],
    ['from tomorrow', { claims: { nbf: Math.floor(Date.now() / 1000) + 86_400 } }],
    ['without an ID token', { token: { id_token: undefined } }],
    ['with another kind of token', { token: { token_type: 'mac' } }],
    ['with a wider scope', { token: { scope: 'openid accounts payments' } }],
    ['without a token', { token: { access_token: undefined } }],
  ] satisfies [string, BankOptions][])('%s', async (_name, options) => {
    await expect(finish(options)).rejects.toMatchObject({ code: 'CONSENT_SIGN_IN_FAILED' });
  });

  it.each([
    ['RJCT', 'CONSENT_REJECTED'],
    ['CANC', 'CONSENT_REVOKED'],
    ['EXPD', 'CONSENT_EXPIRED'],
    ['AWAU', 'CONSENT_REVOKED'],
  ])('when the consent reads back as %s', async (Status, code) => {
    await expect(finish({ consent: { Status } })).rejects.toMatchObject({ code });
  });

  it('when the consent reads back with more than was asked', async () => {
    await expect(finish({ consent: { Permissions: [...PERMISSIONS, 'ReadParty'] } })).rejects.toMatchObject({
      code: 'CONSENT_SIGN_IN_FAILED',
      params: { reason: 'permissions' },
    });
  });
});

describe('a refresh', () => {
  const { timer } = aTimer();
  const refresh = (options: BankOptions) =>
    createUkOpenBanking({ clock, timer }).refresh(aSession(aBank(options).http), someTokens);
  const plain = { id_token: undefined };

  it('brings the new pair, and keeps the old refresh token where the bank rotates none', async () => {
    expect(await refresh({ token: plain })).toMatchObject({ accessToken: 'user-token', refreshToken: 'r2' });
    expect(await refresh({ token: { ...plain, refresh_token: undefined } })).toMatchObject({ refreshToken: 'refresh' });
    expect(await refresh({ token: { ...plain, scope: undefined } })).toMatchObject({ scope: 'openid accounts' });
    expect(await refresh({ token: { ...plain, expires_in: undefined } })).toMatchObject({ accessTokenExpiresAt: null });
  });

  it.each([
    [{ status: 400, body: { error: 'invalid_grant' } }, 'BANK_UNAUTHORISED'],
    [{ status: 401, body: { error: 'invalid_client' } }, 'BANK_REFUSED'],
    [{ status: 503 }, 'BANK_SERVER_ERROR'],
    [{ status: 429 }, 'BANK_RATE_LIMITED'],
    [{ status: 200, body: 'x' }, 'BANK_RESPONSE_INVALID'],
  ])('that the bank answers with %j is %s', async (answer, code) => {
    await expect(refresh({ answers: { 'POST /token': answer } })).rejects.toMatchObject({ code });
  });
});
