// Numbered migrations: each once, whole or not at all, and hands off a newer schema.
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { describe, expect, it } from 'vitest';
import { migrate, schemaVersion, type Migration } from '../../../electron/adapters/sqlite/migrate.ts';
import { createStatementProfileRepository } from '../../../electron/adapters/sqlite/office-statement-profiles.ts';
import { ProfileId } from '../../../shared/model/ids.ts';
import { SavedProfile } from '../../../shared/model/statement-profile.ts';
import { officeMigrations } from '../../../electron/adapters/sqlite/office-migrations/index.ts';

const one: Migration = { version: 1, name: '0001-one', up: (database) => void database.exec('CREATE TABLE one (a)') };
const two: Migration = { version: 2, name: '0002-two', up: (database) => void database.exec('CREATE TABLE two (a)') };

describe('migrate', () => {
  it('runs what is missing, once', () => {
    const database = new Sqlite(':memory:');
    expect(migrate(database, [one])).toBe(1);
    expect(migrate(database, [one, two])).toBe(1);
    expect(migrate(database, [one, two])).toBe(0);
    expect(schemaVersion(database)).toBe(2);
  });

  it('leaves nothing of a step that fails', () => {
    const database = new Sqlite(':memory:');
    const failing: Migration = {
      ...two,
      up: (inner) => {
        two.up(inner);
        throw new Error('half way');
      },
    };
    expect(() => migrate(database, [one, failing])).toThrow('half way');
    expect(schemaVersion(database)).toBe(1);
    expect(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()).toEqual(['one']);
  });

  it('touches no newer schema', () => {
    const database = new Sqlite(':memory:');
    migrate(database, [one, two]);
    const before = database.serialize();
    expect(() => migrate(database, [one])).toThrow(
      expect.objectContaining({ code: 'VAULT_SCHEMA_NEWER', params: { found: '2', known: '1' } }),
    );
    expect(database.serialize().equals(before)).toBe(true);
  });

  it('refuses migrations out of order', () => {
    expect(() => migrate(new Sqlite(':memory:'), [two])).toThrow(TypeError);
  });
});

describe('0001-office', () => {
  it('makes every table of the office', () => {
    const database = new Sqlite(':memory:');
    migrate(database, officeMigrations.slice(0, 1));
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all();
    expect(tables).toEqual([
      'anchors',
      'audit',
      'audit_checkpoint',
      'audit_state',
      'backups',
      'call_ledger',
      'clients',
      'connection_account',
      'connection_pins',
      'connection_try',
      'connections',
      'keyring',
      'office',
      'user_client',
      'user_code',
      'user_recovery_code',
      'users',
    ]);
    const loose = database.prepare(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    );
    expect(loose.pluck().all()).toEqual([]);
  });

  it('has no column for a credential of a bank, and none for a secret but the office’s own', () => {
    const database = new Sqlite(':memory:');
    migrate(database, officeMigrations.slice(0, 1));
    const columns = database.prepare(
      "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    );
    const secrets = columns
      .pluck()
      .all()
      .filter((name) => /token|secret|password|private|certificate/.test(String(name)));
    expect(secrets.map(String).sort((left, right) => left.localeCompare(right, 'en'))).toEqual([
      'keyring.checkpoint_secret',
      'keyring.owner_secret',
      'user_code.secret',
      'users.password_stands_alone',
    ]);
  });
});

describe('0002-profiles', () => {
  const database = new Sqlite(':memory:');
  migrate(database, officeMigrations.slice(0, 1));
  expect(migrate(database, officeMigrations.slice(0, 2))).toBe(1);
  const profile = SavedProfile.parse({
    id: `profile_${'0a'.repeat(10)}`,
    name: 'Harbour Bank',
    signature: 'ab'.repeat(32),
    profile: { format: 'qif', charset: 'utf-8', dateOrder: 'dmy', decimalMark: ',', currency: 'EUR' },
    savedAt: '2026-03-01T08:00:00.000Z',
    savedBy: 'Ada Keel',
  });

  it('adds import profiles, one a name', () => {
    const columns = database.prepare("SELECT name FROM pragma_table_info('statement_profiles')").pluck().all();
    expect(columns).toEqual(['id', 'name', 'signature', 'profile_json', 'saved_at', 'saved_by']);
    const insert = database.prepare('INSERT INTO statement_profiles VALUES (?, ?, ?, ?, ?, ?)');
    insert.run('a', 'same', '', '{}', '', '');
    expect(() => insert.run('b', 'same', '', '{}', '', '')).toThrow(/UNIQUE/);
    database.exec('DELETE FROM statement_profiles');
  });

  it('a profile saved under a name again keeps its id', () => {
    const profiles = createStatementProfileRepository(database);
    expect(profiles.save(profile)).toEqual(profile);
    const changed = { ...profile, signature: 'cd'.repeat(32), savedBy: 'Ben Moor' };
    const other = ProfileId.parse(`profile_${'0b'.repeat(10)}`);
    expect(profiles.save({ ...changed, id: other })).toEqual(changed);
    expect(profiles.list()).toEqual([changed]);
    expect([profiles.remove(other), profiles.remove(profile.id), profiles.list()]).toEqual([false, true, []]);
  });
});
