// Office: first run, unlock, lock, own password, recovery, integrity. Secrets travel sealed, inwards and, shown once, outwards.
import { z } from 'zod';
import { WireError } from '../../errors/app-error.ts';
import { OfficeId, UserId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { Role } from '../../model/roles.ts';
import { SealedText, SealingKey } from '../../model/sealed-text.ts';
import { call, event } from '../call.ts';

const Nothing = z.strictObject({});
const Path = z.string().min(1).max(4000);

/** `keychain` adds the device secret of the OS keychain to the password, `password-only` does not. */
export const Protection = z.enum(['keychain', 'password-only']);
export type Protection = z.infer<typeof Protection>;

export const LockReason = z.enum(['user', 'idle', 'screen-lock', 'suspend', 'user-switch', 'process-crashed']);
export type LockReason = z.infer<typeof LockReason>;

/** Which second factors a user has: codes of an authenticator app, a device whose output is part of her key. */
export const OwnFactors = z.strictObject({ code: z.boolean(), device: z.boolean() });
export type OwnFactors = z.infer<typeof OwnFactors>;

/** A person at the door. Known without unlocking. */
export const DoorUser = z.strictObject({
  id: UserId,
  name: z.string(),
  /** True until she took up her invitation; she signs in with its code and chooses a password. */
  invited: z.boolean(),
  /** True where her key needs the device secret of this computer's keychain beside her password. */
  deviceSecret: z.boolean(),
  factors: OwnFactors,
  /** Tries left before the next lock-out. */
  triesLeft: z.int().min(0),
  /** Seconds until she may try again; null while she may. */
  waitSeconds: z.int().min(1).nullable(),
});
export type DoorUser = z.infer<typeof DoorUser>;

/** Failed tries since the last sign-in, told to whoever signs in next. */
export const SignInAlert = z.strictObject({
  userId: UserId,
  userName: z.string(),
  tries: z.int().min(1),
  firstAt: Instant,
  lastAt: Instant,
  lockedOut: z.boolean(),
});
export type SignInAlert = z.infer<typeof SignInAlert>;

/** What may be known without unlocking, and who is signed in. */
export const OfficeStatus = z.strictObject({
  state: z.enum(['none', 'locked', 'unlocked']),
  directory: z.string(),
  office: z.strictObject({ id: OfficeId, name: z.string(), createdAt: Instant }).nullable(),
  /** Who may sign in, whoever did so last on this computer first; empty before an office exists. */
  users: z.array(DoorUser),
  user: z.strictObject({ id: UserId, name: z.string(), role: Role, factors: OwnFactors }).nullable(),
  /** How the keys are protected. Null before an office exists. */
  protection: Protection.nullable(),
  keychain: z.strictObject({ available: z.boolean(), name: z.string() }),
  /** What secrets for the vault are sealed to. It changes with every lock. */
  entryKey: SealingKey,
  lockReason: LockReason.nullable(),
  lockAfterMinutes: z.int().min(1).max(15),
  /** Why the office cannot be opened as it is: damage, a newer schema, another program. */
  problem: WireError.nullable(),
  /** False until the owner typed back two groups of the recovery kit. */
  recoveryProven: z.boolean().nullable(),
  /** Stable keys the renderer words: `password-only`, `header-previous`, `network-folder`, `anchor-missing`, `older-state-accepted`, `rotation-unfinished`, `recovery-kit-due`. */
  warnings: z.array(z.string()),
  /** Failed tries before this sign-in; empty while locked. */
  alerts: z.array(SignInAlert),
});
export type OfficeStatus = z.infer<typeof OfficeStatus>;

/** The paper that opens the office when password or device are lost. Eight groups of four characters. */
export const RecoveryKit = z.strictObject({
  officeId: OfficeId,
  officeName: z.string(),
  createdAt: Instant,
  groups: z.array(z.string().regex(/^[0-9A-Z]{4}$/)).length(8),
  /** Zero-based positions of the two groups to type back. */
  prove: z.tuple([z.int().min(0).max(7), z.int().min(0).max(7)]),
});
export type RecoveryKit = z.infer<typeof RecoveryKit>;

/** A RecoveryKit as JSON, sealed with purpose `recovery-kit` to the `replyKey` of the call. */
const SealedKit = z.strictObject({ kit: SealedText });

export const PasswordStrength = z.strictObject({
  acceptable: z.boolean(),
  score: z.int().min(0).max(4),
  /** 15, or 8 for a user with a second factor on a device-bound office. @see NIST SP 800-63B-4 §3.1.1.2 */
  minimumLength: z.int(),
  /** Why it is refused, in stable keys the renderer words. */
  reasons: z.array(z.enum(['too-short', 'common', 'guessable', 'office-name', 'own-name'])),
});
export type PasswordStrength = z.infer<typeof PasswordStrength>;

export const VerifyReport = z.strictObject({
  ok: z.boolean(),
  checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});
export type VerifyReport = z.infer<typeof VerifyReport>;

export const office = {
  status: call({ permission: 'public', runsIn: 'host' }, Nothing, OfficeStatus),
  /** `password` has the purpose `new-password`; `userId` is the signed-in user's where the password would be hers. */
  rate: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({ password: SealedText, officeName: z.string().max(200), userName: z.string().max(200) }),
    PasswordStrength,
  ),
  create: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({
      name: z.string().trim().min(1).max(200),
      ownerName: z.string().trim().min(1).max(200),
      password: SealedText,
      protection: Protection,
      lockAfterMinutes: z.int().min(1).max(15),
      replyKey: SealingKey,
    }),
    SealedKit,
  ),
  /** `groups` is sealed JSON, purpose `kit-groups`: the two texts in the order of the kit's `prove`. */
  proveRecoveryKit: call(
    { permission: 'office.manage', audited: true },
    z.strictObject({ groups: SealedText }),
    Nothing,
  ),
  /** Writes the kit that was just made as a PDF with a QR code; possible until the next lock. @throws SESSION_KIT_GONE */
  saveRecoveryKit: call({ permission: 'office.manage', audited: true }, z.strictObject({ path: Path }), Nothing),
  /**
   * A new kit; the old paper opens nothing any more. Where `recoverySuspectSince` is set, every key is new as well, which takes as long as
   * `security.rotate` of all; it stays set where a database kept its key.
   */
  renewRecoveryKit: call(
    { permission: 'office.manage', runsIn: 'vault', audited: true, stepUp: true },
    z.strictObject({ replyKey: SealingKey }),
    SealedKit,
  ),
  /**
   * Signs a user in. `code` is from her authenticator app or one of her recovery codes; her device, where she has one, is asked by the
   * host. `acceptOlderState` opens an office that is older than this computer remembers, and leaves an audit entry saying so.
   * @throws SESSION_WRONG_CREDENTIALS, SESSION_LOCKED_OUT, SESSION_INVITATION_EXPIRED, FACTOR_*, VAULT_ROLLED_BACK, VAULT_*
   */
  unlock: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({
      userId: UserId,
      password: SealedText,
      code: z.string().max(64).nullable(),
      acceptOlderState: z.boolean(),
    }),
    OfficeStatus,
  ),
  /** Takes up an invitation: `code` (purpose `password`) opens the slot once, `password` (`new-password`) is what opens it from now on. */
  acceptInvitation: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({ userId: UserId, code: SealedText, password: SealedText, protection: Protection }),
    OfficeStatus,
  ),
  /**
   * The owner's way back with the paper key: a new password without second factors, new keys, a new kit.
   * @throws SESSION_WRONG_CREDENTIALS, SESSION_LOCKED_OUT, SESSION_PASSWORD_*
   */
  recover: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({
      recoveryKey: SealedText,
      password: SealedText,
      protection: Protection,
      replyKey: SealingKey,
    }),
    SealedKit,
  ),
  /** Rewraps the own identity: `current` has the purpose `password`, `next` `new-password`. No client's database changes. */
  changePassword: call(
    { permission: 'signed-in', runsIn: 'host', audited: true },
    z.strictObject({ current: SealedText, next: SealedText }),
    Nothing,
  ),
  /**
   * A fresh proof for this window, good for five minutes: a code or the device of who has them, the password of who has neither.
   * @throws SESSION_WRONG_CREDENTIALS, SESSION_LOCKED_OUT, FACTOR_*
   */
  stepUp: call(
    { permission: 'signed-in', runsIn: 'host', audited: true },
    z.strictObject({ password: SealedText.nullable(), code: z.string().max(64).nullable() }),
    Nothing,
  ),
  lock: call({ permission: 'public', runsIn: 'host' }, Nothing, OfficeStatus),
  verify: call({ permission: 'office.verify' }, Nothing, VerifyReport),
  setPreferences: call(
    { permission: 'office.manage', audited: true },
    z.strictObject({ lockAfterMinutes: z.int().min(1).max(15) }),
    Nothing,
  ),
  statusChanged: event(OfficeStatus),
};
