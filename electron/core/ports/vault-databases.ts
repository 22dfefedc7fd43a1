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
