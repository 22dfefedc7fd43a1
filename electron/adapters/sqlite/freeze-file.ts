// Keeps a database file as it is while someone copies it; writers go on in the write-ahead log. It copies nothing.
import { statSync } from 'node:fs';
import type { FrozenFile } from '../../core/ports/vault-databases.ts';
import { checkpoint, openDatabase, type Database, type OpenDatabaseOptions } from './open-database.ts';
import { withSqliteErrors } from './sqlite-errors.ts';

/**
 * Empties the log into the file, then opens a reader that sees the file alone: as long as it reads, no checkpoint may write to the file.
 * Both happen in one synchronous step, so nothing of this process comes between.
 * @throws {AppError} OFFICE_IN_USE, VAULT_*
 * @see https://www.sqlite.org/walformat.html §2.3.2 on WAL_READ_LOCK(0)
 */
export function freezeFile(database: Database, file: OpenDatabaseOptions): FrozenFile {
  withSqliteErrors(() => checkpoint(database));
  const reader = openDatabase({ ...file, mode: 'read-only' });
  withSqliteErrors(() => {
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM sqlite_master').get();
  });
  return { path: file.path, bytes: statSync(file.path).size, release: () => void reader.close() };
}
