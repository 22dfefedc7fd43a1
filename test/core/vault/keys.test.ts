// The key hierarchy: every ingredient counts, every stated fact is bound to its key, and a changed header costs at most one derivation.
import { createCipheriv, createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArgon2Kdf, INSECURE_TEST_KDF } from '../../../electron/adapters/crypto/argon2-kdf.ts';
import type { UserSlot, VaultHeader } from '../../../electron/core/ports/vault-header.ts';
import { fromBase64 } from '../../../electron/core/vault/keys/key-tools.ts';
import { anchorMacKey, headerMacKey } from '../../../electron/core/vault/keys/office-key.ts';
import { openRecoverySlot } from '../../../electron/core/vault/keys/recovery-slot.ts';
import { openUserSlot, type Credentials } from '../../../electron/core/vault/keys/user-slot.ts';
import { deriveKey, unwrapSecret, wrapSecret } from '../../../electron/core/vault/keys/wrapped-secret.ts';
import { unlockHeader } from '../../../electron/core/vault/office-unlock.ts';
import { canonicalJson } from '../../../shared/model/canonical-json.ts';
import { formatRecoveryKey, parseRecoveryKey } from '../../../shared/model/recovery-key.ts';
import {
  createTestVault,
  lock,
  openNewOffice,
  signIn,
  temporaryPlace,
  testServices,
  type Person,
} from './vault-bench.ts';

let place = temporaryPlace();
let derivations = 0;
const toy = createArgon2Kdf(INSECURE_TEST_KDF);
const services = testServices({
  kdf: {
    ...toy,
    derive: async (...inputs) => {
      toy.assertAllowed(inputs[1]);
      derivations += 1;
      return await toy.derive(...inputs);
    },
  },
});
let owner: Person;

beforeEach(() => {
  place = temporaryPlace();
});
afterEach(() => place.remove());

const headerPath = (): string => join(place.directory, 'header.json');
const credentialsOf = ({ password, deviceSecret }: Person): Credentials => ({
  password,
  deviceSecret: deviceSecret === null ? null : fromBase64(deviceSecret),
  deviceOutput: null,
});
const unlock = (with_ = services) =>
  unlockHeader(with_, {
    directory: place.directory,
    userId: owner.id,
    kind: 'password',
    credentials: credentialsOf(owner),
  });

/** An office that was made and locked. */
async function newOffice() {
  const vault = createTestVault(services);
  const made = await openNewOffice(place.directory, vault);
  ({ owner } = made);
  await lock(vault);
  return { vault, kit: made.kit, header: services.headers.read(place.directory).header };
}

type Editable = Record<string, unknown> & { slots: EditableSlot[]; recovery: Record<string, unknown> };
type EditableSlot = Record<string, unknown> & Record<'policy' | 'kdf' | 'identity', Record<string, unknown>>;

/** Writes a changed header with a checksum that fits. */
function forge(change: (header: Editable) => void): void {
  const file = JSON.parse(readFileSync(headerPath(), 'utf8')) as { header: Editable; mac: string };
  change(file.header);
  const { header, mac } = file as unknown as { header: VaultHeader; mac: string };
  const sha256 = createHash('sha256').update(canonicalJson({ header, mac })).digest('hex');
  writeFileSync(headerPath(), `${canonicalJson({ header, mac, sha256 })}\n`);
}

