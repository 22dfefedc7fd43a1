// The one checker of audit chains, for databases and files: each of 1,000 rows, edited in every field, removed, doubled or moved, is refused in
// its place, and the walk goes on from where it was with the genuine row.
import { describe, expect, it } from 'vitest';
import {
  entryHash,
  keyCommitment,
  walkChain,
  type AuditRecord,
  type ChainWalk,
} from '../../../electron/core/ports/audit-chain.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import { allRecords, anAuditLog, CHAIN, FIRST_KEY } from '../../builders/audit-log.ts';

const records = allRecords(anAuditLog(1000));
const startWalk = (firstKey: Uint8Array | null): ChainWalk =>
  walkChain({ chain: CHAIN, firstKeyCommitment: keyCommitment(FIRST_KEY), firstKey });

/** Another character in the middle. */
function flip(text: string): string {
  const middle = Math.floor(text.length / 2);
  return text.slice(0, middle) + (text[middle] === '0' ? '1' : '0') + text.slice(middle + 1);
}

/** Every kind of edit of one field that leaves the hash as it was. */
function edits(record: AuditRecord): AuditRecord[] {
  const changes: Partial<AuditRecord>[] = [
    { sequence: record.sequence + 1 },
    { sequence: record.sequence - 1 },
    { at: instantOf(Date.parse(record.at) + 1) },
    { userId: 'user_00000000000000000009' },
    { userId: null },
    { action: `${record.action}x` },
    { subject: `${record.subject}x` },
    { subject: record.subject === null ? '' : null },
    { outcome: record.outcome === 'done' ? 'denied' : 'done' },
    { name: `${record.name}x` },
    { payload: `${record.payload} ` },
    { salt: Buffer.alloc(16).toString('base64') },
    { name: null },
    { payload: null },
    { salt: null },
    { personalDigest: flip(record.personalDigest) },
    { previousHash: flip(record.previousHash) },
    { hash: flip(record.hash) },
  ];
  return changes.map((change) => ({ ...record, ...change }));
}

/** As someone would who can compute hashes but has no key. */
function rehashed(record: AuditRecord): AuditRecord {
  const changed = { ...record, action: 'clients.list' };
  return { ...changed, hash: entryHash(changed) };
}

describe('walkChain over 1,000 rows', () => {
  it.each([
    ['without keys', null],
    ['with the first key', FIRST_KEY],
  ])('refuses every edit, removal, copy and swap at its row: %s', (_how, firstKey) => {
    const walk = startWalk(firstKey);
    let refused = 0;
    for (const [index, record] of records.entries()) {
      const here = walk.head();
      const [before, after] = [records[index - 1], records[index + 1]];
      const wrong = [...edits(record), ...(before ? [before] : []), ...(after ? [after] : [])];
      for (const attempt of wrong) expect(walk.follows(attempt)).toBe(false);
      expect(walk.head()).toBe(here);
      expect(walk.follows(record)).toBe(true);
      refused += wrong.length;
    }
    expect(walk.head()).toEqual({ sequence: 1000, hash: records[999]?.hash });
    expect(refused).toBe(1000 * 18 + 2 * 999);
  });

  it('refuses a row that was hashed anew: with the first key at that row, without it at the next', () => {
    const [plain, keyed] = [startWalk(null), startWalk(FIRST_KEY)];
    for (const [index, record] of records.entries()) {
      expect(keyed.follows(rehashed(record))).toBe(false);
      expect(keyed.follows({ ...record, mac: flip(record.mac) })).toBe(false);
      expect(keyed.follows(record)).toBe(true);
      const next = records[index + 1];
      if (!next) continue;
      const forged = walkChain({ chain: CHAIN, firstKeyCommitment: keyCommitment(FIRST_KEY), firstKey: null });
      if (index < 20) {
        for (const earlier of records.slice(0, index)) forged.follows(earlier);
        expect(forged.follows(rehashed(record))).toBe(true);
        expect(forged.follows(next)).toBe(false);
      }
      expect(plain.follows({ ...record, mac: flip(record.mac) })).toBe(true);
    }
  });

  it('follows rows whose personal part is gone, and none at all under another first key or for another chain', () => {
    const walk = startWalk(FIRST_KEY);
    for (const record of records) expect(walk.follows({ ...record, name: null, payload: null, salt: null })).toBe(true);
    expect(startWalk(new Uint8Array(32)).follows(records[0]!)).toBe(false);
    const [firstKeyCommitment, firstKey] = [keyCommitment(FIRST_KEY), null];
    expect(walkChain({ chain: `${CHAIN}0`, firstKeyCommitment, firstKey }).follows(records[0]!)).toBe(false);
    expect(walkChain({ chain: CHAIN, firstKeyCommitment: 'other', firstKey }).follows(records[0]!)).toBe(false);
  });
});
