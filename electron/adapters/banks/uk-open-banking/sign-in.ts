// Sign-in at a bank: consent, pushed request, the browser's return, code exchange, and what the consent brought. It opens no browser.
import type { Tokens } from '../../../../shared/ipc/processes/connector-contract.ts';
import type { BankSession, PendingSignIn, SignedIn, SignInRequest } from '../../../core/ports/bank-adapter.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Timer } from '../../../core/ports/timer.ts';
import { openLoopbackRedirect } from '../loopback-redirect.ts';
import {
  clientToken,
  discoverBank,
  exchangeCode,
  newAuthorisationSecrets,
  pushAuthorisation,
  type AuthorisationAnswer,
} from './authorisation.ts';
import { consentProblem, judgePermissions } from './consent.ts';
import { ownAddress, Resources } from './resources.ts';

export interface SignInOptions {
  readonly clock: Clock;
  readonly timer: Timer;
  /** How long the user may take at the bank's page. */
  readonly signInTimeoutMs: number;
}

interface Granted {
  readonly session: BankSession;
  readonly request: SignInRequest;
  readonly tokens: Tokens;
  readonly consentId: string;
}

/** Reads back what the bank granted, under tokens of both kinds. */
async function readGrant(
  { session, request, tokens, consentId }: Granted,
  consents: Resources,
  clock: Clock,
): Promise<SignedIn> {
  const consent = await consents.readConsent(consentId);
  const problem = consentProblem(consent, clock.now());
  if (problem) throw problem;
  const customer = new Resources({ session, clock, accessToken: tokens.accessToken, customerIpAddress: ownAddress() });
  return {
    tokens,
    consentExpiresAt: consent.expiresAt,
    startDateGranted: consent.from,
    permissions: judgePermissions(consent.permissions, request.permissions),
    accounts: await customer.accounts(),
  };
}

/** The first half; `finish` of what it returns is the second. @throws {AppError} TLS_*, BANK_*, CONSENT_SIGN_IN_FAILED */
export async function beginSignIn(
  session: BankSession,
  request: SignInRequest,
  options: SignInOptions,
): Promise<PendingSignIn> {
  const { clock, timer, signInTimeoutMs } = options;
  const config = await discoverBank(session, clock);
  const accessToken = await clientToken(config);
  const consents = new Resources({ session, clock, accessToken, customerIpAddress: ownAddress() });
  const { id: consentId } = await consents.createConsent(request);
  const secrets = newAuthorisationSecrets();
  const { signal } = session;
  const redirect = await openLoopbackRedirect({ state: secrets.state, timer, timeoutMs: signInTimeoutMs, signal });
  const close = (): Promise<void> => redirect.close();
  const finish = async (): Promise<SignedIn> => {
    try {
      const answer: AuthorisationAnswer = { returned: await redirect.returned, consentId, secrets };
      const tokens = await exchangeCode(config, answer, clock);
      return await readGrant({ session, request, tokens, consentId }, consents, clock);
    } finally {
      await close();
    }
  };
  try {
    const { redirectUri } = redirect;
    const url = await pushAuthorisation(config, { redirectUri, consentId, secrets });
    return { url, consentId, finish, close };
  } catch (error) {
    await close();
    throw error;
  }
}
