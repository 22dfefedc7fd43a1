// Who is calling the account information API: checks the token, its certificate binding and the consent behind it. It serves nothing.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Provider, StoredToken } from 'oidc-provider';
import { AnswerError, refuseWith } from './answer.ts';
import { statusOf, type Consent, type Consents, type Permission } from './consents.ts';
import type { Misbehaviour } from './misbehaviours.ts';

export type AccessOptions = {
  readonly provider: Provider;
  readonly consents: Consents;
  readonly active: ReadonlySet<Misbehaviour>;
};

type BoundRequest = IncomingMessage & { readonly socket: TLSSocket };

function unauthorised(reason: string): never {
  throw new AnswerError({
    status: 401,
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${reason}"` },
  });
}

function bearerOf(request: IncomingMessage): string {
  const match = /^Bearer ([\w~+/.-]+=*)$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? unauthorised('no bearer token');
}

/** @see RFC 8705 §3 */
function checkBinding(token: StoredToken, request: BoundRequest): StoredToken {
  const certificate = request.socket.getPeerX509Certificate();
  const thumbprint = certificate && createHash('sha256').update(certificate.raw).digest('base64url');
  if (thumbprint === undefined || token['x5t#S256'] !== thumbprint)
    unauthorised('token is bound to another certificate');
  if (!(token.scope ?? '').split(' ').includes('accounts')) refuseWith(403, 'U009', 'scope accounts is missing');
  return token;
}

/** The client behind a client-credentials token. @throws {AnswerError} 401 or 403 */
export async function requireClient(options: AccessOptions, request: BoundRequest): Promise<string> {
  const token = await options.provider.ClientCredentials.find(bearerOf(request));
  return checkBinding(token ?? unauthorised('token is unknown or over'), request).clientId;
}

/** The authorised consent behind a customer's token. @throws {AnswerError} 401 or 403 */
export async function requireConsent(options: AccessOptions, request: BoundRequest): Promise<Consent> {
  const token = checkBinding(
    (await options.provider.AccessToken.find(bearerOf(request))) ?? unauthorised('token is unknown or over'),
    request,
  );
  const consent = options.consents.findByGrant(token.grantId ?? '') ?? unauthorised('no consent behind this token');
  const status = statusOf(consent, options.active);
  if (status !== 'AUTH') refuseWith(403, 'U010', `The consent has status ${status}.`);
  return consent;
}

/** @throws {AnswerError} 403 unless one of the permissions is in the consent */
export function requirePermission(consent: Consent, ...oneOf: readonly Permission[]): void {
  if (oneOf.some((permission) => consent.request.Permissions.includes(permission))) return;
  refuseWith(403, 'U009', `The consent does not include ${oneOf.join(' or ')}.`);
}
