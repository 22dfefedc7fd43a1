// The OAuth conversation with a bank: discovery, client token, pushed request, code exchange, refresh. Every request goes through the job's client.
import * as oauth from 'openid-client';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { Endpoint, Tokens } from '../../../../shared/ipc/processes/connector-contract.ts';
import { instantOf } from '../../../../shared/model/instant.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { HttpClient } from '../../../core/ports/http-client.ts';
import type { BankSession } from '../../../core/ports/bank-adapter.ts';
import { toOAuthFailure, type OAuthStep } from './oauth-failure.ts';
import { judgeRefusal } from './resource-request.ts';
import { invalidResponse } from './response-body.ts';

/** The least scope: `openid` binds the answer to the consent, `accounts` reads. */
export const SCOPE = 'openid accounts';
const CLIENT_SCOPE = 'accounts';
const INTENT = 'openbanking_intent_id';

async function guarded<T>(step: OAuthStep, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toOAuthFailure(error, step);
  }
}

function textOf(body: oauth.FetchBody): string | null {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string' || body instanceof URLSearchParams) return body.toString();
  throw new TypeError('the OAuth library sends text only');
}

/** Busy and broken banks are judged here, before the library turns them into a protocol error. */
function fetchThrough(http: HttpClient, clock: Clock): oauth.CustomFetch {
  return async (url, options) => {
    const method = options.method === 'POST' ? 'POST' : 'GET';
    const response = await http.send({ method, url, headers: options.headers, body: textOf(options.body) });
    if (response.status === 429 || response.status >= 500) throw judgeRefusal(response, clock.now());
    return new Response(new Uint8Array(response.body), { status: response.status, headers: response.headers });
  };
}

/** The page opens in the user's own browser: https, or for the practice bank a loopback address. */
function isSignInPage(address: string | undefined, practice: boolean): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (practice && protocol === 'http:' && hostname === '127.0.0.1');
}

/** @throws {AppError} unless the server is exactly the issuer and offers what the profile demands. @see FAPI 1.0 Advanced §5.2.2; RFC 9126 §5 */
function checkServer(config: oauth.Configuration, endpoint: Endpoint): void {
  const server = config.serverMetadata();
  if (server.issuer !== endpoint.issuer) throw invalidResponse('discovery issuer');
  if (!server.supportsPKCE('S256')) throw invalidResponse('discovery code_challenge_methods_supported');
  if (server.pushed_authorization_request_endpoint === undefined)
    throw invalidResponse('discovery pushed_authorization_request_endpoint');
  if (!isSignInPage(server.authorization_endpoint, endpoint.practice))
    throw invalidResponse('discovery authorization_endpoint');
}

/** What the bank says about itself. @throws {AppError} BANK_*, TLS_* */
export async function discoverBank(session: BankSession, clock: Clock): Promise<oauth.Configuration> {
  const { endpoint, http } = session;
  const metadata = {
    use_mtls_endpoint_aliases: true,
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_method: 'tls_client_auth',
  };
  const options = { [oauth.customFetch]: fetchThrough(http, clock), timeout: 300 };
  const config = await guarded('discovery', () =>
    oauth.discovery(new URL(endpoint.issuer), endpoint.clientId, metadata, oauth.TlsClientAuth(), options),
  );
  checkServer(config, endpoint);
  // Only the practice bank's sign-in page is plain; requests stay on https, because the job's client knows nothing else.
  if (endpoint.practice) oauth.allowInsecureRequests(config);
  return config;
}

/** An access token of the office itself, for consents. */
export async function clientToken(config: oauth.Configuration): Promise<string> {
  const answer = await guarded('client', () => oauth.clientCredentialsGrant(config, { scope: CLIENT_SCOPE }));
  return answer.access_token;
}

/** The secrets of one authorisation request. */
export interface AuthorisationSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export function newAuthorisationSecrets(): AuthorisationSecrets {
  return { state: oauth.randomState(), nonce: oauth.randomNonce(), codeVerifier: oauth.randomPKCECodeVerifier() };
}

export interface AuthorisationRequest {
  readonly redirectUri: string;
  readonly consentId: string;
  readonly secrets: AuthorisationSecrets;
}

/** Pushes the request and returns the address of the sign-in page. @see RFC 9126; UK Open Banking Security Profile, "openbanking_intent_id" */
export async function pushAuthorisation(config: oauth.Configuration, request: AuthorisationRequest): Promise<string> {
  const { secrets } = request;
  const intent = { [INTENT]: { value: request.consentId, essential: true } };
  const parameters = {
    redirect_uri: request.redirectUri,
    scope: SCOPE,
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(secrets.codeVerifier),
    code_challenge_method: 'S256',
    claims: JSON.stringify({ id_token: intent, userinfo: intent }),
  };
  const url = await guarded('authorise', () => oauth.buildAuthorizationUrlWithPAR(config, parameters));
  return url.href;
}

type TokenAnswer = Awaited<ReturnType<typeof oauth.authorizationCodeGrant>>;

/** A scope wider than asked is refused. @see RFC 6749 §5.1 */
function toTokens(answer: TokenAnswer, previous: Tokens | null, now: number): Tokens {
  const scope = answer.scope ?? previous?.scope ?? SCOPE;
  const wider = scope.split(' ').filter((part) => !SCOPE.split(' ').includes(part));
  if (wider.length > 0) throw new AppError('CONSENT_SIGN_IN_FAILED', { reason: 'scope' });
  return {
    accessToken: answer.access_token,
    accessTokenExpiresAt: answer.expires_in === undefined ? null : instantOf(now + answer.expires_in * 1000),
    refreshToken: answer.refresh_token ?? previous?.refreshToken ?? null,
    scope,
  };
}

export interface AuthorisationAnswer {
  readonly returned: URL;
  readonly consentId: string;
  readonly secrets: AuthorisationSecrets;
}

/** Exchanges the code; state, issuer, nonce and the consent in the ID token must all be ours. @see RFC 9207; OpenID Connect Core 1.0 §3.1.3.7 */
export async function exchangeCode(
  config: oauth.Configuration,
  answer: AuthorisationAnswer,
  clock: Clock,
): Promise<Tokens> {
  const { secrets } = answer;
  const checks = { expectedState: secrets.state, expectedNonce: secrets.nonce, pkceCodeVerifier: secrets.codeVerifier };
  const tokens = await guarded('exchange', () => oauth.authorizationCodeGrant(config, answer.returned, checks));
  const intent = tokens.claims()?.[INTENT];
  if (intent !== undefined && intent !== answer.consentId)
    throw new AppError('CONSENT_SIGN_IN_FAILED', { reason: INTENT });
  return toTokens(tokens, null, clock.now());
}

/** @throws {AppError} BANK_UNAUTHORISED when the refresh token is over, used or revoked */
export async function refreshTokens(config: oauth.Configuration, tokens: Tokens, clock: Clock): Promise<Tokens> {
  const { refreshToken } = tokens;
  if (refreshToken === null) throw new AppError('BANK_UNAUTHORISED', { reason: 'no_refresh_token' });
  const answer = await guarded('refresh', () => oauth.refreshTokenGrant(config, refreshToken));
  return toTokens(answer, tokens, clock.now());
}
