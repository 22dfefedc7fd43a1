// An earlier list of people with its good signature, written back by somebody who has the office key: nobody who saw a later one believes it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { OfficeKeyring } from '../../../../electron/core/ports/office-repositories.ts';
import type { OfficeStore } from '../../../../electron/core/ports/vault-store.ts';
import { fromBase64 } from '../../../../electron/core/vault/keys/key-tools.ts';
import { unlockHeader } from '../../../../electron/core/vault/office-unlock.ts';
import { lock, openTestVault, type Person, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
let clients: Record<'acme' | 'bolt', ClientId>;

beforeEach(async () => {
  office = await openTestVault();
  const add = async (name: string) => (await office.addClient(name)).id;
  clients = { acme: await add('Acme'), bolt: await add('Bolt') };
});
afterEach(async () => await office.remove());

const tampered: unknown = expect.objectContaining({ code: 'VAULT_ROSTER_TAMPERED' });

/** With her own password a person reads and writes the office database of the locked office as she likes. */
async function inDatabase<T>(person: Person, work: (store: OfficeStore) => T): Promise<T> {
  const { directory } = office;
  const { services } = office.vault;
  const credentials = {
    password: person.password,
    deviceSecret: fromBase64(person.deviceSecret ?? ''),
    deviceOutput: null,
  };
  const unlocked = await unlockHeader(services, { directory, userId: person.id, kind: 'password', credentials });
  const { officeKey: key, header } = unlocked;
  const database = services.databases.openOffice({ directory, officeId: header.office.id, key, create: false });
  try {
    return database.store.transaction(() => work(database.store));
  } finally {
    database.close();
  }
}

const signedPart = ({ keyring }: OfficeStore): Partial<OfficeKeyring> => {
  const { ownerKey, ownerSecret, succession, rosterSignature, rosterVersion } = keyring.get();
  return { ownerKey, ownerSecret, succession, rosterSignature, rosterVersion };
};

describe('an earlier list', () => {
  it('does not make an owner again of who is none any more', async () => {
    const olga = await office.hire('Olga Owner', 'owner');
    await lock(office.vault);
    const before = await inDatabase(olga, signedPart);
    await office.signIn(office.owner);
    await office.vault.client.users.setRole({ userId: olga.id, role: 'accountant' });
    await lock(office.vault);
    await inDatabase(olga, (store) => {
      store.keyring.update(before);
      store.users.update(olga.id, { role: 'owner' });
    });
    await expect(office.signIn(office.owner)).rejects.toEqual(tampered);
  });

  it('does not give a client back', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    await lock(office.vault);
    const before = await inDatabase(rita, signedPart);
    await office.signIn(office.owner);
    const access = { kind: 'some' as const, clientIds: [clients.bolt] };
    await office.vault.client.users.setAccess({ userId: rita.id, access });
    await lock(office.vault);
    await inDatabase(rita, (store) => {
      store.users.setClients(rita.id, []);
      store.users.update(rita.id, { allClients: true });
      store.keyring.update(before);
    });
    await expect(office.signIn(office.owner)).rejects.toEqual(tampered);
  });

  it('is not believed by whoever merely saw the later one', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    const sam = await office.hire('Sam Reed', 'accountant');
    await lock(office.vault);
    const before = await inDatabase(sam, signedPart);
    await office.signIn(office.owner);
    await office.vault.client.users.setRole({ userId: sam.id, role: 'auditor' });
    await office.signIn(rita);
    await lock(office.vault);
    await inDatabase(sam, (store) => {
      store.keyring.update(before);
      store.users.update(sam.id, { role: 'accountant' });
    });
    await expect(office.signIn(rita)).rejects.toEqual(tampered);
  });

  it('does not pass for a later one by its number alone', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    await lock(office.vault);
    await inDatabase(rita, ({ keyring }) => keyring.update({ rosterVersion: keyring.get().rosterVersion + 1 }));
    await expect(office.signIn(office.owner)).rejects.toEqual(tampered);
  });

  it('keeps no version back: everyone signs in after changes by paper and by new keys', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    const { vault } = office;
    await vault.client.office.renewRecoveryKit({ replyKey: await vault.replyKey() });
    await vault.client.security.rotate({ what: { kind: 'office' }, reason: 'compromise' });
    await lock(vault);
    // One for the office, one each for the invitation, the kit and the owners' key.
    expect(await inDatabase(office.owner, ({ keyring }) => keyring.get().rosterVersion)).toBe(4);
    for (const person of [rita, office.owner]) await office.signIn(person);
  });
});
