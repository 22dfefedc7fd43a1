// The audit log in its database: every kind of edit, removal, insertion and swap shows in 1,000 rows, and so does every missing end; entries
// belong to the transaction of their action; what is personal can go without breaking the chain.
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAuditChain } from '../../../electron/adapters/sqlite/audit-chain.ts';
import { createAuditTableV1 } from '../../../electron/adapters/sqlite/audit-table.ts';
import type { Database } from '../../../electron/adapters/sqlite/open-database.ts';
import { createStore } from '../../../electron/adapters/sqlite/store.ts';
import { entryHash, entryMac, genesisHash, keyCommitment, nextKey } from '../../../electron/core/ports/audit-chain.ts';
import { aDraft, allRecords, anAuditLog, CHAIN, FIRST_KEY, withoutTriggers } from '../../builders/audit-log.ts';

const ENTRIES = 1000;
/** Built once; every test works on a copy of its bytes. */
const whole = anAuditLog(ENTRIES).database.serialize();

function copy(): Database {
  return new Sqlite(whole);
}

const checkOf = (database: Database, firstKey?: Uint8Array) =>
  createAuditChain(database, CHAIN).check(firstKey ? { firstKey } : {});
const brokenAt = (database: Database, firstKey?: Uint8Array): number | null => checkOf(database, firstKey).brokenAt;

/** Runs `attempt` and takes everything back. */
function passing(database: Database, attempt: () => void): void {
  database.exec('SAVEPOINT before');
  attempt();
  database.exec('ROLLBACK TO before; RELEASE before');
}

/** The keys in the order they are used: the first entry's first. */
function keysOf(count: number): Uint8Array[] {
  const keys: Uint8Array[] = [FIRST_KEY];
  while (keys.length < count) keys.push(nextKey(keys.at(-1)!));
  return keys;
}

describe('beginning and appending', () => {
  const { database, audit, transaction } = ((): ReturnType<typeof anAuditLog> => anAuditLog(0))();

  it('an empty chain holds and ends at its genesis', () => {
    expect(audit.check()).toEqual({ entries: 0, brokenAt: null });
    expect(audit.check({ firstKey: FIRST_KEY })).toEqual({ entries: 0, brokenAt: null });
    expect(audit.head()).toEqual({ sequence: 0, hash: genesisHash(CHAIN, keyCommitment(FIRST_KEY)) });
    expect(audit.lastCheckpoint()).toBeNull();
  });

  it('keeps what it started with, and hands the sealed key to other owners', () => {
    expect(audit.start()).toEqual({
      sealedFirstKey: Buffer.from([1, 2, 3]),
      firstKeyCommitment: keyCommitment(FIRST_KEY),
    });
    audit.setSealedFirstKey(Uint8Array.of(9));
    expect(audit.start().sealedFirstKey).toEqual(Buffer.from([9]));
  });

  it('refuses a second beginning, a short key, and entries outside a transaction or before the beginning', () => {
    const start = { firstKey: FIRST_KEY, sealedFirstKey: new Uint8Array(1) };
    expect(() => audit.begin(start)).toThrow('belongs into the transaction');
    expect(() => transaction(() => audit.begin(start))).toThrow('begun before');
    expect(() => audit.append(aDraft(1))).toThrow('belongs into the transaction');

    const bare = new Sqlite(':memory:');
    createAuditTableV1(bare);
    const store = createStore(bare, CHAIN);
    expect(() => store.transaction(() => store.audit.begin({ ...start, firstKey: new Uint8Array(31) }))).toThrow(
      '32 bytes',
    );
    expect(() => store.transaction(() => store.audit.append(aDraft(1)))).toThrow(
      new TypeError('this audit chain was not begun'),
    );
    expect(store.audit.check()).toEqual({ entries: 0, brokenAt: 1 });
    for (const ask of [store.audit.head, store.audit.start])
      expect(() => ask()).toThrow(expect.objectContaining({ code: 'VAULT_AUDIT_BROKEN' }));
  });

  it('keeps no key but the next entry’s', () => {
    const keys = keysOf(4);
    const current = (): unknown => database.prepare('SELECT key FROM audit_state').pluck().get();
    for (const key of keys.slice(0, 3)) {
      expect(current()).toEqual(Buffer.from(key));
      transaction(() => audit.append(aDraft(1)));
    }
    expect(current()).toEqual(Buffer.from(keys[3]!));
    const bytes = database.serialize();
    for (const gone of keys.slice(0, 3)) expect(bytes.includes(Buffer.from(gone))).toBe(false);
  });
});

