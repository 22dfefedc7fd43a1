// The audit chain: every edit, removal, insertion and swap shows; entries belong to a transaction; what is personal can go without breaking it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { createAuditChain, createAuditTableV1 } from '../../../electron/adapters/sqlite/audit-chain.ts';
import type { Database } from '../../../electron/adapters/sqlite/open-database.ts';
import { createStore } from '../../../electron/adapters/sqlite/store.ts';
import type { AuditDraft } from '../../../electron/core/ports/audit-log.ts';
import { instantOf } from '../../../shared/model/instant.ts';

const ENTRIES = 60;
let database: Database = new Sqlite(':memory:');

function draft(number: number): AuditDraft {
  return {
    at: instantOf(1_700_000_000_000 + number * 1000),
    userId: 'user_00000000000000000001',
    userName: 'Ada Keel',
    action: 'clients.add',
    subject: number % 3 === 0 ? null : `client_${number}`,
    outcome: number % 7 === 0 ? 'denied' : 'done',
    payload: { number, name: 'Harbour Bakery' },
  };
}

beforeEach(() => {
  database = new Sqlite(':memory:');
  createAuditTableV1(database);
  const { audit, transaction } = createStore(database, 'office_1');
  for (let number = 1; number <= ENTRIES; number += 1) transaction(() => audit.append(draft(number)));
});
afterEach(() => void database.close());

/** As someone with the key and a text editor would: without the triggers. */
function tamper(sql: string, ...values: unknown[]): void {
  database.exec('DROP TRIGGER IF EXISTS audit_never_changed; DROP TRIGGER IF EXISTS audit_never_deleted');
  database.prepare(sql).run(...values);
}

const brokenAt = (chain = 'office_1'): number | null => createAuditChain(database, chain).check().brokenAt;

describe('audit chain', () => {
  it('holds, lists newest first, and ends where its head says', () => {
    const audit = createAuditChain(database, 'office_1');
    expect(audit.check()).toEqual({ entries: ENTRIES, brokenAt: null });
    const [newest, second] = audit.list({ offset: 0, limit: 2 });
    expect([newest?.sequence, second?.sequence]).toEqual([ENTRIES, ENTRIES - 1]);
    expect(newest).toMatchObject({ user: 'Ada Keel', action: 'clients.add', hash: audit.head().hash });
    expect(audit.list({ offset: ENTRIES - 1, limit: 5 }).map((entry) => entry.sequence)).toEqual([1]);
  });

  it('refuses changes through SQL and entries outside a transaction', () => {
    expect(() => database.exec("UPDATE audit SET action = 'x' WHERE sequence = 5")).toThrow('only grows');
    expect(() => database.exec('DELETE FROM audit WHERE sequence = 5')).toThrow('only grows');
    expect(() => createAuditChain(database, 'office_1').append(draft(1))).toThrow(TypeError);
    expect(brokenAt()).toBeNull();
  });

  it('belongs to its office or client', () => {
    expect(brokenAt('office_2')).toBe(1);
  });

  const columns = [
    'at',
    'user_id',
    'action',
    'subject',
    'user_name',
    'payload',
    'payload_digest',
    'previous_hash',
    'hash',
  ];
  it.each(columns)('shows an edited %s in every row', (column) => {
    for (let row = 1; row <= ENTRIES; row += 1) {
      database.exec('SAVEPOINT before');
      tamper(`UPDATE audit SET ${column} = coalesce(${column}, '') || '0' WHERE sequence = ?`, row);
      expect(brokenAt()).toBe(row);
      database.exec('ROLLBACK TO before; RELEASE before');
    }
  });

  it('shows a flipped outcome, a removed row, an inserted row and two swapped rows', () => {
    for (let row = 1; row < ENTRIES; row += 1) {
      const attempt = (sql: string, at: number): void => {
        database.exec('SAVEPOINT before');
        tamper(sql);
        expect(brokenAt()).toBe(at);
        database.exec('ROLLBACK TO before; RELEASE before');
      };
      attempt(`UPDATE audit SET outcome = iif(outcome = 'done', 'denied', 'done') WHERE sequence = ${row}`, row);
      attempt(`DELETE FROM audit WHERE sequence = ${row}`, row);
    }
    tamper('UPDATE audit SET sequence = 1000 WHERE sequence = 30');
    tamper('UPDATE audit SET sequence = 30 WHERE sequence = 31');
    tamper('UPDATE audit SET sequence = 31 WHERE sequence = 1000');
    expect(brokenAt()).toBe(30);
  });

  it('rolls back with its action', () => {
    const { audit, transaction } = createStore(database, 'office_1');
    expect(() =>
      transaction(() => {
        audit.append(draft(1));
        throw new Error('the action failed');
      }),
    ).toThrow('the action failed');
    expect(audit.head().sequence).toBe(ENTRIES);
  });
});
