// The bank's OAuth 2 and OpenID Connect side: a real authorisation server, configured. It shows no page itself (sign-in.ts does).
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { errors, interactionPolicy, Provider, type RequestContext } from 'oidc-provider';
import { z } from 'zod';
import type { Consent, Consents } from './consents.ts';
import './oidc-provider.d.ts';
import { createMemoryAdapter } from './memory-adapter.ts';
import type { Misbehaviour } from './misbehaviours.ts';
import { messagePage } from './sign-in-page.ts';
import { CLIENT_ID } from './tls-identity.ts';

export const INTENT_CLAIM = 'openbanking_intent_id';
/** Loopback redirect; RFC 8252 §7.3 lets the port vary. */
export const REDIRECT_URI = 'http://127.0.0.1/callback';

export type AuthorisationServerOptions = {
  readonly issuer: string;
  /** Origin of the plain side that the customer's browser sees. */
  readonly frontOrigin: string;
  readonly accessTokenSeconds: number;
  readonly consents: Consents;
  readonly active: ReadonlySet<Misbehaviour>;
};

const Intent = z.looseObject({ [INTENT_CLAIM]: z.looseObject({ value: z.string() }).optional() });
const IntentClaims = z.looseObject({ id_token: Intent.optional(), userinfo: Intent.optional() });

/** The consent id in a `claims` request parameter: under `id_token`, or under `userinfo` as some banks take it. */
export function intentOf(claims: unknown): string | undefined {
  const parsed = IntentClaims.safeParse(typeof claims === 'string' ? JSON.parse(claims) : claims);
  return parsed.data?.id_token?.[INTENT_CLAIM]?.value ?? parsed.data?.userinfo?.[INTENT_CLAIM]?.value;
}

/** @throws oidc-provider's InvalidRequest when no consent of this client waits for (or has) the customer's approval */
function requireConsent(options: AuthorisationServerOptions, claims: unknown, clientId: string | undefined): Consent {
  const intent = intentOf(claims);
  if (intent === undefined) throw new errors.InvalidRequest(`claim ${INTENT_CLAIM} is missing`);
  const consent = options.consents.find(intent);
  const usable = consent?.clientId === clientId && (consent?.status === 'AWAU' || consent?.status === 'AUTH');
  if (consent === undefined || !usable) throw new errors.InvalidRequest('consent is unknown or no longer open');
  return consent;
}

function signInPolicy(options: AuthorisationServerOptions): unknown[] {
  const { Check, Prompt } = interactionPolicy;
  const notSignedIn = (ctx: RequestContext): boolean => {
    requireConsent(options, ctx.oidc.params?.claims, ctx.oidc.client?.clientId);
    return ctx.oidc.result?.login === undefined;
  };
  const notApproved = (ctx: RequestContext): boolean => ctx.oidc.result?.consent === undefined;
  return [
    new Prompt({ name: 'login', requestable: true }, new Check('sign_in', 'the customer must sign in', notSignedIn)),
    new Prompt({ name: 'consent', requestable: true }, new Check('approval', 'the customer must approve', notApproved)),
  ];
}

function features(options: AuthorisationServerOptions): Record<string, unknown> {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    userinfo: { enabled: true },
    resourceIndicators: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    revocation: { enabled: true, allowedPolicy: async () => true },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    claimsParameter: {
      enabled: true,
      assertClaimsParameter: async (_ctx: unknown, claims: unknown, client: { clientId: string }) =>
        void requireConsent(options, claims, client.clientId),
    },
    mTLS: {
      enabled: true,
      certificateBoundAccessTokens: true,
      tlsClientAuth: true,
      getCertificate: (ctx: RequestContext) => ctx.req.socket.getPeerX509Certificate?.(),
      certificateAuthorized: (ctx: RequestContext) => ctx.req.socket.authorized,
      certificateSubjectMatches: (ctx: RequestContext, property: string, expected: string) =>
        property === 'tls_client_auth_subject_dn' && ctx.req.socket.getPeerX509Certificate()?.subject === expected,
    },
  };
}

const CLIENT = {
  client_id: CLIENT_ID,
  client_name: 'Strongroom',
  application_type: 'native',
  redirect_uris: [REDIRECT_URI],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  token_endpoint_auth_method: 'tls_client_auth',
  tls_client_auth_subject_dn: `CN=${CLIENT_ID}`,
  tls_client_certificate_bound_access_tokens: true,
  id_token_signed_response_alg: 'ES256',
  scope: 'openid offline_access accounts',
};

const ROUTES = {
  authorization: '/authorize',
  pushed_authorization_request: '/par',
  token: '/token',
  revocation: '/token/revocation',
  jwks: '/jwks',
};

function account(signIn: string): unknown {
  return {
    accountId: signIn,
    claims: (_use: string, _scope: string, claims: Record<string, { value?: string } | null>) => ({
      sub: signIn,
      [INTENT_CLAIM]: claims[INTENT_CLAIM]?.value,
    }),
  };
}

async function signingKeys(): Promise<unknown> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] };
}

function lifetimes(options: AuthorisationServerOptions): Record<string, number> {
  const hour = 3600;
  return {
    AccessToken: options.accessTokenSeconds,
    ClientCredentials: options.accessTokenSeconds,
    AuthorizationCode: 60,
    IdToken: hour,
    Interaction: hour,
    Session: hour,
    Grant: 180 * 24 * hour,
    RefreshToken: 90 * 24 * hour,
  };
}

function renderError(ctx: RequestContext, problem: { error: string; error_description?: string }): void {
  ctx.type = 'html';
  ctx.body = messagePage('This request cannot be carried out', `${problem.error}: ${problem.error_description ?? ''}`);
}

function serverError(...values: unknown[]): void {
  const error = values.find((value) => value instanceof Error);
  process.stderr.write(`practice bank: authorisation server failed: ${error?.stack ?? 'unknown'}\n`);
}

/** Points the one endpoint that a person's browser visits at the plain side. */
function redirectBrowsers(provider: Provider, frontOrigin: string): void {
  provider.use(async (ctx, next) => {
    await next();
    if (!ctx.path.startsWith('/.well-known/') || typeof ctx.body !== 'object') return;
    ctx.body = { ...ctx.body, authorization_endpoint: `${frontOrigin}${ROUTES.authorization}` };
  });
}

export async function createAuthorisationServer(options: AuthorisationServerOptions): Promise<Provider> {
  const provider = new Provider(options.issuer, {
    adapter: createMemoryAdapter({ refreshTokensLookUsed: () => options.active.has('refresh-reuse') }),
    jwks: await signingKeys(),
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clients: [CLIENT],
    clientAuthMethods: ['tls_client_auth'],
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access', 'accounts'],
    claims: { openid: ['sub', INTENT_CLAIM] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256'] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    discovery: {
      mtls_endpoint_aliases: {
        token_endpoint: `${options.issuer}${ROUTES.token}`,
        pushed_authorization_request_endpoint: `${options.issuer}${ROUTES.pushed_authorization_request}`,
        revocation_endpoint: `${options.issuer}${ROUTES.revocation}`,
      },
    },
    routes: ROUTES,
    pkce: { required: () => true },
    features: features(options),
    ttl: lifetimes(options),
    renderError,
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    expiresWithSession: async () => false,
    findAccount: (_ctx: unknown, signIn: string) => account(signIn),
    interactions: {
      policy: signInPolicy(options),
      url: (_ctx: unknown, interaction: { uid: string }) => `/sign-in/${interaction.uid}`,
    },
  });
  provider.on('server_error', serverError);
  redirectBrowsers(provider, options.frontOrigin);
  return provider;
}
