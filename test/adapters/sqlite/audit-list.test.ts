// The audit log as people read it: newest first, filtered in SQL, with the values the filters offer, and never a guess about a damaged row.
import { describe, expect, it } from 'vitest';
import type { AuditFilter } from '../../../shared/ipc/contract/audit.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import { aDraft, anAuditLog, withoutTriggers } from '../../builders/audit-log.ts';

const EVERYTHING: AuditFilter = { userId: null, action: null, outcome: null, from: null, until: null };
const ADA = 'user_00000000000000000001';
const BEN = 'user_00000000000000000002';
const store = anAuditLog(50);
store.transaction(() => {
  store.audit.append(aDraft(51, { userId: null, userName: '', action: 'vaultOffice.open', payload: {} }));
  store.audit.append(aDraft(52, { action: 'batches', userName: 'Ada Keel-Moor' }));
  store.audit.append(aDraft(53, { action: 'batchesOther.commit', userName: 'Ada Keel-Moor' }));
});

function list(filter: Partial<AuditFilter>, page: { offset?: number; limit?: number } = {}, { audit } = store) {
  return audit.list({ filter: { ...EVERYTHING, ...filter }, offset: 0, limit: 500, ...page });
}
const sequences = (filter: Partial<AuditFilter>): number[] => list(filter).entries.map((entry) => entry.sequence);
const numbers = (wanted: (number: number) => boolean): number[] =>
  Array.from({ length: 53 }, (_, index) => 53 - index).filter(wanted);

describe('list', () => {
  it('shows whole entries, newest first, a page at a time', () => {
    const { entries, total } = list({}, { offset: 3, limit: 2 });
    expect(entries.map((entry) => entry.sequence)).toEqual([50, 49]);
    expect(total).toBe(53);
    const [record] = store.audit.records({ after: 49, limit: 1 });
    expect(entries[0]).toEqual({
      sequence: 50,
      at: aDraft(50).at,
      userId: BEN,
      user: 'Ben Moor',
      action: 'batches.commit',
      subject: 'client_50',
      outcome: 'done',
      payload: { number: 50, name: 'Harbour Bakery', more: ['a', 'b'] },
      hash: record?.hash,
    });
    expect(list({}, { offset: 53 })).toMatchObject({ entries: [], total: 53 });
  });

  it('filters by user, action or area, outcome and time; all that is given must hold', () => {
    expect(sequences({ userId: BEN })).toEqual(numbers((number) => number % 5 === 0));
    expect(sequences({ action: 'clients.add' })).toEqual(numbers((number) => number < 51 && number % 2 === 1));
    expect(sequences({ action: 'batches' })).toEqual(
      numbers((number) => (number < 51 && number % 2 === 0) || number === 52),
    );
    expect(sequences({ action: 'batches%' })).toEqual([]);
    expect(sequences({ outcome: 'denied' })).toEqual(numbers((number) => number % 7 === 0));
    const [from, until] = [aDraft(10).at, aDraft(12).at];
    expect(sequences({ from, until })).toEqual([11, 10]);
    expect(sequences({ userId: BEN, action: 'batches', outcome: 'done', from })).toEqual([50, 40, 30, 20, 10]);
    expect(list({ userId: BEN }, { limit: 1 })).toMatchObject({ total: 10 });
    expect(sequences({ from: instantOf(Date.parse('2030-01-01T00:00:00Z')) })).toEqual([]);
  });

  it('offers every user by her latest name, and every action, whatever the filter', () => {
    const facets = {
      users: [
        { id: ADA, name: 'Ada Keel-Moor' },
        { id: BEN, name: 'Ben Moor' },
      ],
      actions: ['batches', 'batches.commit', 'batchesOther.commit', 'clients.add', 'vaultOffice.open'],
    };
    expect(list({})).toMatchObject(facets);
    expect(list({ userId: 'nobody' })).toMatchObject({ ...facets, entries: [], total: 0 });
  });

  it('shows an erased entry without name and details, and keeps the name that is left', () => {
    const other = anAuditLog(12);
    const erase = 'UPDATE audit SET user_name = NULL, payload = NULL, salt = NULL WHERE sequence';
    other.database.exec(`${erase} = 12`);
    const page = list({}, {}, other);
    expect(page.entries[0]).toMatchObject({ sequence: 12, user: '', payload: {}, userId: ADA });
    expect(page.users.map((user) => user.name)).toEqual(['Ada Keel', 'Ben Moor']);
    other.database.exec(`${erase} % 5 = 0`);
    expect(list({}, {}, other).users).toEqual([
      { id: BEN, name: '' },
      { id: ADA, name: 'Ada Keel' },
    ]);
  });

  it.each(["at = 'yesterday'", "payload = 'no JSON'", "payload = '[1]'", 'payload = \'{"a":{}}\''])(
    'says that the log is broken where a row is no entry any more: %s',
    (edit) => {
      const other = anAuditLog(3);
      withoutTriggers(other.database).exec(`UPDATE audit SET ${edit} WHERE sequence = 2`);
      expect(() => list({}, {}, other)).toThrow(expect.objectContaining({ code: 'VAULT_AUDIT_BROKEN' }));
      expect(list({}, { limit: 1 }, other).entries).toHaveLength(1);
      expect(other.audit.check()).toEqual({ entries: 1, brokenAt: 2 });
    },
  );
});
