// Brings a database's schema up to date by numbered migrations. It never touches a schema newer than it knows.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Database } from './open-database.ts';
import { withSqliteErrors } from './sqlite-errors.ts';

/** One step of a schema. Once shipped it never changes: it works on the tables as they were, not through today's repositories. */
export interface Migration {
  /** 1, 2, 3 … without gaps; equals `user_version` after it ran. */
  readonly version: number;
  readonly name: string;
  readonly up: (database: Database) => void;
}

/** The schema version a database has; 0 before its first migration. */
export function schemaVersion(database: Database): number {
  return withSqliteErrors(() => Number(database.pragma('user_version', { simple: true })));
}

/** @throws {AppError} VAULT_SCHEMA_NEWER, VAULT_* */
export function assertKnownSchema(database: Database, migrations: readonly Migration[]): void {
  const found = schemaVersion(database);
  if (found <= migrations.length) return;
  throw new AppError('VAULT_SCHEMA_NEWER', { found: String(found), known: String(migrations.length) });
}

function assertNumbered(migrations: readonly Migration[]): void {
  const wrong = migrations.find((migration, index) => migration.version !== index + 1);
  if (wrong) throw new TypeError(`migration ${wrong.name} is out of order`);
}

/**
 * Runs the missing migrations, each in a transaction of its own together with its `user_version`. Returns how many ran; running again does nothing.
 * @throws {AppError} VAULT_SCHEMA_NEWER before anything is written, VAULT_*
 */
export function migrate(database: Database, migrations: readonly Migration[]): number {
  assertNumbered(migrations);
  assertKnownSchema(database, migrations);
  const missing = migrations.slice(schemaVersion(database));
  for (const migration of missing) {
    const step = database.transaction(() => {
      migration.up(database);
      database.pragma(`user_version=${migration.version}`);
    });
    withSqliteErrors(() => step.immediate());
  }
  return missing.length;
}