describe('in the transaction of its action', () => {
  let store = anAuditLog(0);
  const actions = (): unknown => store.database.prepare('SELECT count(*) FROM action').pluck().get();
  const act = (): void => void store.database.exec('INSERT INTO action VALUES (1)');
  beforeEach(() => {
    store = anAuditLog(3);
    store.database.exec('CREATE TABLE action (number INTEGER) STRICT');
  });

  it('a failure after the entry leaves neither, and the key is the earlier one', () => {
    const before = store.audit.head();
    const failing = (): void => {
      act();
      store.audit.append(aDraft(4));
      throw new Error('the action failed');
    };
    expect(() => store.transaction(failing)).toThrow('the action failed');
    expect(actions()).toBe(0);
    expect(store.audit.head()).toEqual(before);
    store.transaction(() => store.audit.append(aDraft(4)));
    expect(store.audit.check({ firstKey: FIRST_KEY })).toEqual({ entries: 4, brokenAt: null });
  });

  it.each([
    ['the entry', 'CREATE TRIGGER full BEFORE INSERT ON audit'],
    ['its key', 'CREATE TRIGGER full BEFORE UPDATE ON audit_state'],
  ])('an action whose audit fails at %s does not happen', (_what, trigger) => {
    store.database.exec(`${trigger} BEGIN SELECT RAISE(ABORT, 'no entry today'); END`);
    const audited = (): void => {
      act();
      store.audit.append(aDraft(4));
    };
    expect(() => store.transaction(audited)).toThrow('no entry today');
    expect(actions()).toBe(0);
    expect(store.audit.check({ firstKey: FIRST_KEY })).toEqual({ entries: 3, brokenAt: null });
  });
});

describe('honest code', () => {
  it('cannot change or delete an entry or a checkpoint', () => {
    const { database, audit } = anAuditLog(3);
    audit.addCheckpoint({ ...audit.head(), at: 'now', publicKey: 'k', signature: 's' });
    for (const wrong of [
      "UPDATE audit SET action = 'x'",
      "UPDATE audit SET user_name = 'x'",
      'DELETE FROM audit WHERE sequence = 3',
      "UPDATE audit_checkpoint SET hash = 'x'",
      'DELETE FROM audit_checkpoint',
    ])
      expect(() => database.exec(wrong)).toThrow('only grows');
    expect(() => database.exec('UPDATE audit SET user_name = NULL')).toThrow('CHECK');
    expect(audit.check()).toEqual({ entries: 3, brokenAt: null });
    expect(audit.lastCheckpoint()).toEqual(audit.checkpoints().at(-1));
  });

  it('erases what is personal, and the chain verifies all the same', () => {
    const { database, audit } = anAuditLog(20);
    database.exec('UPDATE audit SET user_name = NULL, payload = NULL, salt = NULL WHERE sequence % 2 = 0');
    expect(audit.check({ firstKey: FIRST_KEY })).toEqual({ entries: 20, brokenAt: null });
    expect(database.serialize().includes('Ada Keel')).toBe(true);
    database.exec('UPDATE audit SET user_name = NULL, payload = NULL, salt = NULL');
    database.exec('VACUUM');
    expect(database.serialize().includes('Ada Keel')).toBe(false);
    expect(audit.check({ firstKey: FIRST_KEY })).toEqual({ entries: 20, brokenAt: null });
  });
});

