// A user's way in: which ingredients make its key under which label, what its secrets are bound to, and what leaves no copy behind.
import { describe, expect, it } from 'vitest';
import type { KdfParameters } from '../../../../electron/core/ports/key-derivation.ts';
import type { UserSlot } from '../../../../electron/core/ports/vault-header.ts';
import {
  costsToKeep,
  createUserSlot,
  openUserSlot,
  wrapSlot,
  type Credentials,
  type SlotSecrets,
} from '../../../../electron/core/vault/keys/user-slot.ts';
import { deriveKey, unwrapSecret } from '../../../../electron/core/vault/keys/wrapped-secret.ts';
import type { OfficeId, UserId } from '../../../../shared/model/ids.ts';
import type { Instant } from '../../../../shared/model/instant.ts';
import {
  base64Of,
  bytes,
  COSTS,
  foretoldTools,
  hexOf,
  identityOf,
  recipientOf,
  stretched,
} from '../../../builders/key-tools.ts';
import { wipedBy } from '../../../builders/wiped.ts';

const officeId = `office_${'0a'.repeat(10)}` as OfficeId;
const userId = `user_${'01'.repeat(10)}` as UserId;
const secrets: SlotSecrets = { identity: identityOf('ada'), ownerKey: base64Of(bytes(8)), rosterVersion: 3 };
const device = {
  credentialId: 'credential',
  label: 'A device',
  salt: base64Of(bytes(3)),
  enrolledAt: '2026-01-31T08:00:00.000Z' as Instant,
};
const everything: Credentials = { password: 'open sesame', deviceSecret: bytes(6), deviceOutput: bytes(5) };
const salt = bytes(2, 16);
const derived = stretched(everything.password, salt);

async function slotFor(credentials: Credentials, withDevice = false) {
  const person = { userId, name: 'Ada', kind: 'password', expiresAt: null, code: false } as const;
  const user = { ...person, device: withDevice ? device : null, officeId, secrets };
  return await createUserSlot(foretoldTools(), user, credentials);
}
const { kdf } = foretoldTools();
const open = async (slot: UserSlot, changes: Partial<Credentials> = {}) =>
  await openUserSlot(kdf, { officeId, slot }, { ...everything, ...changes });
const wrong = { code: 'SESSION_WRONG_CREDENTIALS' };

describe('the costs of a slot', () => {
  const person = { userId, name: 'Ada', expiresAt: null, code: false, device: null, officeId, secrets };
  const password = { ...everything, deviceOutput: null };
  const made = async (kind: UserSlot['kind'], replaced?: KdfParameters) => {
    const contents = { ...person, kind, ...(replaced ? { replaced } : {}) };
    return (await createUserSlot(foretoldTools(), contents, password)).slot;
  };
  const costs = ({ kdf: { salt: _salt, ...rest } }: UserSlot) => rest;
  const times = (memory: number, passes: number): KdfParameters => ({
    ...COSTS,
    memoryKiB: COSTS.memoryKiB * memory,
    passes: COSTS.passes * passes,
  });

  it.each([
    ['none', undefined, COSTS],
    ['one with more memory', times(2, 1), times(2, 1)],
    ['one with more passes', times(1, 2), times(1, 2)],
    ['a cheaper one', times(0.5, 1), COSTS],
    ['one of the same costs in other parts', times(0.5, 2), COSTS],
  ])('in the place of %s are never less than before', async (_what, replaced, expected) => {
    const slot = await made('password', replaced);
    expect(costs(slot)).toEqual(expected);
    expect(slot.costsBefore).toBeNull();
  });

  it('of an invitation carry those of before, however long nobody accepts it', async () => {
    expect((await made('invitation')).costsBefore).toBeNull();
    const dear = times(4, 1);
    const invited = await made('invitation', dear);
    expect(invited.costsBefore).toEqual(dear);
    expect(costsToKeep({ slots: [invited] }, userId)).toEqual({ replaced: dear });
  });

  it('are kept of her own way in, without its salt', async () => {
    const slot = await made('password', times(2, 1));
    const other = { ...slot, userId: `user_${'02'.repeat(10)}` as UserId, kdf: { ...slot.kdf, passes: 99 } };
    expect(costsToKeep({ slots: [other, slot] }, userId)).toEqual({ replaced: times(2, 1) });
    expect(costsToKeep({ slots: [other] }, userId)).toEqual({});
    expect(costsToKeep({ slots: [await made('invitation')] }, userId)).toEqual({});
  });
});

