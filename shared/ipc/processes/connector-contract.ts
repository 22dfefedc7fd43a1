// What the host may ask of the connector process. Credentials travel in with a job and are gone when the job ends.
import { z } from 'zod';
import { WireError } from '../../errors/app-error.ts';
import { CalendarDate } from '../../model/calendar-date.ts';
import { JobId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { SourceAccount, SourceEvent } from '../../model/source.ts';
import { StatementProfile } from '../../model/statement-profile.ts';
import { ProfilePreview, StatementSurvey } from '../../model/statement-survey.ts';
import { call } from '../call.ts';
import { ConnectionType, Pin, TlsIdentity } from '../contract/connections.ts';

const Nothing = z.strictObject({});

/** Tokens of one connection as the keychain keeps them. */
export const Tokens = z.strictObject({
  accessToken: z.string(),
  accessTokenExpiresAt: Instant.nullable(),
  refreshToken: z.string().nullable(),
  scope: z.string(),
});
export type Tokens = z.infer<typeof Tokens>;

/** Where a job may go and how the other end is recognised. The connector reaches these hosts and no other. */
export const Endpoint = z.strictObject({
  type: ConnectionType,
  issuer: z.url({ protocol: /^https$/ }),
  resourceBase: z.url({ protocol: /^https$/ }),
  clientId: z.string(),
  pins: z.array(Pin).min(2),
  authorityPem: z.string().nullable(),
  practice: z.boolean(),
  certificatePem: z.string(),
  privateKeyPem: z.string(),
});
export type Endpoint = z.infer<typeof Endpoint>;

const Job = z.strictObject({ jobId: JobId });

const bank = {
  /** One handshake without credentials; `problem` says why the identity is not trusted by chain, host or date. */
  identify: call(
    { permission: 'public' },
    z.strictObject({ issuer: z.url(), resourceBase: z.url(), authorityPem: z.string().nullable() }),
    z.strictObject({ identity: TlsIdentity, trusted: z.boolean(), problem: WireError.nullable() }),
  ),
  /** Makes a consent, opens the loopback listener and returns the sign-in page's address. */
  beginSignIn: call(
    { permission: 'public' },
    z.strictObject({
      endpoint: Endpoint,
      permissions: z.array(z.string()),
      from: CalendarDate,
      expiresAt: Instant.nullable(),
    }),
    z.strictObject({ jobId: JobId, url: z.string(), consentId: z.string(), tls: TlsIdentity }),
  ),
  /** Waits for the browser's return, exchanges the code and lists the accounts. @throws {AppError} CONSENT_REJECTED, CONSENT_SIGN_IN_* */
  finishSignIn: call(
    { permission: 'public' },
    Job,
    z.strictObject({
      tokens: Tokens,
      consentExpiresAt: Instant.nullable(),
      startDateGranted: CalendarDate.nullable(),
      permissions: z.array(z.string()),
      accounts: z.array(z.strictObject({ resourceId: z.string(), account: SourceAccount })),
      tls: TlsIdentity,
    }),
  ),
  /** New tokens for a refresh token. The host stores them before it does anything else. */
  refresh: call(
    { permission: 'public' },
    z.strictObject({ endpoint: Endpoint, tokens: Tokens }),
    z.strictObject({ tokens: Tokens, tls: TlsIdentity }),
  ),
  beginFetch: call(
    { permission: 'public' },
    z.strictObject({
      endpoint: Endpoint,
      tokens: Tokens,
      consentId: z.string(),
      attended: z.boolean(),
      accounts: z.array(z.strictObject({ resourceId: z.string(), name: z.string(), from: CalendarDate })),
    }),
    Job,
  ),
  /**
   * The next slice. `account` says which account the events belong to, `failed` that it alone failed; `done` ends the job.
   * `calls` and the payload count from the job's beginning: the digest covers all response bodies so far, in order. An error's
   * parameters carry `calls` too.
   * @throws {AppError} what stops the whole connection: TLS_*, CONSENT_*, BANK_UNAUTHORISED, BANK_RATE_LIMITED, BANK_UNREACHABLE, BANK_REDIRECTED
   */
  nextSlice: call(
    { permission: 'public' },
    Job,
    z.strictObject({
      account: z.string().nullable(),
      events: z.array(SourceEvent),
      complete: z.boolean(),
      failed: WireError.nullable(),
      done: z.boolean(),
      calls: z.int(),
      tls: TlsIdentity.nullable(),
      payloadSha256: z.string(),
      payloadBytes: z.int(),
    }),
  ),
  /** Deletes the consent at the bank. */
  revoke: call({ permission: 'public' }, z.strictObject({ endpoint: Endpoint, consentId: z.string() }), Nothing),
};

const files = {
  survey: call(
    { permission: 'public' },
    z.strictObject({ fileName: z.string(), base64: z.base64().max(1_400_000) }),
    StatementSurvey,
  ),
  preview: call(
    { permission: 'public' },
    z.strictObject({ base64: z.base64().max(1_400_000), profile: StatementProfile }),
    ProfilePreview,
  ),
  begin: call(
    { permission: 'public' },
    z.strictObject({ fileName: z.string(), profile: StatementProfile.nullable() }),
    Job,
  ),
  slice: call(
    { permission: 'public' },
    Job.extend({ base64: z.base64().max(1_400_000) }),
    z.strictObject({ events: z.array(SourceEvent) }),
  ),
  /**
   * After the last slice, again until `done`: an archive's contents and the end of a large file come in several answers. `reader` names format and
   * version; `payloadSha256` covers all bytes of the file.
   */
  finish: call(
    { permission: 'public' },
    Job,
    z.strictObject({
      events: z.array(SourceEvent),
      done: z.boolean(),
      reader: z.string(),
      payloadSha256: z.string(),
      payloadBytes: z.int(),
    }),
  ),
};

const connectorJobs = { cancel: call({ permission: 'public' }, Job, Nothing) };

export const connectorContract = { bank, files, connectorJobs };
export type ConnectorContract = typeof connectorContract;
