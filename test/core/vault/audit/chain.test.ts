// The form of an audit chain at its edges: which rows are rows, and what a walk takes, over a handful of entries.
import { describe, expect, it } from 'vitest';
import {
  AuditCheckpoint,
  AuditRecord,
  AUDIT_KEY_LENGTH,
  entryHash,
  entryMac,
  genesisHash,
  keyCommitment,
  nextKey,
  personalDigest,
  walkChain,
} from '../../../../electron/core/ports/audit-chain.ts';
import { createAuditStart } from '../../../../electron/core/vault/audit/audit-start.ts';
import { allRecords, anAuditLog, CHAIN, FIRST_KEY } from '../../../builders/audit-log.ts';
import { bytes, foretoldTools, hexOf, lookInto } from '../../../builders/key-tools.ts';

const records = allRecords(anAuditLog(4));
const [one, two, three] = records as [AuditRecord, AuditRecord, AuditRecord];
const commitment = keyCommitment(FIRST_KEY);
const walk = (firstKey: Uint8Array | null = null, start: { chain?: string; firstKeyCommitment?: string } = {}) =>
  walkChain({ chain: CHAIN, firstKeyCommitment: commitment, firstKey, ...start });

describe('a record', () => {
  it('is what the database keeps, with or without its personal part', () => {
    for (const record of records) expect(AuditRecord.parse(record)).toEqual(record);
    const bare = { ...one, name: null, payload: null, salt: null, userId: null, subject: null };
    expect(AuditRecord.parse(bare)).toEqual(bare);
  });

  const sha = 'a'.repeat(64);
  it.each([
    { sequence: 0 },
    { sequence: 1.5 },
    { at: 'yesterday' },
    { outcome: 'perhaps' },
    { outcome: '' },
    { salt: '!!!' },
    { action: null },
    { more: 1 },
    ...['personalDigest', 'previousHash', 'hash', 'mac'].flatMap((field) =>
      [`${sha}a`, `a${sha.slice(1)}\n`, sha.slice(1), `g${sha.slice(1)}`, sha.toUpperCase(), `x${sha}`, `${sha}x`].map(
        (value) => ({ [field]: value }),
      ),
    ),
  ])('is none with %j', (change) => {
    expect(AuditRecord.safeParse({ ...one, ...change }).success).toBe(false);
  });

  it('is done or denied', () => {
    for (const outcome of ['done', 'denied']) expect(AuditRecord.safeParse({ ...one, outcome }).success).toBe(true);
  });

  it.each([[['name']], [['payload']], [['salt']], [['name', 'payload']], [['name', 'salt']], [['payload', 'salt']]])(
    'has its whole personal part or nothing of it: not without %j alone',
    (missing) => {
      const part = { ...one, ...(Object.fromEntries(missing.map((field) => [field, null])) as Partial<AuditRecord>) };
      expect(AuditRecord.safeParse(part).success).toBe(false);
      // Digest and hash fit what is left of it.
      const salt = Buffer.from(part.salt ?? '', 'base64');
      const changed = { ...part, personalDigest: personalDigest(salt, part.name as string, part.payload as string) };
      expect(walk().follows({ ...changed, hash: entryHash(changed) })).toBe(false);
    },
  );
});

describe('a checkpoint', () => {
  const checkpoint = { sequence: 1, hash: 'h', at: 'a', publicKey: 'p', signature: 's' };
  it('has five fields and no others', () => {
    expect(AuditCheckpoint.parse(checkpoint)).toEqual(checkpoint);
    for (const wrong of [{ ...checkpoint, more: 1 }, { ...checkpoint, sequence: 0.5 }, {}])
      expect(AuditCheckpoint.safeParse(wrong).success).toBe(false);
  });
});

describe('a walk', () => {
  it('begins at the genesis of its chain and first key', () => {
    expect(walk().head()).toEqual({ sequence: 0, hash: genesisHash(CHAIN, commitment) });
  });

  it.each([
    ['without keys', null],
    ['with the first key', FIRST_KEY],
  ])('follows its own rows one after the other, %s', (_how, firstKey) => {
    const follower = walk(firstKey);
    for (const record of records) {
      expect(follower.follows(record)).toBe(true);
      expect(follower.head()).toEqual({ sequence: record.sequence, hash: record.hash });
      expect(follower.follows(record)).toBe(false);
    }
  });

  it.each([
    ['its sequence', { sequence: 3 }],
    ['the entry before it', { previousHash: one.previousHash }],
    ['its hash', { hash: one.hash }],
    ['its action', { action: 'clients.list' }],
    ['its name', { name: 'Eve' }],
    ['its payload', { payload: '{}' }],
    ['its salt', { salt: Buffer.alloc(16).toString('base64') }],
  ])('stays where it was before a row with another one of %s', (_what, change) => {
    const follower = walk();
    follower.follows(one);
    const before = follower.head();
    expect(follower.follows({ ...two, ...change })).toBe(false);
    expect(follower.head()).toBe(before);
    expect(follower.follows(two)).toBe(true);
  });

  it('takes no row out of turn, though its hash is right', () => {
    const follower = walk();
    const gap = { ...one, sequence: 2 };
    expect(follower.follows({ ...gap, hash: entryHash(gap) })).toBe(false);
    const elsewhere = { ...one, previousHash: three.hash };
    expect(follower.follows({ ...elsewhere, hash: entryHash(elsewhere) })).toBe(false);
  });

  it('recomputes every MAC with the first key, and none without', () => {
    const [keyed, plain] = [walk(FIRST_KEY), walk()];
    for (const record of records) {
      expect(keyed.follows({ ...record, mac: 'f'.repeat(64) })).toBe(false);
      expect(keyed.follows(record)).toBe(true);
      expect(plain.follows({ ...record, mac: 'f'.repeat(64) })).toBe(true);
    }
  });

  it('takes nothing with another key than the one committed to', () => {
    expect(walk(bytes(1)).follows({ ...one, mac: entryMac(bytes(1), one.hash) })).toBe(false);
    expect(walk(null, { firstKeyCommitment: keyCommitment(bytes(1)) }).follows(one)).toBe(false);
    expect(walk(null, { chain: 'another' }).follows(one)).toBe(false);
  });

  it('arrives at the key after its last row, or anywhere without keys', () => {
    const [keyed, plain] = [walk(FIRST_KEY), walk()];
    expect(keyed.arrivedAt(FIRST_KEY)).toBe(true);
    keyed.follows(one);
    expect(keyed.arrivedAt(nextKey(FIRST_KEY))).toBe(true);
    for (const other of [FIRST_KEY, new Uint8Array(0), new Uint8Array(33)]) {
      expect(keyed.arrivedAt(other)).toBe(false);
      expect(plain.arrivedAt(other)).toBe(true);
    }
  });
});

describe('what a chain starts with', () => {
  it('is 32 random bytes, and the same for the owners', async () => {
    const { firstKey, sealedFirstKey } = await createAuditStart(foretoldTools(), ['age1ada', 'age1paper']);
    expect(firstKey).toEqual(bytes(1, AUDIT_KEY_LENGTH));
    expect(firstKey).toHaveLength(32);
    expect(lookInto(sealedFirstKey)).toEqual({ to: ['age1ada', 'age1paper'], secret: hexOf(firstKey) });
  });
});
