// Connections to banks: the wizard's steps, health, sync. No call returns a credential.
import { z } from 'zod';
import { WireError } from '../../errors/app-error.ts';
import { ERROR_CODES } from '../../errors/codes.ts';
import { CalendarDate } from '../../model/calendar-date.ts';
import { AccountId, BatchId, ClientId, ConnectionId, JobId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { SourceAccount } from '../../model/source.ts';
import { call, event } from '../call.ts';
import { BatchSummary } from './batches.ts';

export const ConnectionType = z.enum(['uk-open-banking']);
export type ConnectionType = z.infer<typeof ConnectionType>;

/** `blocked` is a security stop: nothing is sent until a person has looked. */
export const HealthState = z.enum([
  'healthy',
  'working',
  'stale',
  'limited',
  'renewal-due',
  'needs-you',
  'blocked',
  'paused',
]);
export type HealthState = z.infer<typeof HealthState>;

/** SPKI SHA-256 as standard base64, 44 characters. @see RFC 7469 §2.4 */
export const Pin = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
export type Pin = z.infer<typeof Pin>;

/** The identity that answers today, and the one that may take its place: two keys, or the second is no way out. */
export const Pins = z.tuple([Pin, Pin]).refine(([current, backup]) => current !== backup, 'two different keys');

/** Who answered at the other end. */
export const TlsIdentity = z.strictObject({
  host: z.string(),
  protocol: z.string(),
  cipher: z.string(),
  subject: z.string(),
  issuer: z.string(),
  validFrom: Instant,
  validTo: Instant,
  spkiSha256: Pin,
  certificateSha256: z.string(),
});
export type TlsIdentity = z.infer<typeof TlsIdentity>;

export const Health = z.strictObject({
  state: HealthState,
  /** Code of what stopped the last try; null when nothing did. */
  cause: z.enum(ERROR_CODES).nullable(),
  causeParams: z.record(z.string(), z.string()),
  whoseMove: z.enum(['nobody', 'you', 'bank', 'client']),
  lastGoodSync: Instant.nullable(),
  lastTry: Instant.nullable(),
  /** Before this instant no automatic call is made: back-off, `Retry-After` or quota. */
  nextAllowed: Instant.nullable(),
  consentExpiresAt: Instant.nullable(),
  consentDaysLeft: z.int().nullable(),
  callsToday: z.int(),
});
export type Health = z.infer<typeof Health>;

export const ConnectionAccount = z.strictObject({
  /** The account's resource id under this consent; changes with a new consent. */
  resourceId: z.string(),
  account: SourceAccount,
  clientId: ClientId.nullable(),
  accountId: AccountId.nullable(),
});
export type ConnectionAccount = z.infer<typeof ConnectionAccount>;

/** Where the wizard stands; `ready` connections sync. */
export const ConnectionStage = z.enum(['created', 'authorised', 'ready']);

export const ConnectionView = z.strictObject({
  id: ConnectionId,
  type: ConnectionType,
  institution: z.string(),
  practice: z.boolean(),
  stage: ConnectionStage,
  createdAt: Instant,
  permissions: z.array(z.string()),
  startDateAsked: CalendarDate.nullable(),
  startDateGranted: CalendarDate.nullable(),
  accounts: z.array(ConnectionAccount),
  health: Health,
  pins: z.array(z.strictObject({ spkiSha256: Pin, role: z.enum(['current', 'backup']), pinnedAt: Instant })),
  tls: TlsIdentity.nullable(),
  /** The last 90 days, one entry a try, newest first. */
  history: z.array(
    z.strictObject({ at: Instant, ok: z.boolean(), cause: z.enum(ERROR_CODES).nullable(), newRows: z.int() }),
  ),
});
export type ConnectionView = z.infer<typeof ConnectionView>;

/** What the user must hand in before the first call: the bank's address and the office's own client certificate. */
export const ConnectionDetails = z.strictObject({
  type: ConnectionType,
  institution: z.string().trim().min(1).max(200),
  /** OpenID Connect issuer, exact. @see OpenID Connect Discovery 1.0 §3 */
  issuer: z.url({ protocol: /^https$/ }),
  /** Base of the account information API, e.g. `https://…/open-banking/v4.0/aisp`. */
  resourceBase: z.url({ protocol: /^https$/ }),
  clientId: z.string().min(1).max(300),
  /** The office's client certificate and its key, PEM. Null only for the practice bank: the host takes what that bank enrolled. */
  enrolment: z
    .strictObject({ certificatePem: z.string().max(20_000), privateKeyPem: z.string().max(20_000) })
    .nullable(),
  /** Authority of the bank's server certificate, where it is not one the system knows; PEM. */
  authorityPem: z.string().max(100_000).nullable(),
  practice: z.boolean(),
});
export type ConnectionDetails = z.infer<typeof ConnectionDetails>;

/** Several batches, one a client with assigned accounts, and what failed alone. */
export const SyncOutcome = z.strictObject({
  connectionId: ConnectionId,
  committed: z.boolean(),
  batches: z.array(BatchSummary),
  failedAccounts: z.array(z.strictObject({ resourceId: z.string(), name: z.string(), error: WireError })),
});
export type SyncOutcome = z.infer<typeof SyncOutcome>;

/** Progress of a long job. */
export const JobProgress = z.strictObject({
  jobId: JobId,
  kind: z.enum(['sync', 'sign-in', 'import', 'backup', 'restore']),
  label: z.string(),
  done: z.int(),
  total: z.int().nullable(),
  unit: z.enum(['rows', 'bytes', 'accounts', 'steps']),
  state: z.enum(['running', 'finished', 'failed', 'cancelled']),
  error: WireError.nullable(),
});
export type JobProgress = z.infer<typeof JobProgress>;

const One = z.strictObject({ connectionId: ConnectionId });

export const connections = {
  list: call({ permission: 'connections.read' }, z.strictObject({}), z.array(ConnectionView)),
  /** Connects once, without credentials and without trusting, and says who answered. */
  identify: call(
    { permission: 'connections.manage', runsIn: 'host' },
    z.strictObject({
      issuer: z.url({ protocol: /^https$/ }),
      resourceBase: z.url({ protocol: /^https$/ }),
      authorityPem: z.string().max(100_000).nullable(),
    }),
    z.strictObject({ identity: TlsIdentity, trusted: z.boolean(), problem: WireError.nullable() }),
  ),
  /** Stores the client key in the OS keychain, pins the identity that the user confirmed (current and backup) and records the connection. */
  create: call(
    { permission: 'connections.manage', runsIn: 'host', audited: true, stepUp: true },
    ConnectionDetails.extend({ pins: Pins, startDate: CalendarDate }),
    ConnectionView,
  ),
  /** Makes the consent, opens the sign-in page in the system browser and waits for the bank's answer. */
  authorise: call({ permission: 'connections.manage', runsIn: 'host', audited: true }, One, ConnectionView),
  /** Assigns accounts to clients; what is not named stays unassigned and is never fetched. */
  assign: call(
    { permission: 'connections.manage', audited: true },
    One.extend({ assignments: z.array(z.strictObject({ resourceId: z.string(), clientId: ClientId })) }),
    ConnectionView,
  ),
  /** Fetches and stages; commits too unless `dryRun`. */
  sync: call({ permission: 'connections.sync', runsIn: 'host' }, One.extend({ dryRun: z.boolean() }), SyncOutcome),
  /** Commits the batches a dry run staged. */
  commit: call(
    { permission: 'connections.sync', runsIn: 'host' },
    One.extend({ batches: z.array(z.strictObject({ clientId: ClientId, batchId: BatchId })) }),
    SyncOutcome,
  ),
  pause: call({ permission: 'connections.manage', audited: true }, One.extend({ paused: z.boolean() }), ConnectionView),
  /** Deletes the consent at the bank, the credentials and the connection; its accounts and rows stay. `consentRevoked` is false where the bank could not be told. */
  disconnect: call(
    { permission: 'connections.manage', runsIn: 'host', audited: true },
    One,
    z.strictObject({ consentRevoked: z.boolean() }),
  ),
  changed: event(z.strictObject({ connectionId: ConnectionId })),
};

export const jobs = {
  cancel: call({ permission: 'signed-in', runsIn: 'host' }, z.strictObject({ jobId: JobId }), z.strictObject({})),
  progress: event(JobProgress),
};
