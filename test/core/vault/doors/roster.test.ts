// The signed list of people: whoever holds the office key but no owner's key changes no row of it unnoticed, and slips no key in.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeUser } from '../../../../electron/core/ports/office-repositories.ts';
import type { OfficeStore } from '../../../../electron/core/ports/vault-store.ts';
import { canonicalJson } from '../../../../shared/model/canonical-json.ts';
import { fromBase64, toBase64 } from '../../../../electron/core/vault/keys/key-tools.ts';
import { headerMacKey } from '../../../../electron/core/vault/keys/office-key.ts';
import { leadsToOwnerKey, renewOwnerKey } from '../../../../electron/core/vault/keys/owner-key.ts';
import { assertRoster, signRoster } from '../../../../electron/core/vault/keys/roster.ts';
import { publicKeyOf, signText } from '../../../../electron/core/vault/keys/signing-key.ts';
import { openUserSlot } from '../../../../electron/core/vault/keys/user-slot.ts';
import type { ClientId, OfficeId } from '../../../../shared/model/ids.ts';
import { lock, openTestVault, testServices, type Person, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
let rita: Person;
let acme: ClientId;

beforeEach(async () => {
  office = await openTestVault();
  acme = (await office.addClient('Acme')).id;
  rita = await office.hire('Rita Quill', 'reviewer', { access: { kind: 'some', clientIds: [] } });
  await lock(office.vault);
});
afterEach(async () => await office.remove());

const tampered: unknown = expect.objectContaining({ code: 'VAULT_ROSTER_TAMPERED' });

/** What Rita can do at home with the folder: she opens the office database with her own key and writes into it as she likes. */
async function asRita(change: (store: OfficeStore, officeId: OfficeId) => void | Promise<void>): Promise<void> {
  const { directory } = office;
  const { headers, kdf, sealer, databases } = office.vault.services;
  const { header } = headers.read(directory);
  const slot = header.slots.find(({ userId }) => userId === rita.id) ?? expect.fail('no slot');
  const credentials = {
    password: rita.password,
    deviceSecret: fromBase64(rita.deviceSecret ?? ''),
    deviceOutput: null,
  };
  const { secrets } = await openUserSlot(kdf, { officeId: header.office.id, slot }, credentials);
  const key = await sealer.open(fromBase64(header.officeKey), secrets.identity);
  const database = databases.openOffice({ directory, officeId: header.office.id, key, create: false });
  await change(database.store, header.office.id);
  database.close();
}

/** What each row may be changed to. */
const rowChanges: readonly (readonly [string, (store: OfficeStore) => void])[] = [
  ['her role', (store) => store.users.update(rita.id, { role: 'accountant' })],
  ['her name', (store) => store.users.update(rita.id, { name: 'Ada Keel 2' })],
  ['her access to all', (store) => store.users.update(rita.id, { allClients: true })],
  ['her access to one', (store) => store.users.setClients(rita.id, [acme])],
  ['an owner’s role', (store) => store.users.update(office.owner.id, { role: 'reviewer' })],
  ['an owner’s public key', (store) => store.users.update(office.owner.id, { recipient: 'age1other' })],
  [
    'a person more',
    (store) => store.users.insert({ ...anyone(store), id: `user_${'0'.repeat(20)}` as OfficeUser['id'], name: 'X' }),
  ],
  ['a person less', (store) => store.users.remove(rita.id, '2026-01-31T08:00:00.000Z' as OfficeUser['createdAt'])],
  ['the recovery identity', (store) => store.keyring.update({ recoveryRecipient: 'age1other' })],
  ['the signature', (store) => store.keyring.update({ rosterSignature: toBase64(new Uint8Array(64)) })],
  ['no signature', (store) => store.keyring.update({ rosterSignature: '' })],
];
const anyone = ({ users }: OfficeStore): OfficeUser => users.find(rita.id) ?? expect.fail('nobody');

describe('a row changed by somebody without an owner’s key', () => {
  it.each(rowChanges)('is noticed at the next sign-in: %s', async (_name, change) => {
    await asRita((store) => store.transaction(() => change(store)));
    await expect(office.signIn(office.owner)).rejects.toEqual(tampered);
    expect(await office.vault.client.vaultOffice.inspect({ directory: office.directory })).toMatchObject({
      problem: null,
    });
  });

  it('is noticed before an owner signs anything else, also while she is in', async () => {
    let store: OfficeStore | null = null;
    const { databases } = testServices();
    const openOffice: typeof databases.openOffice = (options) => {
      const opened = databases.openOffice(options);
      ({ store } = opened);
      return opened;
    };
    await office.restart({ databases: { ...databases, openOffice } });
    await office.signIn(office.owner);
    const open = store as OfficeStore | null;
    open?.users.update(rita.id, { allClients: true });
    const { users } = office.vault.client;
    await expect(users.setRole({ userId: rita.id, role: 'accountant' })).rejects.toEqual(tampered);
    expect((await users.list({})).find(({ id }) => id === rita.id)?.role).toBe('reviewer');
    open?.users.update(rita.id, { allClients: false });
    await users.setRole({ userId: rita.id, role: 'accountant' });
  });
});

describe('a list signed with a key of one’s own', () => {
  const seed = new Uint8Array(32).fill(8);
  const own = publicKeyOf(seed);

  function forge(store: OfficeStore, officeId: OfficeId): void {
    store.users.update(rita.id, { role: 'owner', allClients: true });
    store.keyring.update({ ownerKey: own });
    signRoster(officeId, store, seed);
  }

  it('is believed by nobody: everyone’s slot pins the owners’ key', async () => {
    await asRita((store, officeId) => forge(store, officeId));
    await expect(office.signIn(office.owner)).rejects.toEqual(tampered);
    await expect(office.signIn(rita)).rejects.toEqual(tampered);
  });

  it('nor with a handover that the pinned key never signed', async () => {
    await asRita((store, officeId) => {
      const { ownerKey } = store.keyring.get();
      const text = canonicalJson({ magic: 'strongroom-owner-key', officeId, next: own });
      store.keyring.update({ succession: [{ key: ownerKey, signature: signText(seed, text) }] });
      forge(store, officeId);
    });
    await expect(office.signIn(office.owner)).rejects.toEqual(tampered);
  });

  it('nor by whoever comes with the paper key, which pins it too', async () => {
    const recipient = await office.vault.services.sealer.recipientOf(await office.vault.services.sealer.newIdentity());
    await asRita(async (store, officeId) => {
      const { recoveryRecipient } = store.keyring.get();
      const ownerSecret = toBase64(await office.vault.services.sealer.seal(seed, [recipient, recoveryRecipient]));
      forge(store, officeId);
      store.keyring.update({ ownerSecret });
    });
    const { vault, directory, kit } = office;
    const recover = async () =>
      vault.client.vaultOffice.recover({
        directory,
        window: null,
        recoveryKey: await vault.seal('recovery-key', kit.groups.join('-')),
        newPassword: await vault.seal('new-password', 'walnut drifting under copper sails'),
        deviceSecret: null,
        anchor: null,
        alerts: [],
        replyKey: await vault.replyKey(),
      });
    await expect(recover()).rejects.toEqual(tampered);
    // Another pin in the header does not help: it is bound to the paper key.
    const { headers } = vault.services;
    const { header } = headers.read(directory);
    const key = headerMacKey(new Uint8Array(32));
    headers.write(directory, { ...header, recovery: { ...header.recovery, ownerKey: own } }, key);
    await expect(recover()).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
  });

  it('nor with another person’s slot under her own name: a slot and its row have one public key', async () => {
    const { headers } = office.vault.services;
    const { header } = headers.read(office.directory);
    const [first, second] = header.slots;
    const swapped = [
      { ...first, userId: second?.userId },
      { ...second, userId: first?.userId },
    ] as typeof header.slots;
    headers.write(office.directory, { ...header, slots: swapped }, headerMacKey(new Uint8Array(32)));
    for (const person of [rita, office.owner])
      await expect(office.signIn(person)).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
  });
});

describe('the owners’ key and its successors', () => {
  const officeId = `office_${'0a'.repeat(10)}` as OfficeId;
  const services = testServices();
  const seeds = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));

  async function chain() {
    const [seed = new Uint8Array(32)] = seeds;
    let keyring = {
      ownerKey: publicKeyOf(seed),
      ownerSecret: '',
      succession: [] as { key: string; signature: string }[],
    };
    const keys = [keyring.ownerKey];
    let current: Uint8Array = seed;
    const identity = await services.sealer.newIdentity();
    const readers = [await services.sealer.recipientOf(identity)];
    for (let turn = 0; turn < 3; turn += 1) {
      const next = await renewOwnerKey(services, { id: officeId, keyring, seed: current }, readers);
      keyring = { ...next.keyring, succession: [...next.keyring.succession] };
      current = next.seed;
      keys.push(keyring.ownerKey);
    }
    return { keyring, keys };
  }

  it('leads from every earlier key to today’s, and from no other', async () => {
    const { keyring, keys } = await chain();
    expect(new Set(keys).size).toBe(4);
    for (const key of keys) expect(leadsToOwnerKey(officeId, key, keyring)).toBe(true);
    expect(leadsToOwnerKey(officeId, publicKeyOf(seeds[2] ?? new Uint8Array(32)), keyring)).toBe(false);
    expect(leadsToOwnerKey(`office_${'0b'.repeat(10)}` as OfficeId, keys[0] ?? '', keyring)).toBe(false);
  });

  it('breaks where one link is forged, left out, or in another order', async () => {
    const { keyring, keys } = await chain();
    const [one, two, three] = keyring.succession;
    const [first = '', , third = ''] = keys;
    const holds = (succession: unknown[], from = first): boolean =>
      leadsToOwnerKey(officeId, from, { ...keyring, succession: succession as typeof keyring.succession });
    expect(holds([one, two, three])).toBe(true);
    expect(holds([one, three])).toBe(false);
    expect(holds([one, three, two])).toBe(false);
    expect(holds([one, two])).toBe(false);
    const forged = { key: two?.key, signature: three?.signature };
    expect(holds([one, forged, three])).toBe(false);
    // What comes before her pinned key is none of a user's business.
    expect(holds([{ key: first, signature: 'AAAA' }, forged, three], third)).toBe(true);
  });

  it('signs nothing with an earlier seed', () => {
    const [seed = new Uint8Array(32)] = seeds;
    const keyring = {
      ownerKey: publicKeyOf(seeds[1] ?? seed),
      recoveryRecipient: 'age1',
      rosterSignature: '',
      rosterVersion: 0,
      succession: [],
    };
    const roster = {
      users: { list: () => [], clientsOf: () => [] },
      keyring: { get: () => keyring, update: (changes: object) => void Object.assign(keyring, changes) },
    } as unknown as OfficeStore;
    expect(() => signRoster(officeId, roster, seed)).toThrow(tampered);
    signRoster(officeId, roster, seeds[1] ?? seed);
    assertRoster(officeId, roster, { ownerKey: keyring.ownerKey, rosterVersion: 1 });
    expect(() => assertRoster(officeId, roster, { ownerKey: publicKeyOf(seed), rosterVersion: 0 })).toThrow(tampered);
    keyring.ownerKey = 'AAAA';
    expect(() => assertRoster(officeId, roster, { ownerKey: 'AAAA', rosterVersion: 0 })).toThrow(tampered);
  });
});
