// A connection's health from what is recorded about it: state, cause, whose move. Pure; the whole judgement is the table below.
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Health } from '../../../shared/ipc/contract/connections.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { ConnectionRecord } from '../ports/connection-repository.ts';
import type { z } from 'zod';

type HealthValue = z.infer<typeof Health>;
type Judgement = readonly [state: HealthValue['state'], whoseMove: HealthValue['whoseMove']];

/**
 * What a failed try means. `blocked` is a security stop. `stale` heals by itself: the next try may succeed. Codes not listed are judged by
 * their area, and what no line names needs a person.
 */
export const JUDGEMENTS: Readonly<Partial<Record<ErrorCode, Judgement>>> = {
  TLS_PIN_MISMATCH: ['blocked', 'you'],
  TLS_CERTIFICATE_EXPIRED: ['blocked', 'bank'],
  TLS_CERTIFICATE_NOT_YET_VALID: ['blocked', 'you'],
  TLS_WRONG_HOST: ['blocked', 'you'],
  TLS_AUTHORITY_UNKNOWN: ['blocked', 'you'],
  TLS_VERSION_REFUSED: ['blocked', 'bank'],
  TLS_CLIENT_CERTIFICATE_REFUSED: ['needs-you', 'you'],
  TLS_ENVIRONMENT_REFUSED: ['blocked', 'you'],
  TLS_HANDSHAKE_FAILED: ['stale', 'nobody'],
  BANK_REDIRECTED: ['blocked', 'you'],
  BANK_RATE_LIMITED: ['limited', 'nobody'],
  BANK_UNREACHABLE: ['stale', 'nobody'],
  BANK_TIMEOUT: ['stale', 'nobody'],
  BANK_SERVER_ERROR: ['stale', 'bank'],
  BANK_RESPONSE_INVALID: ['stale', 'bank'],
  BANK_RESPONSE_TRUNCATED: ['stale', 'nobody'],
  BANK_RESPONSE_TOO_LARGE: ['needs-you', 'you'],
  BANK_REFUSED: ['needs-you', 'you'],
  BANK_UNAUTHORISED: ['needs-you', 'you'],
  CONSENT_EXPIRED: ['needs-you', 'you'],
  CONSENT_REVOKED: ['needs-you', 'client'],
  CONSENT_REJECTED: ['needs-you', 'you'],
  CONSENT_SIGN_IN_FAILED: ['needs-you', 'you'],
  CONSENT_SIGN_IN_TIMEOUT: ['needs-you', 'you'],
  CONNECTION_CREDENTIALS_MISSING: ['needs-you', 'you'],
  KEYCHAIN_UNAVAILABLE: ['needs-you', 'you'],
  PROCESS_CRASHED: ['stale', 'nobody'],
  PROCESS_TIMEOUT: ['stale', 'nobody'],
};

const BY_AREA: readonly (readonly [prefix: string, judgement: Judgement])[] = [
  ['TLS_', ['blocked', 'you']],
  ['BANK_', ['stale', 'bank']],
];

const NEEDS_YOU: Judgement = ['needs-you', 'you'];
const DAY_MS = 86_400_000;
/** From here on the consent's renewal is asked for. */
export const RENEWAL_DUE_DAYS = 14;
/** Older than this the last good sync is not today's picture any more. */
const STALE_AFTER_MS = 36 * 3_600_000;

/** What a cause means by itself. */
export function judge(cause: ErrorCode): Judgement {
  return JUDGEMENTS[cause] ?? BY_AREA.find(([prefix]) => cause.startsWith(prefix))?.[1] ?? NEEDS_YOU;
}

export interface HealthInput {
  readonly connection: ConnectionRecord;
  readonly callsToday: number;
  readonly now: Instant;
}

function daysLeft(expiresAt: Instant | null, now: Instant): number | null {
  return expiresAt === null ? null : Math.floor((Date.parse(expiresAt) - Date.parse(now)) / DAY_MS);
}

/** Cause and judgement, the gravest first: pause, credentials, consent, the last try, quota, renewal, age. */
function stateOf({ connection, now }: HealthInput): { judgement: Judgement; cause: ErrorCode | null } {
  const { paused, needsSignIn, stage, cause, consentExpiresAt, nextAllowedAt, lastGoodSyncAt } = connection;
  if (paused) return { judgement: ['paused', 'you'], cause };
  if (needsSignIn) return { judgement: NEEDS_YOU, cause: 'CONNECTION_CREDENTIALS_MISSING' };
  const left = daysLeft(consentExpiresAt, now);
  if (left !== null && left < 0) return { judgement: NEEDS_YOU, cause: 'CONSENT_EXPIRED' };
  if (cause !== null && judge(cause)[0] !== 'limited') return { judgement: judge(cause), cause };
  if (nextAllowedAt !== null && nextAllowedAt > now) return { judgement: ['limited', 'nobody'], cause };
  if (stage !== 'ready') return { judgement: NEEDS_YOU, cause: 'CONNECTION_NOT_READY' };
  if (left !== null && left <= RENEWAL_DUE_DAYS) return { judgement: ['renewal-due', 'you'], cause: null };
  const age = lastGoodSyncAt === null ? Infinity : Date.parse(now) - Date.parse(lastGoodSyncAt);
  if (age > STALE_AFTER_MS) return { judgement: ['stale', 'you'], cause };
  return { judgement: ['healthy', 'nobody'], cause: null };
}

/** `working` is never derived here: only the host knows what runs now. */
export function deriveHealth(input: HealthInput): HealthValue {
  const { connection, now, callsToday } = input;
  const { judgement, cause } = stateOf(input);
  const own = cause === connection.cause;
  return {
    state: judgement[0],
    whoseMove: judgement[1],
    cause,
    causeParams: own ? { ...connection.causeParams } : {},
    lastGoodSync: connection.lastGoodSyncAt,
    lastTry: connection.lastTryAt,
    nextAllowed: connection.nextAllowedAt !== null && connection.nextAllowedAt > now ? connection.nextAllowedAt : null,
    consentExpiresAt: connection.consentExpiresAt,
    consentDaysLeft: daysLeft(connection.consentExpiresAt, now),
    callsToday,
  };
}
