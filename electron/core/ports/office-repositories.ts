// Repositories of the office database, one a table group. Rows in, rows out; rules live in core/vault.
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { ClientId, OfficeId, UserId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { Role } from '../../../shared/model/roles.ts';

/** Which two groups of the kit are asked back, and what they must hash to. */
export interface RecoveryProof {
  readonly positions: readonly [number, number];
  readonly digest: string;
}

export interface OfficeProfile {
  readonly id: OfficeId;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lockAfterMinutes: number;
  readonly recoveryProvenAt: Instant | null;
  /** Null once proven. */
  readonly recoveryProof: RecoveryProof | null;
}

export interface ProfileRepository {
  insert(profile: OfficeProfile): void;
  get(): OfficeProfile;
  setLockAfterMinutes(minutes: number): void;
  /** A new kit waits for its proof. */
  setRecoveryProof(proof: RecoveryProof): void;
  setRecoveryProven(at: Instant): void;
}

export interface OfficeUser {
  readonly id: UserId;
  readonly name: string;
  readonly role: Role;
  /** `age1…` of her identity. */
  readonly recipient: string;
  readonly createdAt: Instant;
}

export interface UserRepository {
  insert(user: OfficeUser): void;
  /** Null for an unknown or removed user. */
  find(id: UserId): OfficeUser | null;
  list(): OfficeUser[];
  setRecipient(id: UserId, recipient: string): void;
}

/** A client with its database key as an age v1 file. */
export interface ClientRow extends ClientSummary {
  readonly sealedKey: Uint8Array;
}

export interface ClientRepository {
  /** @throws {AppError} CLIENT_NAME_TAKEN */
  insert(client: ClientRow): void;
  find(id: ClientId): ClientRow | null;
  /** By name, case and accents as the reader expects. */
  list(): ClientRow[];
  setSealedKey(id: ClientId, sealedKey: Uint8Array): void;
}

export interface BackupRepository {
  insert(record: BackupRecord): void;
  /** Newest first. */
  list(): BackupRecord[];
  /** Records a verification of every backup with this digest. */
  setVerified(sha256: string, at: Instant): void;
  /** After a restore: no connection has its credentials any more. Returns how many are affected. */
  requireSignInEverywhere(): number;
}
