// Single bits turned over, in a database and its log: what can be read then is what was committed once, or nothing. Figures, no expectations.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../electron/adapters/sqlite/open-database.ts';
import { withSqliteErrors } from '../../electron/adapters/sqlite/sqlite-errors.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { seededRandom } from '../builders/ledger.ts';

/** The same bytes with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  const position = bit >> 3;
  flipped.writeUInt8(flipped.readUInt8(position) ^ (1 << (bit & 7)), position);
  return flipped;
}

export interface FlipFigures {
  readonly flips: number;
  /** Refused as damaged. */
  readonly refused: number;
  /** Read as the last committed state: the bit meant nothing. */
  readonly unharmed: number;
  /** Read as an earlier committed state: the log was taken up to the damage. Only a flip in the log may come to that. */
  readonly earlier: number;
  readonly seconds: number;
}

const COMMITS = 6;

function digestOf(database: Database): string {
  const hash = createHash('sha256');
  for (const table of ['t', 'still'])
    for (const row of database.prepare(`SELECT * FROM ${table} ORDER BY id`).iterate())
      hash.update(JSON.stringify(row));
  return hash.digest('hex');
}

interface Original {
  readonly file: Buffer;
  readonly log: Buffer;
  /** Digest of all rows after each commit; the last is what the files hold. */
  readonly states: readonly string[];
}

/** Some commits and a table that never changes in the file, the rest in the log. */
function build(path: string, key: Uint8Array): Original {
  const database = openDatabase({ path, key, mode: 'create' });
  database.pragma('wal_autocheckpoint=0');
  database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER); CREATE INDEX t_b ON t (b)');
  database.exec('CREATE TABLE still (id INTEGER PRIMARY KEY, a TEXT)');
  const keep = database.prepare('INSERT INTO still (a) VALUES (?)');
  for (let row = 0; row < 600; row += 1) keep.run(`kept ${row} ${'y'.repeat(60)}`);
  const insert = database.prepare('INSERT INTO t (a, b) VALUES (?, ?)');
  const update = database.prepare('UPDATE t SET a = ? WHERE id % 7 = ?');
  const states: string[] = [];
  for (let commit = 0; commit < COMMITS; commit += 1) {
    database.transaction(() => {
      for (let row = 0; row < 60; row += 1) insert.run(`row ${commit}/${row} ${'x'.repeat(40)}`, row * commit);
      update.run(`changed in ${commit}`, commit);
    })();
    states.push(digestOf(database));
    if (commit === COMMITS / 2 - 1) database.pragma('wal_checkpoint(TRUNCATE)');
  }
  const original = { file: readFileSync(path), log: readFileSync(`${path}-wal`), states };
  database.close();
  return original;
}

/** Every row, or the code of the refusal. Reads all of it twice over: by the table and by every index. */
function read(path: string, key: Uint8Array): string {
  try {
    return withSqliteErrors(() => {
      const database = openDatabase({ path, key, mode: 'open' });
      try {
        const digest = digestOf(database);
        return database.pragma('integrity_check', { simple: true }) === 'ok' ? digest : 'VAULT_CORRUPT';
      } finally {
        database.close();
      }
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_CORRUPT') return error.code;
    throw error;
  }
}

/** Flips `flips` bits, one at a time, spread over the file and its log. @throws {assert.AssertionError} for rows that never were */
export function flipDatabaseBits(flips: number, seed = 7): FlipFigures {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-flips-'));
  const started = performance.now();
  try {
    const [path, key, random] = [join(folder, 'office.db'), randomBytes(32), seededRandom(seed)];
    const { file, log, states } = build(path, key);
    const last = states.at(-1);
    const figures = { refused: 0, unharmed: 0, earlier: 0 };
    for (let flip = 0; flip < flips; flip += 1) {
      const bit = Math.floor(random() * (file.length + log.length) * 8);
      const inFile = bit < file.length * 8;
      writeFileSync(path, inFile ? flipBit(file, bit) : file);
      writeFileSync(`${path}-wal`, inFile ? log : flipBit(log, bit - file.length * 8));
      rmSync(`${path}-shm`, { force: true });
      const found = read(path, key);
      if (found === 'VAULT_CORRUPT') figures.refused += 1;
      else if (found === last) figures.unharmed += 1;
      else {
        assert.ok(!inFile && states.includes(found), `bit ${bit} gave rows that never were`);
        figures.earlier += 1;
      }
    }
    return { flips, ...figures, seconds: Math.round((performance.now() - started) / 1000) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
