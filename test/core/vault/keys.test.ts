// The key hierarchy: every ingredient counts, every stated fact is bound to its key, and a changed header costs at most one derivation.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArgon2Kdf, INSECURE_TEST_KDF } from '../../../electron/adapters/crypto/argon2-kdf.ts';
import { createCallContext } from '../../../electron/core/vault/call-context.ts';
import { createOffice } from '../../../electron/core/vault/office-create.ts';
import { headerMacKey, openRecoverySlot } from '../../../electron/core/vault/office-keys.ts';
import { unlockHeader } from '../../../electron/core/vault/office-unlock.ts';
import { unwrapSecret, wrapSecret } from '../../../electron/core/vault/office-wrapped-secret.ts';
import type { VaultHeader } from '../../../electron/core/ports/vault-header.ts';
import { canonicalJson } from '../../../shared/model/canonical-json.ts';
import { formatRecoveryKey, parseRecoveryKey } from '../../../shared/model/recovery-key.ts';
import { createInput, createTestVault, DEVICE_SECRET, PASSWORD, temporaryPlace, testServices } from './vault-bench.ts';

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

beforeEach(() => {
  place = temporaryPlace();
});
afterEach(() => place.remove());

const context = () => createCallContext(services, 'vaultOffice.create', null);
const headerPath = (): string => join(place.directory, 'header.json');
const unlock = () =>
  unlockHeader(services, { directory: place.directory, password: PASSWORD, deviceSecret: DEVICE_SECRET });

async function newOffice() {
  return await createOffice(services, context(), createInput(place.directory));
}

type Editable = Record<string, unknown> & { slots: Record<string, unknown>[]; recovery: Record<string, unknown> };

/** Writes a changed header with a checksum that fits. */
function forge(change: (header: Editable) => void): void {
  const file = JSON.parse(readFileSync(headerPath(), 'utf8')) as { header: Editable; mac: string };
  change(file.header);
  const { header, mac } = file as unknown as { header: VaultHeader; mac: string };
  const sha256 = createHash('sha256').update(canonicalJson({ header, mac })).digest('hex');
  writeFileSync(headerPath(), `${canonicalJson({ header, mac, sha256 })}\n`);
}

