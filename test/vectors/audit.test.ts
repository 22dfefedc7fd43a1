// Fixed vectors of the audit chain: computed here a second time with plain node:crypto, without the code that the vault uses.
import { createHash, createHmac, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  entryHash,
  entryMac,
  genesisHash,
  keyCommitment,
  nextKey,
  personalDigest,
  walkChain,
  AuditRecord,
} from '../../electron/core/ports/audit-chain.ts';
import { checkpointHolds, checkpointText, signWith } from '../../electron/core/vault/audit/checkpoints.ts';
import { endText } from '../../electron/core/vault/audit/export-format.ts';
import { Instant } from '../../shared/model/instant.ts';

const CHAIN = 'office_00112233445566778899';
const FIRST_KEY = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: Buffer, content: string | Buffer): Buffer => createHmac('sha256', key).update(content).digest();

/** HKDF by hand: extract with 32 zeros, expand one block. */
function hkdf(key: Buffer): Buffer {
  const pseudorandom = hmac(Buffer.alloc(32), key);
  return hmac(pseudorandom, Buffer.concat([Buffer.from('strongroom/v1/audit-next-key'), Buffer.from([1])]));
}

interface Vector {
  readonly fields: [number, string, string | null, string, string | null, 'done' | 'denied'];
  readonly name: string;
  readonly payload: string;
  readonly salt: string;
  readonly hash: string;
  readonly mac: string;
}

const GENESIS = '83e4af346431b3217a8df7a63b9ebbf006589d63cd61cf35a0d410cfa0eafcc0';
const VECTORS: Vector[] = [
  {
    fields: [1, '2026-06-01T08:00:00.000Z', 'user_00000000000000000001', 'office.create', CHAIN, 'done'],
    name: 'Ada Keel',
    payload: '{}',
    salt: '000102030405060708090a0b0c0d0e0f',
    hash: '369ffdf32f11b132a4f8cd1a4edde91058ede7c72ca9e5bb971224b002985e54',
    mac: '764ceff8fb9cd74fae52538fa0a64ee856d4e28ba76e5182290994f5c4a078a0',
  },
  {
    fields: [2, '2026-06-01T08:01:00.000Z', null, 'users.remove', null, 'denied'],
    name: 'Zoë “Łódź”',
    payload: '{"channel":"users.remove","n":3}',
    salt: 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
    hash: '12cce2edf1478f398d42d6742860ab0bc28fbaf01820e3f73fee4058dee40a20',
    mac: '348d9a35ebaa4b4bf8b0fcbc3f6bf0d7b9a2394156ed9a089ddd8c426a10f385',
  },
];

/** The records of the vectors, from the independent computation. */
function independentRecords(): AuditRecord[] {
  const commitment = sha256(Buffer.concat([Buffer.from('strongroom audit key v1\n'), FIRST_KEY]));
  let previousHash = sha256(`strongroom audit chain v1\n["${CHAIN}","${commitment}"]`);
  expect(previousHash).toBe(GENESIS);
  let key: Buffer = FIRST_KEY;
  return VECTORS.map(({ fields, name, payload, salt }) => {
    const [sequence, at, userId, action, subject, outcome] = fields;
    const digest = sha256(Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(JSON.stringify([name, payload]))]));
    const hash = sha256(`strongroom audit entry v1\n${JSON.stringify([...fields, digest, previousHash])}`);
    const record: AuditRecord = {
      sequence,
      at: Instant.parse(at),
      userId,
      action,
      subject,
      outcome,
      name,
      payload,
      salt: Buffer.from(salt, 'hex').toString('base64'),
      personalDigest: digest,
      previousHash,
      hash,
      mac: hmac(key, hash).toString('hex'),
    };
    previousHash = hash;
    key = hkdf(key);
    return record;
  });
}

