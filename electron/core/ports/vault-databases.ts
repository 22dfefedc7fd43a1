// Opening and closing the databases of an office. Core decides which key opens which file; where the files lie is the adapter's business.
import type { ClientId, OfficeId } from '../../../shared/model/ids.ts';
import type { ClientStore, OfficeStore, Store } from './vault-store.ts';

/** Held until `release`; a crash releases it too. */
export interface OfficeLock {
  release(): void;
}

/** A database file that nothing writes to until `release`: writers go on in the log beside it. */
export interface FrozenFile {
  readonly path: string;
  readonly bytes: number;
  release(): void;
}

/** One open database and what may be done with it as a whole. */
export interface OpenDatabase<S extends Store> {
  readonly store: S;
  /** What is wrong with its pages, indexes and references; empty when nothing is. Reads all of it. */
  problems(): string[];
  /** Moves the log into the file and keeps the file as it is now. @throws {AppError} OFFICE_IN_USE, VAULT_* */
  freeze(): FrozenFile;
  close(): void;
}

export interface VaultDatabases {
  /** @throws {AppError} OFFICE_IN_USE, OFFICE_NOT_FOUND, VAULT_IO */
  lock(directory: string): OfficeLock;
  /** @throws {AppError} VAULT_*, VAULT_SCHEMA_NEWER before anything is written */
  openOffice(options: OfficeDatabaseOptions): OpenDatabase<OfficeStore>;
  /** @throws {AppError} VAULT_*, VAULT_SCHEMA_NEWER before anything is written */
  openClient(options: ClientDatabaseOptions): OpenDatabase<ClientStore>;
  /**
   * Puts a checked copy under `nextKey` in the place of the closed office database. After a crash or an error at any moment the file opens
   * with `key`, or with `nextKey` and the amendment in it.
   * @throws {AppError} OFFICE_IN_USE while anyone else reads the file, VAULT_*
   */
  rewriteOffice(rewrite: OfficeRewrite): { readonly bytes: number };
  /** The same for a client's closed database. @throws {AppError} OFFICE_IN_USE, VAULT_* */
  rewriteClient(rewrite: ClientRewrite): { readonly bytes: number };
  /** Removes copies that a crash left unfinished, and nothing else. Idempotent. @throws {AppError} VAULT_IO, OFFICE_FOLDER_NOT_WRITABLE */
  discardLeftovers(directory: string): void;
  /** SHA-256 of a closed database file in hex; null where there is none, and while part of it is still in the log beside it. @throws {AppError} VAULT_IO */
  digest(file: DatabaseFile): string | null;
  /** True where every page of a closed database file carries the key's own MAC: it is whole, be it an older state. Reads all of it. @throws {AppError} VAULT_IO */
  authentic(file: DatabaseFile & { readonly key: Uint8Array }): boolean;
}

export interface DatabaseFile {
  readonly directory: string;
  readonly database: 'office' | ClientId;
}

interface Rewrite {
  readonly directory: string;
  readonly key: Uint8Array;
  readonly nextKey: Uint8Array;
}

export interface OfficeRewrite extends Rewrite {
  readonly officeId: OfficeId;
  /** Changes the copy in one transaction before it takes the file's place: what must be true exactly when the next key is. */
  readonly amend: (store: OfficeStore) => void;
}

export interface ClientRewrite extends Rewrite {
  readonly clientId: ClientId;
}

interface DatabaseOptions {
  readonly directory: string;
  readonly key: Uint8Array;
  /** True for a new file; the file must not exist then. */
  readonly create: boolean;
}

export interface OfficeDatabaseOptions extends DatabaseOptions {
  readonly officeId: OfficeId;
}

export interface ClientDatabaseOptions extends DatabaseOptions {
  readonly clientId: ClientId;
}