describe('a forged header with a fitting checksum', () => {
  const slot = (header: Editable): Record<string, Record<string, unknown>> => header.slots[0] as never;
  const base64 = (length: number): string => Buffer.alloc(length, 1).toString('base64');
  const forgeries: [string, (header: Editable) => void, string][] = [
    [
      'slot id',
      (header) => void ((slot(header) as never as { id: string }).id = `slot_${'0'.repeat(20)}`),
      'SESSION_WRONG_CREDENTIALS',
    ],
    [
      'user',
      (header) => void Object.assign(slot(header), { userId: `user_${'0'.repeat(20)}` }),
      'SESSION_WRONG_CREDENTIALS',
    ],
    [
      'recipient',
      (header) => void Object.assign(slot(header), { recipient: 'age1other' }),
      'SESSION_WRONG_CREDENTIALS',
    ],
    [
      'policy',
      (header) => void Object.assign(slot(header)['policy']!, { deviceSecret: false }),
      'SESSION_WRONG_CREDENTIALS',
    ],
    ['salt', (header) => void Object.assign(slot(header)['kdf']!, { salt: base64(16) }), 'SESSION_WRONG_CREDENTIALS'],
    ['memory', (header) => void Object.assign(slot(header)['kdf']!, { memoryKiB: 8192 }), 'VAULT_KDF_REFUSED'],
    ['gigabytes', (header) => void Object.assign(slot(header)['kdf']!, { memoryKiB: 64 << 20 }), 'VAULT_KDF_REFUSED'],
    ['algorithm', (header) => void Object.assign(slot(header)['kdf']!, { algorithm: 'argon2id' }), 'VAULT_KDF_REFUSED'],
    [
      'nonce',
      (header) => void Object.assign(slot(header)['identity']!, { nonce: base64(12) }),
      'SESSION_WRONG_CREDENTIALS',
    ],
    [
      'tag',
      (header) => void Object.assign(slot(header)['identity']!, { tag: base64(16) }),
      'SESSION_WRONG_CREDENTIALS',
    ],
    [
      'commitment',
      (header) => void Object.assign(slot(header)['identity']!, { commitment: base64(32) }),
      'SESSION_WRONG_CREDENTIALS',
    ],
    [
      'commitment’s length',
      (header) => void Object.assign(slot(header)['identity']!, { commitment: base64(33) }),
      'SESSION_WRONG_CREDENTIALS',
    ],
    [
      'office id',
      (header) => void Object.assign(header['office'] as object, { id: `office_${'0'.repeat(20)}` }),
      'SESSION_WRONG_CREDENTIALS',
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
    ['another slot', (header) => void header.slots.push(slot(header)), 'VAULT_HEADER_TAMPERED'],
    ['office key', (header) => void Object.assign(header, { officeKey: base64(200) }), 'VAULT_HEADER_TAMPERED'],
    ['unknown field', (header) => void Object.assign(header, { extra: true }), 'VAULT_HEADER_CORRUPT'],
  ];
  it.each(forgeries)('is refused: %s', async (_name, change, code) => {
    await newOffice();
    forge(change);
    derivations = 0;
    await expect(unlock()).rejects.toMatchObject({ code });
    expect(derivations).toBeLessThanOrEqual(code.startsWith('VAULT_KDF') || code === 'VAULT_HEADER_CORRUPT' ? 0 : 1);
  });

  it('while the true one opens with one derivation', async () => {
    const { unlocked } = await newOffice();
    derivations = 0;
    const opened = await unlock();
    expect(derivations).toBe(1);
    expect(Buffer.from(opened.officeKey).equals(unlocked.officeKey)).toBe(true);
  });

  it('is never hashed by a normal program when its key derivation is the toy', async () => {
    await newOffice();
    const normal = { ...services, kdf: createArgon2Kdf() };
    const input = { directory: place.directory, password: PASSWORD, deviceSecret: DEVICE_SECRET };
    await expect(unlockHeader(normal, input)).rejects.toMatchObject({ code: 'VAULT_KDF_REFUSED' });
    const inspection = await createTestVault(normal).client.vaultOffice.inspect({ directory: place.directory });
    expect(inspection.problem?.code).toBe('VAULT_KDF_REFUSED');
  });
});

describe('a damaged newest header', () => {
  it('falls back to the one before, and says so', async () => {
    const vault = createTestVault(services);
    const { opened } = await vault.client.vaultOffice.create(createInput(place.directory));
    vault.adopt(opened);
    await vault.client.office.setPreferences({ lockAfterMinutes: 9 });
    await vault.client.vaultOffice.close({});
    writeFileSync(headerPath(), 'scribble');
    const inspection = await vault.client.vaultOffice.inspect({ directory: place.directory });
    expect(inspection).toMatchObject({ office: { id: opened.office.id }, warnings: ['header-previous'] });
    const input = { directory: place.directory, password: PASSWORD, deviceSecret: DEVICE_SECRET };
    const again = await vault.client.vaultOffice.unlock(input);
    expect(again).toMatchObject({ warnings: ['header-previous'], lockAfterMinutes: 9 });
    await vault.client.vaultOffice.close({});
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
    const { unlocked, kit } = await newOffice();
    const { header } = unlocked;
    const identity = openRecoverySlot(header.office.id, header.recovery, parseRecoveryKey(kit.groups.join('')));
    const officeKey = await services.sealer.open(Buffer.from(header.officeKey, 'base64'), identity ?? '');
    expect(Buffer.from(officeKey).equals(unlocked.officeKey)).toBe(true);
    expect(headerMacKey(officeKey)).toHaveLength(32);
    const [first = '', ...rest] = kit.groups;
    const mistyped = [first.startsWith('0') ? `1${first.slice(1)}` : `0${first.slice(1)}`, ...rest];
    expect(openRecoverySlot(header.office.id, header.recovery, parseRecoveryKey(mistyped.join('')))).toBeNull();
  });
});
