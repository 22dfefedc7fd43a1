// An office's databases in their places: opened migrated with their stores, rewritten, hashed. It derives no keys.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ClientRewrite, OfficeRewrite, OpenDatabase, VaultDatabases } from '../../core/ports/vault-databases.ts';
import type { Store } from '../../core/ports/vault-store.ts';
import { clientMigrations } from './client-migrations/index.ts';
import { createClientStore } from './client-store.ts';
import type { DatabaseFiles } from './database-files.ts';
import { freezeFile } from './freeze-file.ts';
import { assertKnownSchema, migrate, type Migration } from './migrate.ts';
import { lockOffice } from './office-lock.ts';
import { officeMigrations } from './office-migrations/index.ts';
import { createOfficeStore } from './office-store.ts';
import { openDatabase, type Database, type OpenDatabaseOptions } from './open-database.ts';
import { pagesAuthentic } from './page-authentication.ts';
import { LEFTOVER, problemsOf, rewriteDatabase } from './rewrite-database.ts';
import { withSqliteErrors } from './sqlite-errors.ts';

/** Name of the office's own database in its folder. */
export const OFFICE_DATABASE = 'office.db';

/** Folder of the clients' databases inside an office's folder. */
const CLIENTS_FOLDER = 'clients';

/** Path of a client's database relative to the office's folder, with `/` on every system. */
export function clientDatabaseName(clientId: string): string {
  return `${CLIENTS_FOLDER}/${clientId}.db`;
}

interface Opening<S extends Store> {
  readonly file: OpenDatabaseOptions;
  readonly migrations: readonly Migration[];
  readonly storeOf: (database: Database) => S;
}

function logHoldsSomething(files: DatabaseFiles, path: string): boolean {
  const log = `${path}-wal`;
  return files.exists(log) && files.size(log) > 0;
}

/**
 * A newer schema or damage is found by a reader first: whoever may write empties the log that a kill left into the file and deletes it, at the
 * latest when closing.
 */
function inspectUnwritten(files: DatabaseFiles, file: OpenDatabaseOptions): void {
  if (file.mode === 'open' && logHoldsSomething(files, file.path)) openDatabase({ ...file, mode: 'read-only' }).close();
}

function open<S extends Store>(
  files: DatabaseFiles,
  { file: plain, migrations, storeOf }: Opening<S>,
): OpenDatabase<S> {
  const file = { ...plain, inspect: (database: Database) => assertKnownSchema(database, migrations) };
  inspectUnwritten(files, file);
  const database = openDatabase(file);
  try {
    migrate(database, migrations);
    return {
      store: storeOf(database),
      problems: () => problemsOf(database),
      freeze: () => freezeFile(database, file),
      close: () => withSqliteErrors(() => void database.close()),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

const modeOf = (create: boolean): 'create' | 'open' => (create ? 'create' : 'open');

function pathOf(directory: string, database: string): string {
  return join(directory, database === 'office' ? OFFICE_DATABASE : clientDatabaseName(database));
}

function rewriteOffice(files: DatabaseFiles, rewrite: OfficeRewrite): { bytes: number } {
  const { directory, officeId, key, nextKey, amend } = rewrite;
  const amendCopy = (copy: Database): void => {
    const store = createOfficeStore(copy, officeId);
    store.transaction(() => amend(store));
  };
  return { bytes: rewriteDatabase(files, { path: pathOf(directory, 'office'), key, nextKey, amend: amendCopy }) };
}

function rewriteClient(files: DatabaseFiles, { directory, clientId, key, nextKey }: ClientRewrite): { bytes: number } {
  return { bytes: rewriteDatabase(files, { path: pathOf(directory, clientId), key, nextKey }) };
}

/** Only names that a rewrite gives its copies. */
function discardLeftovers(files: DatabaseFiles, directory: string): void {
  for (const folder of [directory, join(directory, CLIENTS_FOLDER)]) {
    if (!files.exists(folder)) continue;
    for (const name of files.list(folder)) if (LEFTOVER.test(name)) files.remove(join(folder, name));
  }
}

/** A log that holds something is a part of the database. */
function digestOf(files: DatabaseFiles, path: string): string | null {
  return logHoldsSomething(files, path) || !files.exists(path) ? null : files.sha256(path);
}

/** The databases of offices on this computer's disks. */
export function createOfficeDatabases(files: DatabaseFiles): VaultDatabases {
  return {
    lock: (directory) => {
      if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new AppError('OFFICE_NOT_FOUND');
      return lockOffice(directory);
    },
    openOffice: ({ directory, officeId, key, create }) =>
      open(files, {
        file: { path: pathOf(directory, 'office'), key, mode: modeOf(create) },
        migrations: officeMigrations,
        storeOf: (database) => createOfficeStore(database, officeId),
      }),
    openClient: ({ directory, clientId, key, create }) =>
      open(files, {
        file: { path: pathOf(directory, clientId), key, mode: modeOf(create) },
        migrations: clientMigrations,
        storeOf: (database) => createClientStore(database, clientId),
      }),
    rewriteOffice: (rewrite) => rewriteOffice(files, rewrite),
    rewriteClient: (rewrite) => rewriteClient(files, rewrite),
    discardLeftovers: (directory) => discardLeftovers(files, directory),
    digest: ({ directory, database }) => digestOf(files, pathOf(directory, database)),
    authentic: ({ directory, database, key }) => pagesAuthentic(files, pathOf(directory, database), key),
  };
}
