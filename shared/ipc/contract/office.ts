// Office: first run, unlock, lock, integrity. Passwords and recovery keys travel inwards; the recovery kit is the one secret shown, once.
import { z } from 'zod';
import { WireError } from '../../errors/app-error.ts';
import { OfficeId, UserId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { Role } from '../../model/roles.ts';
import { call, event } from '../call.ts';

const Nothing = z.strictObject({});
const Password = z.string().min(1).max(1024);

export const LockReason = z.enum(['user', 'idle', 'screen-lock', 'suspend', 'user-switch', 'process-crashed']);
export type LockReason = z.infer<typeof LockReason>;

/** What may be known without unlocking. */
export const OfficeStatus = z.strictObject({
  state: z.enum(['none', 'locked', 'unlocked']),
  directory: z.string(),
  office: z.strictObject({ id: OfficeId, name: z.string(), createdAt: Instant }).nullable(),
  user: z.strictObject({ id: UserId, name: z.string(), role: Role }).nullable(),
  /** How the key is protected: `keychain` adds the device secret, `password-only` does not. Null before an office exists. */
  protection: z.enum(['keychain', 'password-only']).nullable(),
  keychain: z.strictObject({ available: z.boolean(), name: z.string() }),
  lockReason: LockReason.nullable(),
  lockAfterMinutes: z.int().min(1).max(15),
  /** Why the office cannot be opened as it is: damage, a newer schema, another program. */
  problem: WireError.nullable(),
  /** False until the owner typed back two groups of the recovery kit. */
  recoveryProven: z.boolean().nullable(),
  warnings: z.array(z.string()),
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

export const PasswordStrength = z.strictObject({
  acceptable: z.boolean(),
  score: z.int().min(0).max(4),
  minimumLength: z.int(),
  /** Why it is weak, in stable keys the renderer words: `too-short`, `common`, `repeats`, `office-name`. */
  reasons: z.array(z.enum(['too-short', 'common', 'repeats', 'office-name'])),
});
export type PasswordStrength = z.infer<typeof PasswordStrength>;

export const VerifyReport = z.strictObject({
  ok: z.boolean(),
  checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});
export type VerifyReport = z.infer<typeof VerifyReport>;

export const office = {
  status: call({ permission: 'public', runsIn: 'host' }, Nothing, OfficeStatus),
  rate: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({
      password: z.string().max(1024),
      officeName: z.string().max(200),
    }),
    PasswordStrength,
  ),
  create: call(
    { permission: 'public', runsIn: 'host', audited: false },
    z.strictObject({
      name: z.string().trim().min(1).max(200),
      ownerName: z.string().trim().min(1).max(200),
      password: Password,
      protection: z.enum(['keychain', 'password-only']),
      lockAfterMinutes: z.int().min(1).max(15),
    }),
    RecoveryKit,
  ),
  proveRecoveryKit: call(
    { permission: 'office.manage', audited: true },
    z.strictObject({
      groups: z.array(z.strictObject({ position: z.int().min(0).max(7), text: z.string().max(16) })).length(2),
    }),
    Nothing,
  ),
  unlock: call({ permission: 'public', runsIn: 'host' }, z.strictObject({ password: Password }), OfficeStatus),
  lock: call({ permission: 'public', runsIn: 'host' }, Nothing, OfficeStatus),
  verify: call({ permission: 'office.verify' }, Nothing, VerifyReport),
  setPreferences: call(
    { permission: 'office.manage', audited: true },
    z.strictObject({ lockAfterMinutes: z.int().min(1).max(15) }),
    Nothing,
  ),
  statusChanged: event(OfficeStatus),
};
