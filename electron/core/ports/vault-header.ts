// The header of an office: who may open it and how, readable without a key, believed only after its checks. It names no client and no account.
import { z } from 'zod';
import { OfficeId, UserId } from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';

export const HEADER_MAGIC = 'strongroom-office';
export const HEADER_VERSION = 1;
/** People of one office at most. */
export const MAX_SLOTS = 100;

const Bytes = (length: number) => z.base64().length(4 * Math.ceil(length / 3));

const KdfCosts = z.strictObject({
  algorithm: z.enum(['argon2id', 'INSECURE_TEST_KDF']),
  version: z.literal(19),
  memoryKiB: z.int().min(1),
  passes: z.int().min(1),
  lanes: z.int().min(1),
});
export const KdfHeader = KdfCosts.extend({ salt: Bytes(16) });

/** AES-256-GCM with a commitment to the key, all base64. @see NIST SP 800-38D */
export const WrappedSecret = z.strictObject({
  nonce: Bytes(12),
  ciphertext: z.base64().max(8192),
  tag: Bytes(16),
  commitment: Bytes(32),
});
export type WrappedSecret = z.infer<typeof WrappedSecret>;

/**
 * One user's way in. All of it but `identity` is associated data of `identity`, whose plaintext is canonical JSON
 * `{identity, ownerKey, rosterVersion}`: her private key, the owners' public signing key that she trusts, and the version of their signed list
 * of people that she has seen.
 */
export const UserSlot = z.strictObject({
  id: z.string().regex(/^slot_[0-9a-f]{20}$/),
  userId: UserId,
  /** For the sign-in screen; the office database decides. */
  name: z.string().max(400),
  /** An invitation's password is its code, good once and until `expiresAt`. */
  kind: z.enum(['password', 'invitation']),
  expiresAt: Instant.nullable(),
  recipient: z.string().max(100),
  /** `deviceSecret` and `secondFactorKey` are ingredients of the key; `code` tells the sign-in screen to ask, the office database decides. */
  policy: z.strictObject({ deviceSecret: z.boolean(), secondFactorKey: z.boolean(), code: z.boolean() }),
  kdf: KdfHeader,
  /** In an invitation after a reset what the way in before cost: the next one costs no less. Null otherwise. */
  costsBefore: KdfCosts.nullable(),
  /** The second-factor device whose output is an ingredient; null where `secondFactorKey` is false. */
  device: z
    .strictObject({
      credentialId: z.string().max(2000),
      label: z.string().max(200),
      salt: Bytes(32),
      enrolledAt: Instant,
    })
    .nullable(),
  identity: WrappedSecret,
});
export type UserSlot = z.infer<typeof UserSlot>;

/**
 * The paper's way in: the recovery key opens the recovery identity. `forOwner` is the same identity sealed to the owners, for checking backups.
 * All but `identity` and `forOwner` is associated data of `identity`, so that whoever comes with the paper trusts `ownerKey` as a user trusts hers.
 */
export const RecoverySlot = z.strictObject({
  id: z.literal('recovery'),
  salt: Bytes(16),
  recipient: z.string().max(100),
  /** The owners' public signing key when the slot was made. */
  ownerKey: Bytes(32),
  identity: WrappedSecret,
  forOwner: z.base64().max(65_536),
});
export type RecoverySlot = z.infer<typeof RecoverySlot>;

export const VaultHeader = z.strictObject({
  magic: z.literal(HEADER_MAGIC),
  version: z.literal(HEADER_VERSION),
  /** Grows by one with every write. */
  generation: z.int().min(1),
  office: z.strictObject({ id: OfficeId, name: z.string().max(400), createdAt: Instant }),
  /** A copy for the lock screen; the office database decides. */
  lockAfterMinutes: z.int().min(1).max(15),
  slots: z.array(UserSlot).min(1).max(MAX_SLOTS),
  recovery: RecoverySlot,
  /** The office key, sealed (age v1) to every user and the recovery identity. */
  officeKey: z.base64().max(65_536),
  /** The next office key while the office database is being rewritten under it; after a crash either opens it. */
  pendingOfficeKey: z.base64().max(65_536).nullable(),
});
export type VaultHeader = z.infer<typeof VaultHeader>;

/** A header as it lay in the folder. `tampered` answers once the office key is known. */
export interface ReadHeader {
  readonly header: VaultHeader;
  /** `previous` when the newest one is damaged. */
  readonly source: 'current' | 'previous';
  /** True when the MAC under this key doesn't hold. */
  tampered(macKey: Uint8Array): boolean;
}

export interface HeaderFiles {
  /** True where an office's header lies in the folder, whole or damaged. */
  exists(directory: string): boolean;
  /**
   * The newest whole header: the previous generation only where the current one is damaged or missing.
   * @throws {AppError} OFFICE_NOT_FOUND, VAULT_HEADER_CORRUPT, VAULT_SCHEMA_NEWER, VAULT_IO
   */
  read(directory: string): ReadHeader;
  /** Replaces the header: after a crash at any moment the old or the new one is there. A damaged one is kept under another name. @throws {AppError} VAULT_IO, VAULT_DISK_FULL, OFFICE_FOLDER_NOT_WRITABLE */
  write(directory: string, header: VaultHeader, macKey: Uint8Array): void;
}
