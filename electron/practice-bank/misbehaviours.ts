// The ways in which the practice bank can misbehave on command. Names are stable: the command line and tests use them.
import { z } from 'zod';

/** One line a switch: what the bank then does. */
export const MISBEHAVIOURS = {
  'wrong-pin': 'serves a valid certificate of the right authority and host over a key that nobody was told about',
  'backup-pin': 'serves a valid certificate over the backup key; clients must accept it',
  'expired-certificate': 'serves a certificate that ended yesterday',
  'not-yet-valid-certificate': 'serves a certificate that begins tomorrow',
  'self-signed-certificate': 'serves a certificate over the right key that no authority signed',
  'wrong-host': 'serves a certificate that names another host',
  'tls-1.2-only': 'speaks TLS 1.2 and nothing newer',
  'no-client-certificate': 'refuses the office’s client certificate with a TLS alert',
  'consent-expired': 'treats every authorised consent as expired',
  'consent-revoked': 'treats every authorised consent as cancelled by the customer at the bank',
  'rate-limited': 'answers 429 with Retry-After: 120',
  'server-error': 'answers 500',
  'truncated-body': 'promises a whole body and hangs up half way',
  redirect: 'answers 302 to another origin that would answer',
  slow: 'waits before every answer',
  'missing-interaction-id': 'leaves out x-fapi-interaction-id',
  'refresh-reuse': 'treats every refresh token as used already and revokes its grant',
  'duplicate-page': 'sends the first page of transactions twice',
} as const;

export type Misbehaviour = keyof typeof MISBEHAVIOURS;

export function isMisbehaviour(name: string): name is Misbehaviour {
  return Object.hasOwn(MISBEHAVIOURS, name);
}

/** A name out of MISBEHAVIOURS. */
export const MisbehaviourName = z.custom<Misbehaviour>(
  (value) => typeof value === 'string' && isMisbehaviour(value),
  'not a misbehaviour',
);
