// Writes a database anew under another key, beside its file, and puts it in the file's place once it is proven whole. It chooses no keys.
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { DatabaseFiles } from './database-files.ts';
import { schemaVersion } from './migrate.ts';
import { checkpoint, databaseKey, openDatabase, type Database } from './open-database.ts';
import { createPrivateFile } from './private-file.ts';
import { withSqliteErrors } from './sqlite-errors.ts';

export interface DatabaseRewrite {
  readonly path: string;
  readonly key: Uint8Array;
  readonly nextKey: Uint8Array;
  /** Changes the copy before it is put in place; commits what it changes itself. */
  readonly amend?: (copy: Database) => void;
}

/** What a copy must have in common with its original. */
interface Contents {
  readonly schema: number;
  readonly rows: Readonly<Record<string, number>>;
}

/** Name of the unfinished copy of a database file. */
const copyOf = (path: string): string => `${path}.next`;

/** Names of unfinished copies, as `rewriteDatabase` and SQLite's rollback journal make them. */
export const LEFTOVER = /^(?:office|client_[0-9a-f]{20})\.db\.next(?:-journal)?$/;

function contentsOf(database: Database): Contents {
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all() as string[];
  const count = (table: string): number =>
    Number(
      database
        .prepare(`SELECT count(*) FROM "${table.replaceAll('"', '""')}"`)
        .pluck()
        .get(),
    );
  const rows = Object.fromEntries(tables.sort().map((table) => [table, count(table)]));
  return { schema: schemaVersion(database), rows };
}

/** Never `cipher_integrity_check`: it finds nothing in this build. */
export function problemsOf(database: Database): string[] {
  return withSqliteErrors(() => {
    const pages = database.pragma('integrity_check(20)') as { integrity_check: string }[];
    const references = database.pragma('foreign_key_check') as { table: string }[];
    const found = pages.map((row) => row.integrity_check).filter((text) => text !== 'ok');
    return [...found, ...references.slice(0, 20).map((row) => `${row.table}: broken reference`)];
  });
}

/** Runs `work` on a connection of its own. */
function within<T>(database: Database, work: () => T): T {
  try {
    return withSqliteErrors(work);
  } finally {
    database.close();
  }
}

/** Empties the log into the file and copies it, compacted, under the same key. Closing removes the log, unless someone else reads it. */
function copyDatabase({ path, key }: DatabaseRewrite): Contents {
  const database = openDatabase({ path, key, mode: 'open' });
  return within(database, () => {
    checkpoint(database);
    createPrivateFile(copyOf(path));
    database.prepare('VACUUM INTO ?').run(copyOf(path));
    return contentsOf(database);
  });
}

/** Without a log beside it: the copy is one file, whole or worthless. */
function openCopy(path: string, key: Uint8Array): Database {
  return openDatabase({ path: copyOf(path), key, mode: 'open', journal: 'delete' });
}

function rekeyCopy({ path, key, nextKey }: DatabaseRewrite): void {
  const copy = openCopy(path, key);
  within(copy, () => {
    const literal = databaseKey(nextKey);
    copy.rekey(literal);
    literal.fill(0);
  });
}

function same(left: Contents, right: Contents): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Reads every page under the next key before the copy may replace anything. */
function proveCopy({ path, nextKey, amend }: DatabaseRewrite, original: Contents): void {
  const copy = openCopy(path, nextKey);
  within(copy, () => {
    if (problemsOf(copy).length > 0 || !same(contentsOf(copy), original))
      throw new AppError('VAULT_CORRUPT', { reason: 'copy' });
    amend?.(copy);
  });
}

/** A log that outlived its last connection belongs to another one, and its pages to the old key. */
function assertAlone(files: DatabaseFiles, path: string): void {
  if (files.exists(`${path}-wal`) || files.exists(`${path}-shm`))
    throw new AppError('OFFICE_IN_USE', {}, { retryable: true });
}

/** Removes an unfinished copy and its journal. */
function discardCopy(files: DatabaseFiles, path: string): void {
  files.remove(copyOf(path));
  files.remove(`${copyOf(path)}-journal`);
}

/**
 * Copy, next key, proof, fsync, rename, fsync of the folder. The file must be closed here. Returns the new file's size in bytes. An error
 * leaves the file as it was, or replaced; never anything between.
 * @throws {AppError} OFFICE_IN_USE, VAULT_CORRUPT also where the copy doesn't hold what the original does, VAULT_*
 */
export function rewriteDatabase(files: DatabaseFiles, rewrite: DatabaseRewrite): number {
  const { path } = rewrite;
  discardCopy(files, path);
  try {
    const original = copyDatabase(rewrite);
    assertAlone(files, path);
    rekeyCopy(rewrite);
    proveCopy(rewrite, original);
    files.sync(copyOf(path));
    files.rename(copyOf(path), path);
  } catch (error) {
    discardCopy(files, path);
    throw error;
  }
  files.syncDirectory(dirname(path));
  return files.size(path);
}
