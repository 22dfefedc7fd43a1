// A database under its next key: the same rows, one key at a time, and after a fault at any step a file that opens with the one or the other.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatabaseFiles } from '../../../electron/adapters/sqlite/database-files.ts';
import { createOfficeDatabases } from '../../../electron/adapters/sqlite/office-databases.ts';
import { openDatabase, type Database } from '../../../electron/adapters/sqlite/open-database.ts';
import { rewriteDatabase } from '../../../electron/adapters/sqlite/rewrite-database.ts';
import { nodeFileSystem, translatingFileErrors } from '../../../electron/adapters/vault-files/file-system.ts';
import { failEveryCall } from '../../faults/failing-calls.ts';

const [key, nextKey] = [randomBytes(32), randomBytes(32)];
const ROWS = 300;
const files: DatabaseFiles = translatingFileErrors(nodeFileSystem);
const withCode = (code: string): unknown => expect.objectContaining({ code });
let directory = '';
const path = (): string => join(directory, 'office.db');

function fill(): void {
  const database = openDatabase({ path: path(), key, mode: 'create' });
  database.exec(`CREATE TABLE parents (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
    CREATE TABLE children (parent INTEGER REFERENCES parents (id), "odd ""name" TEXT) STRICT;
    CREATE VIRTUAL TABLE words USING fts5 (word);
    PRAGMA user_version = 7;`);
  const insert = database.prepare('INSERT INTO parents (name) VALUES (?)');
  for (let row = 0; row < ROWS; row += 1) insert.run(`parent ${row} ${'x'.repeat(100)}`);
  database.exec(`INSERT INTO children VALUES (1, 'a'); INSERT INTO words VALUES ('harbour')`);
  database.close();
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'strongroom-rewrite-'));
  fill();
});
afterEach(() => rmSync(directory, { recursive: true }));

function contents(under: Uint8Array): unknown {
  const database = openDatabase({ path: path(), key: under, mode: 'open' });
  const rows = (sql: string): unknown => database.prepare(sql).all();
  const all = [
    rows('SELECT * FROM parents'),
    rows('SELECT * FROM children'),
    rows(`SELECT rowid FROM words WHERE words MATCH 'harbour'`),
    database.pragma('user_version', { simple: true }),
    database.pragma('integrity_check', { simple: true }),
  ];
  database.close();
  return all;
}

/** Which of the two keys opens the file. */
function opening(): ('key' | 'nextKey')[] {
  const keys = { key, nextKey } as const;
  return (['key', 'nextKey'] as const).filter((name) => {
    try {
      openDatabase({ path: path(), key: keys[name], mode: 'open' }).close();
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
      return false;
    }
  });
}

const rewrite = (through: DatabaseFiles = files, amend?: (copy: Database) => void): number =>
  rewriteDatabase(through, { path: path(), key, nextKey, ...(amend && { amend }) });

