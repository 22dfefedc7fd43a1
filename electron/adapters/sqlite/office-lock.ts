// Makes sure that one program at a time works on an office. The operating system releases the lock when the process ends, however it ends.
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createPrivateFile } from './private-file.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/** Held until `release`. */
export interface OfficeLock {
  release(): void;
}

/** Name of the empty file the lock sits on. It holds nothing and may be deleted while no program runs. */
export const OFFICE_LOCK_FILE = 'office.lock';

/** On a disk that can only be read SQLite grants the lock all the same. */
function assertWritable(directory: string): void {
  try {
    accessSync(directory, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new AppError('OFFICE_FOLDER_NOT_WRITABLE', { reason }, { cause: error });
  }
}

/**
 * Takes SQLite's exclusive lock on an empty file of the office folder: record locks that a crash releases, on every system SQLite runs on.
 * @throws {AppError} OFFICE_IN_USE when another program, or this one, holds it; OFFICE_FOLDER_NOT_WRITABLE, VAULT_IO
 */
export function lockOffice(directory: string): OfficeLock {
  assertWritable(directory);
  let database: Sqlite.Database | undefined;
  try {
    const path = join(directory, OFFICE_LOCK_FILE);
    createPrivateFile(path);
    database = new Sqlite(path, { timeout: 0 });
    database.pragma('journal_mode=MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return { release: () => void held.close() };
  } catch (error) {
    database?.close();
    const translated = translateSqliteError(error);
    throw translated instanceof AppError ? new AppError(translated.code, {}, { cause: error }) : translated;
  }
}