describe('a forged header with a fitting checksum', () => {
  const WRONG = 'SESSION_WRONG_CREDENTIALS';
  const base64 = (length: number): string => Buffer.alloc(length, 1).toString('base64');
  const device = { credentialId: 'c', label: 'l', salt: base64(32), enrolledAt: '2026-01-31T08:00:00.000Z' };
  const ofSlot =
    (changes: object) =>
    ({ slots: [slot] }: Editable) =>
      void Object.assign(slot ?? {}, changes);
  const inSlot =
    (part: 'policy' | 'kdf' | 'identity', changes: object) =>
    ({ slots: [slot] }: Editable) =>
      void Object.assign(slot?.[part] ?? {}, changes);
  const forgeries: [string, (header: Editable) => void, string][] = [
    ['slot id', ofSlot({ id: `slot_${'0'.repeat(20)}` }), WRONG],
    ['user', ofSlot({ userId: `user_${'0'.repeat(20)}` }), WRONG],
    ['name', ofSlot({ name: 'Somebody else' }), WRONG],
    ['kind', ofSlot({ kind: 'invitation' }), WRONG],
    ['expiry', ofSlot({ expiresAt: '2099-01-01T00:00:00.000Z' }), WRONG],
    ['recipient', ofSlot({ recipient: 'age1other' }), WRONG],
    ['device', ofSlot({ device }), WRONG],
    ['policy: no device secret', inSlot('policy', { deviceSecret: false }), WRONG],
    ['policy: a second factor', inSlot('policy', { secondFactorKey: true }), 'FACTOR_DEVICE_ABSENT'],
    ['policy: a code', inSlot('policy', { code: true }), WRONG],
    ['salt', inSlot('kdf', { salt: base64(16) }), WRONG],
    ['memory', inSlot('kdf', { memoryKiB: 8192 }), 'VAULT_KDF_REFUSED'],
    ['gigabytes', inSlot('kdf', { memoryKiB: 64 << 20 }), 'VAULT_KDF_REFUSED'],
    ['passes', inSlot('kdf', { passes: 2 }), 'VAULT_KDF_REFUSED'],
    ['lanes', inSlot('kdf', { lanes: 2 }), 'VAULT_KDF_REFUSED'],
    ['algorithm', inSlot('kdf', { algorithm: 'argon2id' }), 'VAULT_KDF_REFUSED'],
    ['nonce', inSlot('identity', { nonce: base64(12) }), WRONG],
    ['ciphertext', inSlot('identity', { ciphertext: base64(100) }), WRONG],
    ['tag', inSlot('identity', { tag: base64(16) }), WRONG],
    ['commitment', inSlot('identity', { commitment: base64(32) }), WRONG],
    ['commitment’s length', inSlot('identity', { commitment: base64(33) }), WRONG],
    [
      'office id',
      (header) => void Object.assign(header['office'] as object, { id: `office_${'0'.repeat(20)}` }),
      WRONG,
    ],
    [
      'office name',
      (header) => void Object.assign(header['office'] as object, { name: 'Someone else' }),
      'VAULT_HEADER_TAMPERED',
    ],
    ['lock time', (header) => void Object.assign(header, { lockAfterMinutes: 15 }), 'VAULT_HEADER_TAMPERED'],
    ['generation', (header) => void Object.assign(header, { generation: 99 }), 'VAULT_HEADER_TAMPERED'],
    [
      'recovery recipient',
      (header) => void Object.assign(header.recovery, { recipient: 'age1mine' }),
      'VAULT_HEADER_TAMPERED',
    ],
    [
      'recovery for the owners',
      (header) => void Object.assign(header.recovery, { forOwner: base64(60) }),
      'VAULT_HEADER_TAMPERED',
    ],
    ['another slot', ({ slots }) => void slots.push(...slots), 'VAULT_HEADER_TAMPERED'],
    ['office key', (header) => void Object.assign(header, { officeKey: base64(200) }), 'VAULT_HEADER_TAMPERED'],
    [
      'a next office key',
      (header) => void Object.assign(header, { pendingOfficeKey: base64(9) }),
      'VAULT_HEADER_TAMPERED',
    ],
    ['unknown field', (header) => void Object.assign(header, { extra: true }), 'VAULT_HEADER_CORRUPT'],
    ['version', (header) => void Object.assign(header, { version: 2 }), 'VAULT_SCHEMA_NEWER'],
  ];
  const UNHASHED = ['VAULT_KDF_REFUSED', 'VAULT_HEADER_CORRUPT', 'VAULT_SCHEMA_NEWER'];
  it.each(forgeries)('is refused: %s', async (_name, change, code) => {
    await newOffice();
    forge(change);
    derivations = 0;
    const started = performance.now();
    await expect(unlock()).rejects.toMatchObject({ code });
    const unhashed = UNHASHED.includes(code);
    expect(derivations).toBeLessThanOrEqual(unhashed ? 0 : 1);
    if (unhashed) expect(performance.now() - started).toBeLessThan(50);
  });

  it('while the true one opens with one derivation', async () => {
    const { header } = await newOffice();
    derivations = 0;
    const opened = await unlock();
    expect(derivations).toBe(1);
    const officeKey = await services.sealer.open(fromBase64(header.officeKey), opened.slot.secrets.identity);
    expect(Buffer.from(opened.officeKey).equals(officeKey)).toBe(true);
  });

  it('is never hashed by a normal program when its key derivation is the toy', async () => {
    await newOffice();
    const normal = { ...services, kdf: createArgon2Kdf() };
    await expect(unlock(normal)).rejects.toMatchObject({ code: 'VAULT_KDF_REFUSED' });
    const inspection = await createTestVault(normal).client.vaultOffice.inspect({ directory: place.directory });
    expect(inspection.problem?.code).toBe('VAULT_KDF_REFUSED');
  });

  it('is refused below the floor and above the ceiling by the real derivation too, before any memory is taken', async () => {
    await newOffice();
    const normal = { ...services, kdf: createArgon2Kdf() };
    const argon2id = { algorithm: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 4 };
    const costs = [
      { memoryKiB: 8192 },
      { memoryKiB: 64 << 20 },
      { passes: 2 },
      { passes: 11 },
      { lanes: 3 },
      { lanes: 17 },
    ];
    for (const cost of costs) {
      forge(inSlot('kdf', { ...argon2id, ...cost }));
      const started = performance.now();
      await expect(unlock(normal)).rejects.toMatchObject({ code: 'VAULT_KDF_REFUSED' });
      expect(performance.now() - started).toBeLessThan(50);
    }
  });
});

