// Opens an office's databases in their places: migrated, with their stores. It derives no keys.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { OpenDatabase, VaultDatabases } from '../../core/ports/vault-databases.ts';
import type { Store } from '../../core/ports/vault-store.ts';
import { clientMigrations } from './client-migrations/index.ts';
import { createClientStore } from './client-store.ts';
import { freezeFile } from './freeze-file.ts';
import { migrate, type Migration } from './migrate.ts';
import { lockOffice } from './office-lock.ts';
import { officeMigrations } from './office-migrations/index.ts';
import { createOfficeStore } from './office-store.ts';
import { openDatabase, type Database, type OpenDatabaseOptions } from './open-database.ts';
import { withSqliteErrors } from './sqlite-errors.ts';

/** Name of the office's own database in its folder. */
export const OFFICE_DATABASE = 'office.db';

/** Path of a client's database relative to the office's folder, with `/` on every system. */
export function clientDatabaseName(clientId: string): string {
  return `clients/${clientId}.db`;
}

/** Never `cipher_integrity_check`: it finds nothing in this build. */
function problemsOf(database: Database): string[] {
  return withSqliteErrors(() => {
    const pages = database.pragma('integrity_check(20)') as { integrity_check: string }[];
    const references = database.pragma('foreign_key_check') as { table: string }[];
    const found = pages.map((row) => row.integrity_check).filter((text) => text !== 'ok');
    return [...found, ...references.slice(0, 20).map((row) => `${row.table}: broken reference`)];
  });
}

interface Opening<S extends Store> {
  readonly file: OpenDatabaseOptions;
  readonly migrations: readonly Migration[];
  readonly storeOf: (database: Database) => S;
}

function open<S extends Store>({ file, migrations, storeOf }: Opening<S>): OpenDatabase<S> {
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

/** The databases of offices on this computer's disks. */
export function createOfficeDatabases(): VaultDatabases {
  return {
    lock: (directory) => {
      if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new AppError('OFFICE_NOT_FOUND');
      return lockOffice(directory);
    },
    openOffice: ({ directory, officeId, key, create }) =>
      open({
        file: { path: join(directory, OFFICE_DATABASE), key, mode: modeOf(create) },
        migrations: officeMigrations,
        storeOf: (database) => createOfficeStore(database, officeId),
      }),
    openClient: ({ directory, clientId, key, create }) =>
      open({
        file: { path: join(directory, clientDatabaseName(clientId)), key, mode: modeOf(create) },
        migrations: clientMigrations,
        storeOf: (database) => createClientStore(database, clientId),
      }),
  };
}
