// Opens one SQLCipher 4 database with a raw key and the settings every database of an office has. It knows no tables and derives no keys.
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createPrivateFile } from './private-file.ts';
import { translateSqliteError } from './sqlite-errors.ts';

export type Database = Sqlite.Database;

/** No encryption at all. For benches that need a plain database to compare with; nothing that ships passes it. */
export const INSECURE_PLAINTEXT: unique symbol = Symbol('INSECURE_PLAINTEXT');

/** Raw key length in bytes; SQLCipher derives nothing from it but the page MAC's key. */
export const DATABASE_KEY_LENGTH = 32;

export interface OpenDatabaseOptions {
  readonly path: string;
  /** 32 raw bytes. The caller keeps them and zeroes them. */
  readonly key: Uint8Array | typeof INSECURE_PLAINTEXT;
  /** `create` fails where the file exists, the others where it does not. */
  readonly mode: 'create' | 'open' | 'read-only';
  /** `wal` unless said otherwise; `delete` for a file that must stand alone at every moment. */
  readonly journal?: 'wal' | 'delete';
  /** Looks at the database before anything may be written to it; what it throws ends the opening. */
  readonly inspect?: (database: Database) => void;
}

/** A raw key as SQLCipher takes it. The caller zeroes it. */
export function databaseKey(key: Uint8Array): Buffer {
  if (key.length !== DATABASE_KEY_LENGTH) throw new TypeError('a database key has 32 bytes');
  return Buffer.from(`x'${Buffer.from(key).toString('hex')}'`, 'latin1');
}

function applyKey(database: Database, key: Uint8Array): void {
  const literal = databaseKey(key);
  database.pragma("cipher='sqlcipher'");
  database.pragma('legacy=4');
  database.key(literal);
  literal.fill(0);
}

function configure(database: Database, { mode, journal = 'wal' }: OpenDatabaseOptions): void {
  database.pragma('temp_store=MEMORY');
  database.pragma('trusted_schema=OFF');
  database.pragma('foreign_keys=ON');
  database.pragma('busy_timeout=5000');
  if (mode === 'read-only') return;
  // Zeroes what is deleted where that costs no extra page: the pages are encrypted, so nothing readable stays either way.
  database.pragma('secure_delete=FAST');
  database.pragma(`journal_mode=${journal}`);
  database.pragma('synchronous=FULL');
}

/**
 * Opens or creates a database: SQLCipher 4 (AES-256-CBC, HMAC-SHA512 a page, 4096-byte pages, raw key without PBKDF2), temporary tables in
 * memory only, write-ahead log, `synchronous=FULL`, foreign keys on. A new file is its owner's alone (0600).
 * The key is proven by reading the schema.
 * @throws {AppError} VAULT_CORRUPT (also for a wrong key: nothing tells them apart), VAULT_IO, VAULT_DISK_FULL, OFFICE_IN_USE, and what
 * `inspect` throws
 * @see https://www.zetetic.net/sqlcipher/design/
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  if (options.mode === 'create' && !createPrivateFile(options.path))
    throw new AppError('VAULT_IO', { reason: 'EEXIST' });
  let database: Database | undefined;
  try {
    database = new Sqlite(options.path, {
      fileMustExist: true,
      readonly: options.mode === 'read-only',
      timeout: 5000,
    });
    if (options.key !== INSECURE_PLAINTEXT) applyKey(database, options.key);
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    options.inspect?.(database);
    configure(database, options);
    return database;
  } catch (error) {
    database?.close();
    throw translateSqliteError(error);
  }
}

const CACHE_KIB = { everyday: 2_048, bulk: 65_536 } as const;

/** Page cache of a connection: large while a batch is staged and committed, small otherwise, since every client has a connection of its own. */
export function setCache(database: Database, use: keyof typeof CACHE_KIB): void {
  database.pragma(`cache_size=-${CACHE_KIB[use]}`);
}

/** Moves the write-ahead log into the database file and empties it, so that the file alone is the whole state. @throws {AppError} OFFICE_IN_USE, VAULT_* */
export function checkpoint(database: Database): void {
  const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (result?.busy !== 0) throw new AppError('OFFICE_IN_USE', {}, { retryable: true });
}
