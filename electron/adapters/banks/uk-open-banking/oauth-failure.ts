// Turns what the OAuth library throws into Strongroom's own errors, once. Descriptions a bank wrote stay out of the parameters.
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import { invalidResponse } from './response-body.ts';

/** Which step of the conversation failed. */
export type OAuthStep = 'discovery' | 'client' | 'authorise' | 'exchange' | 'refresh';

const clean = (text: string): string => text.replace(/[^\w.-]/g, '').slice(0, 64);

/** What a refusal at the token endpoint means. @see RFC 6749 §5.2 */
const REFUSED: Readonly<Record<OAuthStep, ErrorCode>> = {
  discovery: 'BANK_REFUSED',
  client: 'BANK_REFUSED',
  authorise: 'CONSENT_SIGN_IN_FAILED',
  exchange: 'CONSENT_SIGN_IN_FAILED',
  refresh: 'BANK_UNAUTHORISED',
};

/** @see RFC 6749 §4.1.2.1: `access_denied` is the user's or the bank's no */
function authorisationRefused(error: AuthorizationResponseError): AppError {
  const code = error.error === 'access_denied' ? 'CONSENT_REJECTED' : 'CONSENT_SIGN_IN_FAILED';
  return new AppError(code, { reason: clean(error.error) }, { cause: error });
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let each = error; each instanceof Error && chain.length < 5; each = each.cause) chain.push(each);
  return chain;
}

/** The AppError for a failed step; an AppError inside stays what it is. @throws what is no failure of the conversation but a bug */
export function toOAuthFailure(error: unknown, step: OAuthStep): AppError {
  const own = causes(error).find((each) => each instanceof AppError);
  if (own instanceof AppError) return own;
  if (error instanceof AuthorizationResponseError) return authorisationRefused(error);
  if (error instanceof ResponseBodyError) {
    const invalid = step === 'refresh' && error.error !== 'invalid_grant' ? 'BANK_REFUSED' : REFUSED[step];
    return new AppError(invalid, { reason: clean(error.error), status: String(error.status) }, { cause: error });
  }
  if (error instanceof WWWAuthenticateChallengeError)
    return new AppError(REFUSED[step], { status: String(error.status) }, { cause: error });
  if (!(error instanceof ClientError)) throw error;
  if (step === 'exchange')
    return new AppError('CONSENT_SIGN_IN_FAILED', { reason: clean(error.code ?? 'answer') }, { cause: error });
  return invalidResponse(`${step} ${clean(error.code ?? '')}`.trim(), error);
}
