// Turns errors of SQLite into error codes, once, at the adapter's edge. It hides no bug: unknown errors pass unchanged.
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

const SQLITE_CODES: readonly (readonly [prefix: string, code: ErrorCode, retryable: boolean])[] = [
  ['SQLITE_NOTADB', 'VAULT_CORRUPT', false],
  ['SQLITE_CORRUPT', 'VAULT_CORRUPT', false],
  ['SQLITE_FORMAT', 'VAULT_CORRUPT', false],
  ['SQLITE_IOERR_DATA', 'VAULT_CORRUPT', false],
  ['SQLITE_IOERR_CORRUPTFS', 'VAULT_CORRUPT', false],
  ['SQLITE_FULL', 'VAULT_DISK_FULL', true],
  ['SQLITE_BUSY', 'OFFICE_IN_USE', true],
  ['SQLITE_IOERR', 'VAULT_IO', true],
  ['SQLITE_CANTOPEN', 'VAULT_IO', false],
  ['SQLITE_READONLY', 'OFFICE_FOLDER_NOT_WRITABLE', false],
  ['SQLITE_PERM', 'OFFICE_FOLDER_NOT_WRITABLE', false],
  ['SQLITE_NOLFS', 'VAULT_IO', false],
];

/**
 * The AppError for an error of SQLite; any other error, a constraint's and an AppError come back as they are.
 * @see https://www.sqlite.org/rescode.html
 */
export function translateSqliteError(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const found = SQLITE_CODES.find(([prefix]) => error.code.startsWith(prefix));
  return found ? new AppError(found[1], { reason: error.code }, { retryable: found[2], cause: error }) : error;
}

/** Runs `work` and throws what SQLite threw as an AppError. */
export function withSqliteErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateSqliteError(error);
  }
}

/**
 * The same repository with every method's SQLite errors translated: the edge that a repository's factory returns.
 * Methods must be synchronous and must not use `this`.
 */
export function translatingErrors<Repository extends object>(repository: Repository): Repository {
  const wrapped = Object.entries(repository).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member] as const;
    return [
      name,
      (...inputs: unknown[]): unknown => withSqliteErrors((): unknown => Reflect.apply(member, undefined, inputs)),
    ] as const;
  });
  return Object.fromEntries(wrapped) as Repository;
}
