// Repositories of the office database, one a table group. Rows in, rows out; rules live in core/vault.
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { ClientId, OfficeId, ProfileId, UserId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { Role } from '../../../shared/model/roles.ts';
import type { SavedProfile } from '../../../shared/model/statement-profile.ts';

/** Which two groups of the kit are asked back, and what they must hash to under a key of their own. */
export interface RecoveryProof {
  readonly positions: readonly [number, number];
  /** Base64 of the 32 random bytes that key the digest. */
  readonly key: string;
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
  /** Since when somebody who is no owner may know the recovery identity; null once kit and keys are new. */
  readonly recoverySuspectSince: Instant | null;
}

export interface ProfileRepository {
  insert(profile: OfficeProfile): void;
  get(): OfficeProfile;
  setLockAfterMinutes(minutes: number): void;
  /** The kit is to be made anew; the first moment stays. */
  setRecoverySuspect(since: Instant): void;
  /** Nothing that is in use was ever sealed to an identity that somebody else may know. */
  clearRecoverySuspect(): void;
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
  /** True where she holds every client's key, those to come included. Always true for an owner. */
  readonly allClients: boolean;
  readonly state: 'active' | 'invited' | 'unreachable';
  /** True where her password is long enough to stand without a second factor. */
  readonly passwordStandsAlone: boolean;
  readonly createdAt: Instant;
  readonly lastSignInAt: Instant | null;
  readonly invitationExpiresAt: Instant | null;
}

/** Name, role, recipient and access are what the owners sign: whoever changes one of them signs the list anew. */
export interface UserRepository {
  /** @throws {AppError} USER_NAME_TAKEN */
  insert(user: OfficeUser): void;
  /** Null for an unknown or removed user. */
  find(id: UserId): OfficeUser | null;
  /** In the order they came. */
  list(): OfficeUser[];
  update(id: UserId, changes: Partial<Omit<OfficeUser, 'id' | 'createdAt'>>): void;
  /** Her row stays for the audit log's sake, without recipient or access. */
  remove(id: UserId, at: Instant): void;
  /** Clients given to her one by one; what `allClients` adds is not among them. */
  clientsOf(id: UserId): ClientId[];
  setClients(id: UserId, clientIds: readonly ClientId[]): void;
}

/** Keys of the office as a whole, public or sealed, and the signature over its people. All base64. */
export interface OfficeKeyring {
  /** Ed25519 public key of the owners. */
  readonly ownerKey: string;
  /** Its seed as an age v1 file for every owner and the recovery identity. */
  readonly ownerSecret: string;
  /** `age1…` of the recovery identity, to which everything is sealed beside its readers. Part of what is signed. */
  readonly recoveryRecipient: string;
  /** Ed25519 over the canonical JSON of the list's version and everyone's id, name, role, recipient and access. */
  readonly rosterSignature: string;
  /** One more with each signature: an earlier list shows. */
  readonly rosterVersion: number;
  /** Earlier owner keys, oldest first, each with its signature over the next: how a user's pinned key finds today's. */
  readonly succession: readonly { readonly key: string; readonly signature: string }[];
  /** Ed25519 key that signs checkpoints of the audit chains; `checkpointSecret` is its seed. */
  readonly checkpointKey: string;
  readonly checkpointSecret: string;
  readonly officeKeyGeneration: number;
  readonly officeKeySince: Instant;
}

export interface KeyringRepository {
  insert(keyring: OfficeKeyring): void;
  get(): OfficeKeyring;
  update(changes: Partial<OfficeKeyring>): void;
}

/** One user's authenticator app. */
export interface CodeFactor {
  readonly secret: Uint8Array;
  readonly enrolledAt: Instant;
  /** The newest step whose code was used; 0 before the first. */
  readonly lastStep: number;
}

export interface FactorRepository {
  code(userId: UserId): CodeFactor | null;
  /** Enrols, or replaces, the app. */
  setCode(userId: UserId, factor: CodeFactor): void;
  /** False where that step, or a later one, was used already. */
  setLastStep(userId: UserId, step: number): boolean;
  /** Removes the app and every recovery code. */
  removeCode(userId: UserId): void;
  /** Replaces all recovery codes by these salted digests. */
  setRecoveryCodes(userId: UserId, codes: readonly { readonly salt: Uint8Array; readonly digest: string }[]): void;
  /** Those not used yet. */
  recoveryCodes(userId: UserId): { readonly id: number; readonly salt: Uint8Array; readonly digest: string }[];
  /** False where it was used already. */
  useRecoveryCode(id: number, at: Instant): boolean;
}

/** The last known state of one database, remembered outside it. */
export interface DatabaseAnchor {
  readonly sequence: number;
  /** Hash of the audit entry with that sequence number. */
  readonly head: string;
  /** SHA-256 of the closed file; null while it is, or was left, open. */
  readonly fileSha256: string | null;
  readonly at: Instant;
}

/** Anchors of the clients' databases. The office's own is kept outside the folder. */
export interface AnchorRepository {
  find(clientId: ClientId): DatabaseAnchor | null;
  set(clientId: ClientId, anchor: DatabaseAnchor): void;
}

/** A client with its database key as an age v1 file. */
export interface ClientRow extends ClientSummary {
  readonly sealedKey: Uint8Array;
  /** The next key while the database is being rewritten under it; after a crash either opens it. */
  readonly pendingSealedKey: Uint8Array | null;
  readonly keyGeneration: number;
  readonly keySince: Instant;
}

export interface ClientRepository {
  /** @throws {AppError} CLIENT_NAME_TAKEN */
  insert(client: ClientRow): void;
  find(id: ClientId): ClientRow | null;
  /** By name, case and accents as the reader expects. */
  list(): ClientRow[];
  /** The same key for other people. */
  setSealedKey(id: ClientId, sealedKey: Uint8Array): void;
  setPendingKey(id: ClientId, sealedKey: Uint8Array | null): void;
  /** The pending key becomes the key, one generation on. */
  adoptPendingKey(id: ClientId, at: Instant): void;
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

/** The office's import profiles. A name is one profile's. */
export interface StatementProfileRepository {
  /** By name, as the reader expects. */
  list(): SavedProfile[];
  /** Replaces the profile of the same name, which keeps its id. */
  save(profile: SavedProfile): SavedProfile;
  /** False where there is none. */
  remove(id: ProfileId): boolean;
}