describe('a slot', () => {
  async function slotOf(): Promise<{ slot: UserSlot; officeId: VaultHeader['office']['id'] }> {
    const { header } = await newOffice();
    return { slot: header.slots[0] ?? expect.fail('no slot'), officeId: header.office.id };
  }
  const open = (at: { slot: UserSlot; officeId: VaultHeader['office']['id'] }, changes: Partial<Credentials>) =>
    openUserSlot(services.kdf, at, { ...credentialsOf(owner), ...changes });

  it('needs every ingredient: password, device secret; what it does not ask for changes nothing', async () => {
    const at = await slotOf();
    const wrong = { code: 'SESSION_WRONG_CREDENTIALS' };
    await expect(open(at, { password: 'x' })).rejects.toMatchObject(wrong);
    await expect(open(at, { deviceSecret: null })).rejects.toMatchObject(wrong);
    await expect(open(at, { deviceSecret: new Uint8Array(32) })).rejects.toMatchObject(wrong);
    const { secrets } = await open(at, { deviceOutput: new Uint8Array(32).fill(1) });
    expect(secrets.identity).toMatch(/^AGE-SECRET-KEY-1/);
    expect(fromBase64(secrets.ownerKey)).toHaveLength(32);
  });

  it('holds her identity: what is sealed to the slot’s recipient opens', async () => {
    const at = await slotOf();
    const { secrets } = await open(at, {});
    expect(await services.sealer.recipientOf(secrets.identity)).toBe(at.slot.recipient);
  });
});

describe('a damaged newest header', () => {
  it('falls back to the one before, and says so', async () => {
    const { vault, header } = await newOffice();
    await signIn(vault, { directory: place.directory, person: owner });
    await vault.client.office.setPreferences({ lockAfterMinutes: 9 });
    await lock(vault);
    writeFileSync(headerPath(), 'scribble');
    const inspection = await vault.client.vaultOffice.inspect({ directory: place.directory });
    expect(inspection).toMatchObject({ office: { id: header.office.id }, warnings: ['header-previous'] });
    const again = await signIn(vault, { directory: place.directory, person: owner });
    expect(again).toMatchObject({ lockAfterMinutes: 9 });
    expect(again.warnings).toContain('header-previous');
    await lock(vault);
  });
});

