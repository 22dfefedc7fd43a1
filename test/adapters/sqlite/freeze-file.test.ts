// A frozen file stays as it was while writers go on, and nothing they wrote is lost.
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freezeFile } from '../../../electron/adapters/sqlite/freeze-file.ts';
import { openDatabase, type Database } from '../../../electron/adapters/sqlite/open-database.ts';

const key = randomBytes(32);
let directory = '';
const path = (): string => join(directory, 'office.db');
const digest = (): string => createHash('sha256').update(readFileSync(path())).digest('hex');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'strongroom-freeze-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function insert(database: Database, rows: number): void {
  const statement = database.prepare('INSERT INTO t VALUES (?)');
  for (let row = 0; row < rows; row += 1) database.transaction(() => statement.run('x'.repeat(3000)))();
}

const count = (database: Database): unknown => database.prepare('SELECT count(*) FROM t').pluck().get();

describe('freezeFile', () => {
  it('keeps the file through thousands of written pages and checkpoints', () => {
    const file = { path: path(), key, mode: 'create' } as const;
    const database = openDatabase(file);
    database.exec('CREATE TABLE t (a TEXT)');
    database.pragma('synchronous=OFF');
    insert(database, 10);
    const frozen = freezeFile(database, file);
    const before = digest();
    expect(frozen.bytes).toBe(readFileSync(path()).length);
    insert(database, 3000);
    database.pragma('wal_checkpoint(PASSIVE)');
    expect(digest()).toBe(before);
    copyFileSync(path(), join(directory, 'copy.db'));
    frozen.release();
    const copy = openDatabase({ path: join(directory, 'copy.db'), key, mode: 'open' });
    expect([count(copy), copy.pragma('integrity_check', { simple: true })]).toEqual([10, 'ok']);
    copy.close();
    expect(count(database)).toBe(3010);
    database.pragma('wal_checkpoint(TRUNCATE)');
    expect(digest()).not.toBe(before);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });
});