describe('1,000 rows', () => {
  it('hold, for their own office only and for the right first key only', () => {
    expect(checkOf(copy())).toEqual({ entries: ENTRIES, brokenAt: null });
    expect(checkOf(copy(), FIRST_KEY)).toEqual({ entries: ENTRIES, brokenAt: null });
    expect(createAuditChain(copy(), 'office_2').check()).toEqual({ entries: 0, brokenAt: 1 });
    expect(brokenAt(copy(), new Uint8Array(32))).toBe(1);
  });

  const edits = [
    "at = '2020-01-01T00:00:00.000Z'",
    "at = 'yesterday'",
    "user_id = coalesce(user_id, '') || '0'",
    'user_id = NULL',
    "action = action || '0'",
    "subject = coalesce(subject, '') || '0'",
    "outcome = iif(outcome = 'done', 'denied', 'done')",
    "user_name = 'Eve'",
    "payload = '{}'",
    'salt = zeroblob(16)',
    'personal_digest = previous_hash',
    'previous_hash = hash',
    'hash = personal_digest',
    "hash = 'none'",
  ];
  it('an edit of any field shows at its row, in every third row', () => {
    const database = withoutTriggers(copy());
    for (let row = 1; row <= ENTRIES; row += 3) {
      const edit = edits[row % edits.length]!;
      passing(database, () => {
        database.prepare(`UPDATE audit SET ${edit} WHERE sequence = ?`).run(row);
        expect(brokenAt(database), `${edit} in ${row}`).toBe(row);
      });
    }
    for (const edit of edits) {
      passing(database, () => {
        database.exec(`UPDATE audit SET ${edit} WHERE sequence = 500`);
        expect(checkOf(database), edit).toEqual({ entries: 499, brokenAt: 500 });
      });
    }
    expect(brokenAt(database)).toBeNull();
  });

  it('a changed MAC shows to who has the first key', () => {
    const database = withoutTriggers(copy());
    database.exec('UPDATE audit SET mac = hash WHERE sequence = 700');
    expect(brokenAt(database)).toBeNull();
    expect(brokenAt(database, FIRST_KEY)).toBe(700);
  });

  it('a removed row, an inserted copy and two swapped rows show', () => {
    const database = withoutTriggers(copy());
    const columns =
      'at, user_id, action, subject, outcome, user_name, payload, salt, personal_digest, previous_hash, hash, mac';
    for (let row = 1; row < ENTRIES; row += 20) {
      passing(database, () => {
        database.prepare('DELETE FROM audit WHERE sequence = ?').run(row);
        expect(brokenAt(database)).toBe(row);
        database.prepare('UPDATE audit SET sequence = sequence - 1 WHERE sequence > ?').run(row);
        expect(brokenAt(database)).toBe(row);
      });
      passing(database, () => {
        database.prepare('UPDATE audit SET sequence = sequence + 5000 WHERE sequence > ?').run(row);
        database.exec('UPDATE audit SET sequence = sequence - 4999 WHERE sequence > 5000');
        database.prepare(`INSERT INTO audit SELECT ?, ${columns} FROM audit WHERE sequence = ?`).run(row + 1, row);
        expect(brokenAt(database)).toBe(row + 1);
      });
      passing(database, () => {
        const move = database.prepare('UPDATE audit SET sequence = ? WHERE sequence = ?');
        for (const [to, from] of [
          [5000, row],
          [row, row + 1],
          [row + 1, 5000],
        ])
          move.run(to, from);
        expect(brokenAt(database)).toBe(row);
      });
    }
  });

  it.each([0, 200, 400, 600, 800])('the last k missing shows, for every k that leaves %i to 199 more', (least) => {
    const database = withoutTriggers(copy());
    const drop = database.prepare('DELETE FROM audit WHERE sequence > ?');
    for (let left = least + 199; left >= least; left -= 1) {
      drop.run(left);
      expect(checkOf(database)).toEqual({ entries: left, brokenAt: left + 1 });
    }
  });

  it('a later entry does not close the gap', () => {
    const database = withoutTriggers(copy());
    database.exec('DELETE FROM audit WHERE sequence > 990');
    const store = createStore(database, CHAIN);
    store.transaction(() => store.audit.append(aDraft(1)));
    expect(store.audit.head().sequence).toBe(ENTRIES + 1);
    expect(brokenAt(database)).toBe(991);
  });

  it('the last k missing with the count set back shows to who has the first key: the earlier key is gone', () => {
    const database = withoutTriggers(copy());
    const keys = keysOf(ENTRIES + 1);
    for (const missing of [1, 2, 3, 10, 100, 500, 999, 1000]) {
      const left = ENTRIES - missing;
      passing(database, () => {
        database.prepare('DELETE FROM audit WHERE sequence > ?').run(left);
        database.prepare('UPDATE audit_state SET sequence = ?').run(left);
        expect(brokenAt(database)).toBeNull();
        expect(checkOf(database, FIRST_KEY)).toEqual({ entries: left, brokenAt: left + 1 });
        database.prepare('UPDATE audit_state SET key = ?').run(nextKey(keys[ENTRIES]!));
        expect(brokenAt(database, FIRST_KEY)).toBe(left + 1);
        database.prepare('UPDATE audit_state SET key = ?').run(keys[left]);
        expect(brokenAt(database, FIRST_KEY)).toBeNull();
      });
    }
    database.exec('DELETE FROM audit_state');
    expect(brokenAt(database)).toBe(1);
  });

  it('a chain written anew without the earlier keys shows to who has the first key, and at the next checkpoint', () => {
    const database = withoutTriggers(copy());
    const { audit } = createStore(database, CHAIN);
    const signed = allRecords({ audit })[899]!;
    const write = database.prepare('UPDATE audit SET action = ?, previous_hash = ?, hash = ? WHERE sequence = ?');
    let previousHash = '';
    for (const record of allRecords({ audit })) {
      const action = record.sequence === 300 ? 'clients.list' : record.action;
      const changed = { ...record, action, previousHash: previousHash || record.previousHash };
      previousHash = entryHash(changed);
      write.run(action, changed.previousHash, previousHash, record.sequence);
    }
    expect(checkOf(database)).toEqual({ entries: ENTRIES, brokenAt: null });
    expect(checkOf(database, FIRST_KEY)).toEqual({ entries: 299, brokenAt: 300 });
    audit.addCheckpoint({ ...signed, publicKey: '', signature: '' });
    expect(checkOf(database)).toEqual({ entries: 899, brokenAt: 900 });
  });

  it('MACs under another first key than the one committed to show, whoever seals that key', () => {
    const database = withoutTriggers(copy());
    const write = database.prepare('UPDATE audit SET mac = ? WHERE sequence = ?');
    const other = new Uint8Array(32).fill(9);
    let key: Uint8Array = other;
    for (const { sequence, hash } of allRecords(createStore(database, CHAIN))) {
      write.run(entryMac(key, hash), sequence);
      key = nextKey(key);
    }
    database.prepare('UPDATE audit_state SET key = ?').run(key);
    expect(checkOf(database, other)).toEqual({ entries: 0, brokenAt: 1 });
    expect(checkOf(database, FIRST_KEY)).toEqual({ entries: 0, brokenAt: 1 });
  });

  it('a checkpoint behind the end shows that the end is missing', () => {
    const database = withoutTriggers(copy());
    const { audit } = createStore(database, CHAIN);
    for (const sequence of [250, 1000])
      audit.addCheckpoint({ ...allRecords({ audit })[sequence - 1]!, publicKey: '', signature: '' });
    expect(checkOf(database)).toEqual({ entries: ENTRIES, brokenAt: null });
    database.exec('DELETE FROM audit WHERE sequence > 998; UPDATE audit_state SET sequence = 998');
    expect(checkOf(database)).toEqual({ entries: 998, brokenAt: 999 });
  });
});