describe('rewriteDatabase', () => {
  it('keeps every row, refuses the old key and leaves nothing beside the file', () => {
    const before = contents(key);
    const bytes = rewrite();
    expect(contents(nextKey)).toEqual(before);
    expect(opening()).toEqual(['nextKey']);
    expect(readdirSync(directory)).toEqual(['office.db']);
    expect(statSync(path()).size).toBeGreaterThanOrEqual(bytes);
    expect(statSync(path()).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it('takes along what a crash left in the log', () => {
    const crashed = openDatabase({ path: path(), key, mode: 'open' });
    crashed.exec(`INSERT INTO children VALUES (2, 'in the log')`);
    const kept = ['office.db', 'office.db-wal'].map((name) => [name, readFileSync(join(directory, name))] as const);
    crashed.close();
    for (const [name, bytes] of kept) writeFileSync(join(directory, name), bytes);
    rewrite();
    expect(JSON.stringify(contents(nextKey))).toContain('in the log');
    expect(readdirSync(directory)).toEqual(['office.db']);
  });

  it('amends the copy, and drops it where the amendment fails', () => {
    const fail = (): never => {
      throw new TypeError('not today');
    };
    expect(() => rewrite(files, fail)).toThrow('not today');
    expect([opening(), readdirSync(directory)]).toEqual([['key'], ['office.db']]);
    rewrite(files, (copy) => void copy.exec(`INSERT INTO children VALUES (3, 'amended')`));
    expect(JSON.stringify(contents(nextKey))).toContain('amended');
  });

  it.each([
    ['misses rows', `DELETE FROM parents WHERE id = 7`],
    ['breaks a reference', `UPDATE children SET parent = 9999`],
    ['has another schema', `PRAGMA user_version = 6`],
  ])('never puts a copy in place that %s', (_how, change) => {
    const spoiling = (looked: string): boolean => {
      const copy = openDatabase({ path: `${path()}.next`, key, mode: 'open', journal: 'delete' });
      copy.exec(`PRAGMA foreign_keys = OFF; ${change}`);
      copy.close();
      return files.exists(looked);
    };
    const exists = vi.fn(files.exists).mockImplementationOnce(spoiling);
    expect(() => rewrite({ ...files, exists })).toThrow(withCode('VAULT_CORRUPT'));
    expect(exists).toHaveBeenCalled();
    expect([opening(), readdirSync(directory)]).toEqual([['key'], ['office.db']]);
  });

  it('refuses while someone else reads the file', () => {
    const reader = openDatabase({ path: path(), key, mode: 'open' });
    reader.exec('BEGIN; SELECT * FROM parents');
    expect(() => rewrite()).toThrow(withCode('OFFICE_IN_USE'));
    reader.close();
    expect([opening(), readdirSync(directory)]).toEqual([['key'], ['office.db']]);
  }, 20_000);

  it('refuses the wrong key and a damaged file, and changes neither', () => {
    const wrong = { path: path(), key: nextKey, nextKey: key };
    expect(() => rewriteDatabase(files, wrong)).toThrow(withCode('VAULT_CORRUPT'));
    const damaged = readFileSync(path());
    damaged.writeUInt8(damaged.readUInt8(9000) ^ 1, 9000);
    writeFileSync(path(), damaged);
    expect(() => rewrite()).toThrow(withCode('VAULT_CORRUPT'));
    expect(readFileSync(path()).equals(damaged)).toBe(true);
    expect(readdirSync(directory)).toEqual(['office.db']);
  });

  it('opens with exactly one key whichever step fails, before or after it is done', async () => {
    const before = contents(key);
    const failures = await failEveryCall((failing, failure) => {
      const watched = failing.watch(nodeFileSystem, ['sync', 'rename', 'syncDirectory', 'remove']);
      const step = `${failure.when} step ${failure.at}`;
      try {
        rewrite(translatingFileErrors(watched));
      } catch (error) {
        expect(error, step).toMatchObject({ code: 'VAULT_DISK_FULL' });
      }
      const [under, ...others] = opening();
      expect(others, step).toEqual([]);
      expect(contents(under === 'key' ? key : nextKey), step).toEqual(before);
      rmSync(directory, { recursive: true });
      mkdirSync(directory);
      fill();
    });
    expect(failures).toBeGreaterThanOrEqual(10);
  });
});

describe('discardLeftovers and digest', () => {
  it('removes unfinished copies alone', () => {
    mkdirSync(join(directory, 'clients'));
    const client = `client_${'ab'.repeat(10)}.db`;
    const leftovers = ['office.db.next', 'office.db.next-journal', `clients/${client}.next`];
    const others = [
      `clients/${client}`,
      'clients/other.db.next',
      'header.json',
      'office.db.next.bak',
      'x-office.db.next',
    ];
    for (const name of [...leftovers, ...others]) writeFileSync(join(directory, name), name);
    createOfficeDatabases(files).discardLeftovers(directory);
    expect(readdirSync(directory).sort()).toEqual(
      ['clients', 'header.json', 'office.db', 'office.db.next.bak', 'x-office.db.next'].sort(),
    );
    expect(readdirSync(join(directory, 'clients')).sort()).toEqual([client, 'other.db.next']);
  });

  it('gives the digest of a closed file, of an open one none', () => {
    const databases = createOfficeDatabases(files);
    const digest = (): string | null => databases.digest({ directory, database: 'office' });
    const closed = digest();
    expect(closed).toBe(nodeFileSystem.sha256(path()));
    const database = openDatabase({ path: path(), key, mode: 'open' });
    expect(digest()).toBe(closed);
    database.exec(`INSERT INTO children VALUES (1, 'b')`);
    expect(digest()).toBeNull();
    database.close();
    expect(digest()).toMatch(/^[0-9a-f]{64}$/);
    expect(digest()).not.toBe(closed);
    rmSync(path());
    expect(digest()).toBeNull();
  });
});
