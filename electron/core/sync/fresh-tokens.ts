// Access tokens that are still good, or renewed ones that are in the keychain before anything uses them.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Tokens } from '../../../shared/ipc/processes/connector-contract.ts';
import type { ConnectionJob } from '../../../shared/ipc/processes/vault-contract.ts';
import type { HostContext } from '../app/host-context.ts';
import {
  endpointOf,
  readConnectionSecrets,
  writeConnectionSecrets,
  type ConnectionSecrets,
} from '../connections/connection-secrets.ts';

const MARGIN_MS = 30_000;

export type SignedInSecrets = ConnectionSecrets & { tokens: Tokens };

function isFresh(tokens: Tokens, nowMs: number): boolean {
  return tokens.accessTokenExpiresAt === null || Date.parse(tokens.accessTokenExpiresAt) - MARGIN_MS > nowMs;
}

/** Exchanges the refresh token and stores the answer before returning it. @throws {AppError} CONSENT_EXPIRED where there is no refresh token */
export async function renewTokens(
  context: HostContext,
  job: ConnectionJob,
  secrets: SignedInSecrets,
): Promise<SignedInSecrets> {
  if (secrets.tokens.refreshToken === null)
    throw new AppError('CONSENT_EXPIRED', { institution: job.details.institution });
  const { tokens } = await context.connector.bank.refresh({
    endpoint: endpointOf(job, secrets),
    tokens: secrets.tokens,
  });
  const renewed = { ...secrets, tokens };
  await writeConnectionSecrets(context.secrets, job.id, renewed);
  return renewed;
}

/** @throws {AppError} CONNECTION_NOT_READY before the first sign-in, CONNECTION_CREDENTIALS_MISSING after a restore */
export async function freshSecrets(context: HostContext, job: ConnectionJob): Promise<SignedInSecrets> {
  const secrets = await readConnectionSecrets(context.secrets, job.id);
  if (!secrets.tokens) throw new AppError('CONNECTION_NOT_READY', { institution: job.details.institution });
  const signedIn = { ...secrets, tokens: secrets.tokens };
  return isFresh(signedIn.tokens, context.clock.now()) ? signedIn : await renewTokens(context, job, signedIn);
}
