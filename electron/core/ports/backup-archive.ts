// A backup as one file: named entries, encrypted as a stream to recipients. It knows nothing of offices and decides no key.
import type { RecoverySlot } from './vault-header.ts';
import type { SealIdentity, SealRecipient } from './sealer.ts';

/** An entry to write: bytes at hand, or a file that nobody changes meanwhile. */
export interface ArchiveSource {
  readonly name: string;
  readonly content: Uint8Array | { readonly path: string; readonly bytes: number };
}

export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Readable without a key: which office, and the recovery identity under its paper key. */
export interface ArchiveLabel {
  readonly officeId: string;
  readonly recovery: Omit<RecoverySlot, 'forOwner'>;
}

export interface WriteArchive {
  /** Must not exist. Appears whole or not at all. */
  readonly path: string;
  readonly label: ArchiveLabel;
  readonly recipients: readonly SealRecipient[];
  /** A passphrase gets an identity of its own, written beside as `<path>.identity.age` for any age tool. */
  readonly passphrase: string | null;
  readonly entries: readonly ArchiveSource[];
  /** The last entry, made from what was written. */
  readonly manifest: (entries: readonly ArchiveEntry[]) => ArchiveSource;
}

export interface WrittenArchive {
  readonly bytes: number;
  readonly sha256: string;
}

/** Where an entry's bytes go while they are read. */
export type ArchiveSink = 'keep' | 'discard' | { readonly path: string };

export interface ReadArchive {
  readonly path: string;
  readonly identity: SealIdentity;
  /** Decides for each entry in turn. @throws {AppError} to refuse it */
  readonly sinkOf: (name: string) => ArchiveSink;
}

export interface ReadEntry extends ArchiveEntry {
  /** The bytes of an entry that was kept. */
  readonly content: Uint8Array | null;
}

export interface BackupArchive {
  /** @throws {AppError} BACKUP_DESTINATION_EXISTS, VAULT_DISK_FULL, VAULT_IO, OFFICE_FOLDER_NOT_WRITABLE */
  write(options: WriteArchive): Promise<WrittenArchive>;
  /** @throws {AppError} BACKUP_FILE_INVALID */
  label(path: string): Promise<ArchiveLabel>;
  /** The identity beside the backup. @throws {AppError} BACKUP_NO_MATCHING_KEY, BACKUP_FILE_INVALID */
  identityByPassphrase(path: string, passphrase: string): Promise<SealIdentity>;
  /** Reads all entries in order. @throws {AppError} BACKUP_NO_MATCHING_KEY, BACKUP_FILE_INVALID, BACKUP_INCOMPLETE */
  read(options: ReadArchive): Promise<readonly ReadEntry[]>;
  /** SHA-256 of the file as it lies there. @throws {AppError} BACKUP_FILE_INVALID */
  digest(path: string): Promise<string>;
}