describe('wrapped secrets', () => {
  const random = services.random;
  it('open with their key and place only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.string(), fc.nat(), (secret, place, at) => {
        const key = random(32);
        const associated = { place };
        const wrapped = wrapSecret({ key, secret, associated, random });
        expect(unwrapSecret({ key, wrapped, associated })).toEqual(Buffer.from(secret));
        expect(unwrapSecret({ key: random(32), wrapped, associated })).toBeNull();
        expect(unwrapSecret({ key, wrapped, associated: { place: `${place}x` } })).toBeNull();
        for (const field of ['nonce', 'ciphertext', 'tag', 'commitment'] as const) {
          const bytes = Buffer.from(wrapped[field], 'base64');
          bytes[at % bytes.length]! ^= 1 << (at % 8);
          expect(
            unwrapSecret({ key, wrapped: { ...wrapped, [field]: bytes.toString('base64') }, associated }),
          ).toBeNull();
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Multiplication in GHASH's field. @see NIST SP 800-38D §6.3 */
function times(left: bigint, right: bigint): bigint {
  const R = 0xe1n << 120n;
  let [product, factor] = [0n, left];
  for (let bit = 127n; bit >= 0n; bit -= 1n) {
    if ((right >> bit) & 1n) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ R : factor >> 1n;
  }
  return product;
}

function inverse(value: bigint): bigint {
  // value^(2^128 - 2)
  let [result, square] = [1n << 127n, times(value, value)];
  for (let power = 1; power < 128; power += 1) {
    result = times(result, square);
    square = times(square, square);
  }
  return result;
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const blockOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(32, '0'), 'hex');

function encryptBlock(key: Uint8Array, block: Uint8Array): bigint {
  return numberOf(createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block));
}

describe('a ciphertext that opens under two keys', () => {
  it('can be made for GCM, and is refused for its commitment', () => {
    const place = { slot: 'the same place' };
    const aad = Buffer.from(canonicalJson(place));
    const [mine, theirs] = [services.random(32), services.random(32)];
    const nonce = Buffer.alloc(12, 5);
    const aadBlocks = Array.from({ length: Math.ceil(aad.length / 16) }, (_, at) =>
      Buffer.concat([aad.subarray(at * 16, at * 16 + 16), Buffer.alloc(16)]).subarray(0, 16),
    );
    const first = Buffer.alloc(16, 9);
    const lengths = Buffer.alloc(16);
    lengths.writeBigUInt64BE(BigInt(aad.length * 8), 0);
    lengths.writeBigUInt64BE(256n, 8);
    const initial = Buffer.concat([nonce, Buffer.from([0, 0, 0, 1])]);
    // One block of the ciphertext is free: it makes both tags equal.
    const parts = [mine, theirs].map((key) => {
      const encryption = deriveKey(key, new Uint8Array(0), 'wrap/encryption');
      const h = encryptBlock(encryption, Buffer.alloc(16));
      const blocks = [...aadBlocks, first];
      const known = [...blocks, null, lengths].reduce(
        (sum, block) => times(sum ^ (block ? numberOf(block) : 0n), h),
        0n,
      );
      return { known: known ^ encryptBlock(encryption, initial), coefficient: times(h, h) };
    });
    const [one, two] = parts as [(typeof parts)[0], (typeof parts)[0]];
    const free = times(one.known ^ two.known, inverse(one.coefficient ^ two.coefficient));
    const tag = blockOf(one.known ^ times(free, one.coefficient));
    const crafted = {
      nonce: nonce.toString('base64'),
      ciphertext: Buffer.concat([first, blockOf(free)]).toString('base64'),
      tag: tag.toString('base64'),
    };
    const commitmentOf = (key: Uint8Array): string =>
      Buffer.from(deriveKey(key, new Uint8Array(0), 'wrap/commitment')).toString('base64');
    const openWith = (key: Uint8Array, committed: Uint8Array) =>
      unwrapSecret({ key, wrapped: { ...crafted, commitment: commitmentOf(committed) }, associated: place });
    // GCM itself takes it under either key …
    expect(openWith(mine, mine)).toHaveLength(32);
    expect(openWith(theirs, theirs)).toHaveLength(32);
    // … and one commitment stands for one of them.
    expect(openWith(theirs, mine)).toBeNull();
    expect(openWith(mine, theirs)).toBeNull();
  });
});

describe('the paper key', () => {
  it('survives being typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (key) => {
        const groups = formatRecoveryKey(key);
        expect(groups.join('')).toMatch(/^[0-9A-HJKMNP-TV-Z]{32}$/);
        const typed = groups.join(' - ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
        expect(parseRecoveryKey(typed)).toEqual(key);
      }),
    );
    for (const wrong of ['', 'ABCD', 'U'.repeat(32), '0'.repeat(33)])
      expect(() => parseRecoveryKey(wrong)).toThrow(expect.objectContaining({ code: 'SESSION_WRONG_CREDENTIALS' }));
  });

  it('opens the recovery identity, which opens the office key', async () => {
    const { header, kit } = await newOffice();
    const unlocked = await unlock();
    const identity = openRecoverySlot(header.office.id, header.recovery, parseRecoveryKey(kit.groups.join('')));
    const officeKey = await services.sealer.open(Buffer.from(header.officeKey, 'base64'), identity ?? '');
    expect(Buffer.from(officeKey).equals(unlocked.officeKey)).toBe(true);
    expect(headerMacKey(officeKey)).toHaveLength(32);
    expect(headerMacKey(officeKey)).not.toEqual(anchorMacKey(officeKey));
    const [first = '', ...rest] = kit.groups;
    const mistyped = [first.startsWith('0') ? `1${first.slice(1)}` : `0${first.slice(1)}`, ...rest];
    expect(openRecoverySlot(header.office.id, header.recovery, parseRecoveryKey(mistyped.join('')))).toBeNull();
  });
});
