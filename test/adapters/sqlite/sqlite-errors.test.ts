// What SQLite says in our words: damage is never taken for a disk that may be tried again, nor a full disk for damage.
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { describe, expect, it } from 'vitest';
import { translateSqliteError } from '../../../electron/adapters/sqlite/sqlite-errors.ts';

describe('translateSqliteError', () => {
  it.each([
    ['SQLITE_NOTADB', 'VAULT_CORRUPT', false],
    ['SQLITE_CORRUPT_INDEX', 'VAULT_CORRUPT', false],
    ['SQLITE_IOERR_DATA', 'VAULT_CORRUPT', false],
    ['SQLITE_IOERR_CORRUPTFS', 'VAULT_CORRUPT', false],
    ['SQLITE_IOERR_FSYNC', 'VAULT_IO', true],
    ['SQLITE_FULL', 'VAULT_DISK_FULL', true],
    ['SQLITE_BUSY_SNAPSHOT', 'OFFICE_IN_USE', true],
    ['SQLITE_READONLY_DBMOVED', 'OFFICE_FOLDER_NOT_WRITABLE', false],
  ])('%s is %s', (reason, code, retryable) => {
    const error = new Sqlite.SqliteError('message of SQLite', reason);
    expect(translateSqliteError(error)).toMatchObject({ code, retryable, params: { reason } });
  });

  it('leaves what is no trouble of the disk as it is', () => {
    const constraint = new Sqlite.SqliteError('message of SQLite', 'SQLITE_CONSTRAINT_UNIQUE');
    expect(translateSqliteError(constraint)).toBe(constraint);
  });
});
