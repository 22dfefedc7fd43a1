// The database file: SQLCipher 4 with the raw key, nothing readable in it, errors in codes.
import { execFileSync, spawnSync } from 'node:child_process';
import { createDecipheriv, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpoint, INSECURE_PLAINTEXT, openDatabase } from '../../../electron/adapters/sqlite/open-database.ts';
import { lockOffice } from '../../../electron/adapters/sqlite/office-lock.ts';
import { withSqliteErrors } from '../../../electron/adapters/sqlite/sqlite-errors.ts';

const CANARY = 'canary-Zürich-4711';
const key = randomBytes(32);
let directory = '';
const path = (): string => join(directory, 'office.db');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'strongroom-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function createWithCanary(): void {
  const database = openDatabase({ path: path(), key, mode: 'create' });
  database.exec('CREATE TABLE t (a TEXT)');
  const insert = database.prepare('INSERT INTO t VALUES (?)');
  for (let row = 0; row < 500; row += 1) insert.run(`${CANARY} ${row}`);
  checkpoint(database);
  database.close();
}

/** Decrypts a file by the published design of SQLCipher 4, without any SQLite. */
function decryptBySpecification(file: Buffer): Buffer {
  const [pageSize, reserve] = [4096, 80];
  const salt = file.subarray(0, 16);
  const macKey = pbkdf2Sync(
    key,
    salt.map((byte) => byte ^ 0x3a),
    2,
    32,
    'sha512',
  );
  const pages: Buffer[] = [];
  for (let number = 1; number * pageSize <= file.length; number += 1) {
    const page = file.subarray((number - 1) * pageSize, number * pageSize);
    const start = number === 1 ? 16 : 0;
    const iv = page.subarray(pageSize - reserve, pageSize - reserve + 16);
    const counter = Buffer.alloc(4);
    counter.writeUInt32LE(number);
    const mac = createHmac('sha512', macKey)
      .update(page.subarray(start, pageSize - reserve + 16))
      .update(counter);
    const stated = page.subarray(pageSize - 64);
    if (!timingSafeEqual(mac.digest(), stated)) throw new Error(`page ${number} is not authentic`);
    const cipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
    const plain = Buffer.concat([cipher.update(page.subarray(start, pageSize - reserve)), cipher.final()]);
    pages.push(number === 1 ? Buffer.concat([Buffer.from('SQLite format 3\0'), plain]) : plain, Buffer.alloc(reserve));
  }
  return Buffer.concat(pages);
}

/** Debian 12 has SQLCipher 3, which can't read version 4: there the published design above is the independent reader. */
const genuine = /^(?:[4-9]|\d{2,})\./m.test(
  spawnSync('sqlcipher', [':memory:', 'PRAGMA cipher_version']).stdout?.toString() ?? '',
);

describe('openDatabase', () => {
  it('writes SQLCipher 4 pages that the published design decrypts and authenticates', () => {
    createWithCanary();
    const plain = join(directory, 'plain.db');
    writeFileSync(plain, decryptBySpecification(readFileSync(path())));
    const database = openDatabase({ path: plain, key: INSECURE_PLAINTEXT, mode: 'open' });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 500 });
    database.close();
  });

  it.skipIf(!genuine)('opens in a genuine SQLCipher 4, where one is installed', () => {
    createWithCanary();
    const input = `PRAGMA key="x'${key.toString('hex')}'"; SELECT count(*) FROM t; PRAGMA integrity_check;`;
    expect(execFileSync('sqlcipher', [path()], { input }).toString()).toMatch(/500\s+ok/);
  });

  it('leaves nothing readable in the file or its log', () => {
    const database = openDatabase({ path: path(), key, mode: 'create' });
    database.exec('CREATE TABLE t (a TEXT)');
    database.prepare('INSERT INTO t VALUES (?)').run(CANARY);
    const names = readdirSync(directory);
    expect(names).toContain('office.db-wal');
    for (const name of names) expect(readFileSync(join(directory, name)).includes(CANARY)).toBe(false);
    database.close();
  });

  it('has the settings every database needs', () => {
    const database = openDatabase({ path: path(), key, mode: 'create' });
    const setting = (name: string): unknown => database.pragma(name, { simple: true });
    expect(setting('journal_mode')).toBe('wal');
    expect(setting('synchronous')).toBe(2);
    expect(setting('temp_store')).toBe(2);
    expect(setting('foreign_keys')).toBe(1);
    expect(setting('trusted_schema')).toBe(0);
    expect(setting('secure_delete')).toBe(2);
    expect(setting('busy_timeout')).toBe(5000);
    expect(setting('page_size')).toBe(4096);
    database.close();
  });

  it.skipIf(process.platform === 'win32')('gives a new file, its log and the lock to their owner alone', () => {
    const before = process.umask(0);
    try {
      const database = openDatabase({ path: path(), key, mode: 'create' });
      database.exec('CREATE TABLE t (a TEXT)');
      const lock = lockOffice(directory);
      const modes = readdirSync(directory).map((name) => [name, statSync(join(directory, name)).mode & 0o777]);
      lock.release();
      database.close();
      expect(Object.fromEntries(modes)).toEqual({
        'office.db': 0o600,
        'office.db-shm': 0o600,
        'office.db-wal': 0o600,
        'office.lock': 0o600,
      });
    } finally {
      process.umask(before);
    }
  });

  it('refuses a wrong key, a damaged file, a missing file and an existing one', () => {
    createWithCanary();
    const open = (options: { key?: Buffer; mode: 'open' | 'create'; at?: string }) => () =>
      openDatabase({ path: options.at ?? path(), key: options.key ?? key, mode: options.mode });
    expect(open({ key: randomBytes(32), mode: 'open' })).toThrow(expect.objectContaining({ code: 'VAULT_CORRUPT' }));
    expect(open({ at: join(directory, 'none.db'), mode: 'open' })).toThrow(
      expect.objectContaining({ code: 'VAULT_IO' }),
    );
    expect(open({ mode: 'create' })).toThrow(expect.objectContaining({ code: 'VAULT_IO' }));
    const bytes = readFileSync(path());
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
    writeFileSync(path(), bytes);
    expect(open({ mode: 'open' })).toThrow(expect.objectContaining({ code: 'VAULT_CORRUPT' }));
  });

  it('never answers with wrong data: a flipped or cut page is an error', () => {
    createWithCanary();
    const original = readFileSync(path());
    const read = (): unknown =>
      withSqliteErrors(() => {
        const database = openDatabase({ path: path(), key, mode: 'read-only' });
        try {
          return database.prepare('SELECT count(*) AS n, min(a) AS a FROM t').get();
        } finally {
          database.close();
        }
      });
    expect(read()).toEqual({ n: 500, a: `${CANARY} 0` });
    for (let page = 0; page * 4096 < original.length; page += 1) {
      const bytes = Buffer.from(original);
      const at = page * 4096 + 200 + page;
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x80, at);
      writeFileSync(path(), bytes);
      expect(read).toThrow(expect.objectContaining({ code: 'VAULT_CORRUPT' }));
    }
    writeFileSync(path(), original);
    truncateSync(path(), original.length - 4096);
    expect(read).toThrow(expect.objectContaining({ code: 'VAULT_CORRUPT' }));
  });
});

describe('lockOffice', () => {
  it('is held by one at a time and free again after release', () => {
    const lock = lockOffice(directory);
    expect(() => lockOffice(directory)).toThrow(expect.objectContaining({ code: 'OFFICE_IN_USE' }));
    lock.release();
    lockOffice(directory).release();
  });
});