describe('the key of a slot', () => {
  it.each([
    ['a password', { deviceSecret: null, deviceOutput: null }, false, [], 'kek/password'],
    ['and a device secret', { deviceOutput: null }, false, [bytes(6)], 'kek/password+device'],
    ['and a factor', { deviceSecret: null }, true, [bytes(5)], 'kek/password+factor'],
    ['and both', {}, true, [bytes(6), bytes(5)], 'kek/password+device+factor'],
  ])('is derived from %s, in order, under a label that names them', async (_what, brought, withDevice, more, label) => {
    const { result, wiped } = await wipedBy(() => slotFor({ ...everything, ...brought }, withDevice));
    const ingredients = Buffer.concat([derived, ...more]);
    const key = hexOf(deriveKey(ingredients, salt, label));
    expect(hexOf(result.key)).toBe(key);
    expect(wiped).toEqual([hexOf(ingredients), hexOf(derived), hexOf(JSON.stringify(sortedSecrets))]);
    expect(hexOf((await open(result.slot)).key)).toBe(key);
  });

  it('takes no part of what its policy does not name', async () => {
    const { key } = await slotFor({ ...everything, deviceSecret: null });
    expect(hexOf(key)).toBe(hexOf(deriveKey(derived, salt, 'kek/password')));
  });

  it('fails without an ingredient: a missing device secret like a wrong one, an absent device by its name', async () => {
    const { slot } = await slotFor(everything, true);
    await expect(open(slot, { password: 'open says me' })).rejects.toMatchObject(wrong);
    await expect(open(slot, { deviceSecret: null })).rejects.toMatchObject(wrong);
    await expect(open(slot, { deviceSecret: bytes(7) })).rejects.toMatchObject(wrong);
    await expect(open(slot, { deviceOutput: bytes(7) })).rejects.toMatchObject(wrong);
    const absent = await wipedBy(async () =>
      expect(open(slot, { deviceOutput: null })).rejects.toMatchObject({ code: 'FACTOR_DEVICE_ABSENT' }),
    );
    expect(absent.wiped).toEqual([hexOf(derived)]);
  });
});

const sortedSecrets = { identity: secrets.identity, ownerKey: secrets.ownerKey, rosterVersion: 3 };

describe('a new slot', () => {
  it('states whom it is for, what it asks and what it costs', async () => {
    const { slot, key } = await slotFor(everything, true);
    const { identity: wrapped, ...place } = slot;
    expect(place).toEqual({
      id: `slot_${'01'.repeat(10)}`,
      userId,
      name: 'Ada',
      kind: 'password',
      expiresAt: null,
      recipient: recipientOf('ada'),
      policy: { deviceSecret: true, secondFactorKey: true, code: false },
      kdf: { ...COSTS, salt: base64Of(salt) },
      costsBefore: null,
      device,
    });
    const associated = { magic: 'strongroom-office', version: 1, officeId, slot: place };
    const opened = unwrapSecret({ key, wrapped, associated });
    expect(Buffer.from(opened ?? expect.fail('closed')).toString()).toBe(JSON.stringify(sortedSecrets));
  });

  it.each([
    [{ ...everything, deviceSecret: null }, false, { deviceSecret: false, secondFactorKey: false, code: false }],
    [everything, false, { deviceSecret: true, secondFactorKey: false, code: false }],
  ])('asks for what it was made with', async (credentials, withDevice, policy) => {
    expect((await slotFor(credentials, withDevice)).slot.policy).toEqual(policy);
  });
});

describe('a slot in the place of another', () => {
  it.each([
    ['dearer ones stay', { memoryKiB: 4, passes: 3 }, { memoryKiB: 4, passes: 3 }],
    ['as dear ones give way', { memoryKiB: 4, passes: 2 }, {}],
    ['cheaper ones give way', { memoryKiB: 7, passes: 1 }, {}],
  ])('never costs less: %s, and the salt is its own', async (_what, before, after) => {
    const person = { userId, name: 'Ada', kind: 'password', expiresAt: null, device: null, code: false } as const;
    const replaced = { ...COSTS, ...before, salt: base64Of(bytes(9, 16)) };
    const { slot } = await createUserSlot(foretoldTools(), { ...person, officeId, secrets, replaced }, everything);
    expect(slot.kdf).toEqual({ ...COSTS, ...after, salt: base64Of(salt) });
  });
});

describe('an opened slot', () => {
  it('gives its secrets and key, and leaves no copy of what was opened', async () => {
    const { slot, key } = await slotFor(everything);
    const { result, wiped } = await wipedBy(() => open(slot));
    expect(result).toEqual({ secrets, key });
    expect(wiped.at(-1)).toBe(hexOf(JSON.stringify(sortedSecrets)));
  });

  it('is bound to its office and to every stated fact; a key that opens nothing is wiped', async () => {
    const { slot, key } = await slotFor(everything);
    const elsewhere = { officeId: `office_${'0b'.repeat(10)}` as OfficeId, slot };
    const { wiped } = await wipedBy(async () =>
      expect(openUserSlot(kdf, elsewhere, everything)).rejects.toMatchObject(wrong),
    );
    expect(wiped.at(-1)).toBe(hexOf(key));
    for (const change of [
      { name: 'Eve' },
      { kind: 'invitation' },
      { recipient: recipientOf('eve') },
      { policy: { ...slot.policy, code: true } },
      { device },
    ] as const)
      await expect(open({ ...slot, ...change })).rejects.toMatchObject(wrong);
  });

  it.each([
    ['no identity of age', { identity: 'age-secret-key-1ada' }],
    ['a short owner key', { ownerKey: base64Of(bytes(8, 30)) }],
    ['an owner key that is no base64', { ownerKey: '!'.repeat(44) }],
    ['a list before the first', { rosterVersion: -1 }],
    ['half a version', { rosterVersion: '3' }],
    ['something else', { more: 1 }],
  ])('holds nothing but its three secrets: %s', async (_what, change) => {
    const { slot, key } = await slotFor(everything);
    const { identity: _wrapped, ...place } = slot;
    const forged = { ...secrets, ...change } as SlotSecrets;
    const forgedSlot = wrapSlot(foretoldTools(), { officeId, place }, { key, secrets: forged });
    await expect(open(forgedSlot)).rejects.toThrow();
    const genuine = wrapSlot(foretoldTools(), { officeId, place }, { key, secrets: { ...secrets, rosterVersion: 0 } });
    expect((await open(genuine)).secrets.rosterVersion).toBe(0);
  });
});