describe('audit chain', () => {
  it('hashes and MACs are the fixed ones', () => {
    const records = independentRecords();
    expect(records.map(({ hash, mac }) => ({ hash, mac }))).toEqual(VECTORS.map(({ hash, mac }) => ({ hash, mac })));
  });

  it('the vault’s functions compute the same', () => {
    expect(genesisHash(CHAIN, keyCommitment(FIRST_KEY))).toBe(GENESIS);
    let key: Uint8Array = FIRST_KEY;
    for (const record of independentRecords()) {
      const salt = Buffer.from(record.salt ?? '', 'base64');
      expect(personalDigest(salt, record.name ?? '', record.payload ?? '')).toBe(record.personalDigest);
      expect(entryHash(record)).toBe(record.hash);
      expect(entryMac(key, record.hash)).toBe(record.mac);
      key = nextKey(key);
    }
    expect(Buffer.from(nextKey(FIRST_KEY)).equals(hkdf(FIRST_KEY))).toBe(true);
  });

  it('the checker follows them, with and without the first key, and arrives at the evolved key', () => {
    for (const firstKey of [null, FIRST_KEY]) {
      const walk = walkChain({ chain: CHAIN, firstKeyCommitment: keyCommitment(FIRST_KEY), firstKey });
      for (const record of independentRecords()) expect(walk.follows(record)).toBe(true);
      expect(walk.head()).toEqual({ sequence: 2, hash: VECTORS[1]?.hash });
      expect(walk.arrivedAt(hkdf(hkdf(FIRST_KEY)))).toBe(true);
      expect(walk.arrivedAt(hkdf(FIRST_KEY))).toBe(firstKey === null);
      expect(walk.arrivedAt(new Uint8Array(0))).toBe(firstKey === null);
    }
  });

  it('an entry has all of its personal part or nothing of it', () => {
    const [record] = independentRecords();
    expect(AuditRecord.safeParse(record).success).toBe(true);
    expect(AuditRecord.safeParse({ ...record, name: null, payload: null, salt: null }).success).toBe(true);
    for (const missing of ['name', 'payload', 'salt'])
      expect(AuditRecord.safeParse({ ...record, [missing]: null }).success).toBe(false);
  });
});

describe('checkpoint', () => {
  // The seed and public key of RFC 8032 §7.1, TEST 1.
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
  const publicKey = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex');
  const at = Instant.parse('2026-06-01T09:00:00.000Z');
  const unsigned = { sequence: 2, hash: VECTORS[1]?.hash ?? '', at, publicKey: publicKey.toString('base64') };
  const text = `{"at":"${at}","chain":"${CHAIN}","hash":"${unsigned.hash}","magic":"strongroom/v1/audit-checkpoint","sequence":2}`;
  const signature = '6vzpGiV7KOkz5SLFdnswYT5MKoGXgCcmw9DI4/gYk+ktTc0m4l/UfuTKTw9za4QX7yC6peGj9Wc6Vj9JlA0BBg==';

  it('signs canonical JSON with Ed25519', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', d: seed.toString('base64url'), x: publicKey.toString('base64url') };
    expect(sign(null, Buffer.from(text), createPrivateKey({ key: jwk, format: 'jwk' })).toString('base64')).toBe(
      signature,
    );
    expect(checkpointText(CHAIN, unsigned)).toBe(text);
    const keyring = { checkpointKey: unsigned.publicKey, checkpointSecret: seed.toString('base64') };
    expect(signWith({ keyring, at }, text)).toBe(signature);
    const { kty, crv, x } = jwk;
    const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('holds as it is and in no other form', () => {
    const checkpoint = { ...unsigned, signature };
    expect(checkpointHolds(CHAIN, checkpoint)).toBe(true);
    expect(checkpointHolds('office_00112233445566778898', checkpoint)).toBe(false);
    for (const change of [
      { sequence: 3 },
      { hash: 'f'.repeat(64) },
      { at: '2026-06-01T09:00:00.001Z' },
      { publicKey: Buffer.alloc(32, 9).toString('base64') },
      { publicKey: 'no key' },
      { signature: signature.replace('A', 'B') },
      { signature: '' },
    ])
      expect(checkpointHolds(CHAIN, { ...checkpoint, ...change })).toBe(false);
  });

  it('the end of an export signs canonical JSON of its own', () => {
    expect(endText(CHAIN, { entries: 2, head: 'aa', sha256: 'bb' })).toBe(
      `{"chain":"${CHAIN}","entries":2,"head":"aa","magic":"strongroom/v1/audit-export","sha256":"bb"}`,
    );
  });
});
