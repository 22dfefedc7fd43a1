// What the host may ask of the vault process beyond THE contract. No window reaches these calls.
import { z } from 'zod';
import { CalendarDate } from '../../model/calendar-date.ts';
import { AccountId, BatchId, ClientId, ConnectionId, OfficeId, UserId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { PERMISSIONS, Role } from '../../model/roles.ts';
import { SourceEvent } from '../../model/source.ts';
import { WireError } from '../../errors/app-error.ts';
import { ERROR_CODES } from '../../errors/codes.ts';
import { call } from '../call.ts';
import { BackupContents, BackupKey } from '../contract/backups.ts';
import { BatchSummary, TlsSeen } from '../contract/batches.ts';
import {
  ConnectionAccount,
  ConnectionDetails,
  ConnectionView,
  Pin,
  Pins,
  TlsIdentity,
} from '../contract/connections.ts';
import { FactorState } from '../contract/factors.ts';
import { DoorUser, OwnFactors, PasswordStrength, Protection, SignInAlert } from '../contract/office.ts';
import { SealedText, SealingKey } from '../../model/sealed-text.ts';

const Nothing = z.strictObject({});
const Directory = z.string().min(1).max(4000);
/** 32 random bytes from the OS keychain as base64; null in password-only mode. */
const DeviceSecret = z.base64().length(44).nullable();
/** 32 random bytes as base64url, known to the host and the vault only. */
export const SessionToken = z.string().length(43);

/** 32 bytes that a second-factor device made of a slot's challenge, base64; null where the slot asks for none. */
const DeviceOutput = z.base64().length(44).nullable();
/** The office's state as remembered outside its folder: opaque JSON, authenticated with a key of the office. */
export const Anchor = z.string().max(2000);

export const OfficeIdentity = z.strictObject({
  id: OfficeId,
  name: z.string(),
  createdAt: Instant,
  protection: Protection,
});

/** A slot of the header, as far as it may be known without a key. */
export const DoorSlot = DoorUser.omit({ triesLeft: true, waitSeconds: true }).extend({
  /** What the host hands to the second-factor device: both base64. */
  challenge: z.strictObject({ credentialId: z.string().max(2000), salt: z.base64().length(44) }).nullable(),
});
export type DoorSlot = z.infer<typeof DoorSlot>;

export const OpenedOffice = z.strictObject({
  session: SessionToken,
  office: OfficeIdentity,
  user: z.strictObject({ id: UserId, name: z.string(), role: Role, factors: OwnFactors }),
  lockAfterMinutes: z.int(),
  recoveryProven: z.boolean(),
  /** True where she is an owner, and somebody who is none may know the recovery identity. */
  recoveryKitDue: z.boolean(),
  warnings: z.array(z.string()),
  anchor: Anchor,
});
export type OpenedOffice = z.infer<typeof OpenedOffice>;

/** What a sync job of one connection needs, apart from its credentials. */
export const ConnectionJob = z.strictObject({
  id: ConnectionId,
  details: ConnectionDetails.omit({ enrolment: true }),
  pins: z.array(Pin).min(2),
  permissions: z.array(z.string()),
  startDate: CalendarDate,
  consentId: z.string().nullable(),
  paused: z.boolean(),
  nextAllowed: Instant.nullable(),
  /** Assigned accounts only, with the first day to ask for: the watermark, or the start date. */
  accounts: z.array(
    z.strictObject({
      resourceId: z.string(),
      name: z.string(),
      clientId: ClientId,
      accountId: AccountId.nullable(),
      from: CalendarDate,
    }),
  ),
});
export type ConnectionJob = z.infer<typeof ConnectionJob>;

const One = z.strictObject({ connectionId: ConnectionId });

/** The window a session starts in: signing in is a fresh proof there. */
const Window = z.string().max(100).nullable();

/** How a person proves herself. The vault decides which of them her slot and factors ask for. */
const Credentials = z.strictObject({
  directory: Directory,
  window: Window,
  userId: UserId,
  password: SealedText,
  deviceSecret: DeviceSecret,
  deviceOutput: DeviceOutput,
});

const office = {
  /** What the folder holds, read without a key. `problem` names damage, a newer schema or another program in the same folder. */
  inspect: call(
    { permission: 'public' },
    z.strictObject({ directory: Directory }),
    z.strictObject({
      office: OfficeIdentity.nullable(),
      users: z.array(DoorSlot),
      entryKey: SealingKey,
      lockAfterMinutes: z.int().nullable(),
      problem: WireError.nullable(),
      warnings: z.array(z.string()),
    }),
  ),
  create: call(
    { permission: 'public', audited: true },
    z.strictObject({
      directory: Directory,
      window: Window,
      officeId: OfficeId,
      name: z.string(),
      ownerName: z.string(),
      password: SealedText,
      deviceSecret: DeviceSecret,
      lockAfterMinutes: z.int().min(1).max(15),
      replyKey: SealingKey,
    }),
    z.strictObject({ opened: OpenedOffice, kit: SealedText }),
  ),
  unlock: call(
    { permission: 'public', audited: true },
    Credentials.extend({
      code: z.string().max(64).nullable(),
      /** What the OS keychain remembers; null where it remembers nothing. */
      anchor: Anchor.nullable(),
      acceptOlderState: z.boolean(),
      /** Failed tries of anyone since the last sign-in: they get entries of their own. */
      alerts: z.array(SignInAlert),
    }),
    OpenedOffice,
  ),
  acceptInvitation: call(
    { permission: 'public', audited: true },
    Credentials.omit({ deviceOutput: true }).extend({
      newPassword: SealedText,
      anchor: Anchor.nullable(),
      alerts: z.array(SignInAlert),
    }),
    OpenedOffice,
  ),
  recover: call(
    { permission: 'public', audited: true },
    z.strictObject({
      directory: Directory,
      window: Window,
      recoveryKey: SealedText,
      newPassword: SealedText,
      deviceSecret: DeviceSecret,
      anchor: Anchor.nullable(),
      alerts: z.array(SignInAlert),
      replyKey: SealingKey,
    }),
    z.strictObject({ opened: OpenedOffice, kit: SealedText }),
  ),
  changePassword: call(
    { permission: 'signed-in', audited: true },
    z.strictObject({
      current: SealedText,
      next: SealedText,
      deviceSecret: DeviceSecret,
      deviceOutput: DeviceOutput,
    }),
    Nothing,
  ),
  /** Replaces the session's token and remembers the proof for the window. @throws {AppError} SESSION_WRONG_CREDENTIALS, FACTOR_* */
  stepUp: call(
    { permission: 'signed-in', audited: true },
    z.strictObject({
      window: z.string().max(100),
      password: SealedText.nullable(),
      code: z.string().max(64).nullable(),
      deviceSecret: DeviceSecret,
      deviceOutput: DeviceOutput,
    }),
    z.strictObject({ session: SessionToken }),
  ),
  /** Rewraps the own identity with another device, or none. `deviceOutput` is the present device's, `device` the next one. */
  setDevice: call(
    { permission: 'signed-in', audited: true },
    z.strictObject({
      password: SealedText,
      deviceSecret: DeviceSecret,
      deviceOutput: DeviceOutput,
      device: z
        .strictObject({
          label: z.string().max(200),
          credentialId: z.string().max(2000),
          salt: z.base64().length(44),
          output: z.base64().length(44),
        })
        .nullable(),
    }),
    FactorState,
  ),
  factorState: call({ permission: 'signed-in' }, Nothing, FactorState),
  /** What is to be done about keys, now: a recovery kit to be made anew, databases that still have the key they had. */
  due: call({ permission: 'signed-in' }, Nothing, z.strictObject({ recoveryKit: z.boolean(), rotation: z.boolean() })),
  rate: call(
    { permission: 'public' },
    z.strictObject({ password: SealedText, officeName: z.string(), userName: z.string() }),
    PasswordStrength,
  ),
  /** The state to remember outside the folder, now. */
  anchor: call({ permission: 'signed-in' }, Nothing, z.strictObject({ anchor: Anchor })),
  /** Checkpoints and closes every database; the host keeps the anchor and kills the process right after. Null where nothing was open. */
  close: call({ permission: 'public' }, Nothing, z.strictObject({ anchor: Anchor.nullable() })),
  /** Authorises a call that the host answers itself, and audits a refusal. @throws {AppError} SESSION_* */
  authorise: call(
    { permission: 'public' },
    z.strictObject({
      channel: z.string(),
      permission: z.enum(PERMISSIONS),
      stepUp: z.boolean(),
      window: Window,
    }),
    z.strictObject({ userId: UserId, name: z.string(), role: Role }),
  ),
  verifyBackup: call({ permission: 'public' }, z.strictObject({ path: z.string(), key: BackupKey }), BackupContents),
  /** Restores into an empty folder. `kit` is null when the recovery key itself opened the backup and stays valid. */
  restore: call(
    { permission: 'public', audited: true },
    z.strictObject({
      directory: Directory,
      window: Window,
      path: z.string(),
      key: BackupKey,
      newPassword: SealedText,
      deviceSecret: DeviceSecret,
      replyKey: SealingKey,
    }),
    z.strictObject({
      opened: OpenedOffice,
      contents: BackupContents,
      kit: SealedText.nullable(),
      connectionsToReauthorise: z.int(),
      usersToInvite: z.int(),
    }),
  ),
};

/** Staging of a batch: open, feed events, finish. A batch that was not finished is dropped at the next unlock. */
const staging = {
  open: call(
    { permission: 'batches.write' },
    z.strictObject({
      clientId: ClientId,
      kind: z.enum(['connection', 'file']),
      source: z.string().max(400),
      connectionId: ConnectionId.nullable(),
      reader: z.string().max(100),
    }),
    z.strictObject({ batchId: BatchId }),
  ),
  /** Appends events; `resourceId` names the bank's account for a connection, null for a file. */
  add: call(
    { permission: 'batches.write' },
    z.strictObject({
      clientId: ClientId,
      batchId: BatchId,
      resourceId: z.string().nullable(),
      events: z.array(SourceEvent).max(5000),
    }),
    z.strictObject({ rows: z.int() }),
  ),
  /**
   * Matches what was staged against the ledger and returns the diff's counts.
   * @throws {AppError} STATEMENT_NO_TRANSACTIONS for a file without rows that does not say itself that it is empty, ACCOUNT_NOT_FOUND,
   * ACCOUNT_CURRENCY_DIFFERS where no statement that names no account is in the chosen one's currency
   */
  finish: call(
    { permission: 'batches.write', audited: true },
    z.strictObject({
      clientId: ClientId,
      batchId: BatchId,
      payloadSha256: z.string().regex(/^[0-9a-f]{64}$/),
      payloadBytes: z.int(),
      reader: z.string().max(100),
      tls: TlsSeen.nullable(),
      /** Resource ids whose answers were complete; only these advance their watermark at commit. */
      complete: z.array(z.string()),
      /** A person's choice for statements that name no account; it is theirs where the currency fits, and a hint for the others. */
      accountId: AccountId.nullable().default(null),
    }),
    BatchSummary,
  ),
  drop: call({ permission: 'batches.write' }, z.strictObject({ clientId: ClientId, batchId: BatchId }), Nothing),
};

const connections = {
  create: call(
    { permission: 'connections.manage', audited: true },
    z.strictObject({
      connectionId: ConnectionId,
      details: ConnectionDetails.omit({ enrolment: true }),
      pins: Pins,
      startDate: CalendarDate,
      permissions: z.array(z.string()),
    }),
    ConnectionView,
  ),
  get: call({ permission: 'connections.read' }, One, ConnectionView),
  job: call({ permission: 'connections.read' }, One, ConnectionJob),
  /** Records a granted consent and the accounts it exposes. Accounts known by identity keep their assignment (pain 3). */
  recordConsent: call(
    { permission: 'connections.manage', audited: true },
    One.extend({
      consentId: z.string(),
      permissions: z.array(z.string()),
      expiresAt: Instant.nullable(),
      startDateGranted: CalendarDate.nullable(),
      accounts: z.array(ConnectionAccount.pick({ resourceId: true, account: true })),
    }),
    ConnectionView,
  ),
  /**
   * Records how a try ended: the health history, the TLS identity seen, and before which instant not to call again. Only a try that is
   * `ok` and `committed` is a good sync. One that is `ok` and committed nothing was a look: it leaves its calls and the TLS identity.
   */
  recordTry: call(
    { permission: 'connections.sync', audited: true },
    One.extend({
      ok: z.boolean(),
      /** What was fetched is in the ledger, be it no new row; false for a look and for a fetch that failed as a whole. */
      committed: z.boolean(),
      cause: z.enum(ERROR_CODES).nullable(),
      causeParams: z.record(z.string(), z.string()),
      nextAllowed: Instant.nullable(),
      tls: TlsIdentity.nullable(),
      calls: z.int(),
      newRows: z.int(),
    }),
    ConnectionView,
  ),
  remove: call({ permission: 'connections.manage', audited: true }, One, Nothing),
};

export const vaultContract = { vaultOffice: office, staging, vaultConnections: connections };
export type VaultContract = typeof vaultContract;
