// A kit that was due takes every key with it: the identity of before, with a copy from in between, opens nothing that is in use.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientId } from '../../../../shared/model/ids.ts';
import { parseRecoveryKey } from '../../../../shared/model/recovery-key.ts';
import { nodeFileSystem } from '../../../../electron/adapters/vault-files/file-system.ts';
import { fromBase64 } from '../../../../electron/core/vault/keys/key-tools.ts';
import { openRecoverySlot } from '../../../../electron/core/vault/keys/recovery-slot.ts';
import { publicKeyOf } from '../../../../electron/core/vault/keys/signing-key.ts';
import { openUserSlot } from '../../../../electron/core/vault/keys/user-slot.ts';
import { openPendingOfficeKey } from '../../../../electron/core/vault/rotation/next-key.ts';
import { officeServices } from '../../../builders/office-on-disk.ts';
import { createPhotographer } from '../../../faults/photographs.ts';
import {
  createTestVault,
  lock,
  openTestVault,
  signIn,
  testServices,
  type Person,
  type TestOffice,
} from '../vault-bench.ts';

let office: TestOffice;
let olga: Person;
let clients: ClientId[];
let copies = 0;
let full = false;

beforeEach(async () => {
  full = false;
  const sync = (path: string): void => {
    if (full && path.endsWith('.next')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    nodeFileSystem.sync(path);
  };
  office = await openTestVault(officeServices({ ...nodeFileSystem, sync }));
  clients = [(await office.addClient('Acme')).id, (await office.addClient('Bolt')).id];
  olga = await office.hire('Olga Owner', 'owner');
});
afterEach(async () => await office.remove());

/** Locks first: a copy as it lies on the disk. */
async function copyOfOffice(): Promise<string> {
  await lock(office.vault);
  const copy = join(office.root, `copy-${(copies += 1)}`);
  cpSync(office.directory, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  return copy;
}

const headerOf = (directory: string) => office.vault.services.headers.read(directory).header;

/** What who was an owner has kept. */
function keptIdentity(): string {
  const { office: place, recovery } = headerOf(office.directory);
  const key = parseRecoveryKey(office.kit.groups.join(''));
  return openRecoverySlot(place.id, recovery, key) ?? expect.fail('a kit that opens nothing');
}

/** Every key that the identity opens in that copy. */
async function keysIn(directory: string, identity: string) {
  const { sealer, databases } = office.vault.services;
  const header = headerOf(directory);
  const officeId = header.office.id;
  const officeKey = await sealer.open(fromBase64(header.officeKey), identity);
  const database = databases.openOffice({ directory, officeId, key: officeKey, create: false });
  const rows = database.store.clients.list();
  const keyring = database.store.keyring.get();
  database.close();
  const seed = await sealer.open(fromBase64(keyring.ownerSecret), identity);
  const clientKeys = await Promise.all(
    rows.flatMap(({ sealedKey, pendingSealedKey }) =>
      [sealedKey, ...(pendingSealedKey ? [pendingSealedKey] : [])].map((sealed) => sealer.open(sealed, identity)),
    ),
  );
  const pending = await openPendingOfficeKey(sealer, header, identity);
  return { officeKeys: pending ? [officeKey, pending] : [officeKey], clientKeys, ownerKey: publicKeyOf(seed), keyring };
}

/** The keyring as the owner's own key opens it. */
async function currentKeyring() {
  const { databases, sealer, kdf } = office.vault.services;
  const directory = await copyOfOffice();
  const header = headerOf(directory);
  const slot = header.slots.find(({ userId }) => userId === office.owner.id) ?? expect.fail('no slot');
  const { password, deviceSecret } = office.owner;
  const credentials = { password, deviceSecret: fromBase64(deviceSecret ?? ''), deviceOutput: null };
  const { secrets } = await openUserSlot(kdf, { officeId: header.office.id, slot }, credentials);
  const key = await sealer.open(fromBase64(header.officeKey), secrets.identity);
  const database = databases.openOffice({ directory, officeId: header.office.id, key, create: false });
  const keyring = database.store.keyring.get();
  database.close();
  return keyring;
}

function opens(open: () => { close(): void }): boolean {
  try {
    open().close();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
    return false;
  }
}

/** Which of today's files the keys open. */
function openedIn(directory: string, { officeKeys, clientKeys }: Awaited<ReturnType<typeof keysIn>>): string[] {
  const { databases } = office.vault.services;
  const officeId = headerOf(directory).office.id;
  const whole = officeKeys.some((key) =>
    opens(() => databases.openOffice({ directory, officeId, key, create: false })),
  );
  const opened = clients.filter((clientId) =>
    clientKeys.some((key) => opens(() => databases.openClient({ directory, clientId, key, create: false }))),
  );
  return [...(whole ? ['office'] : []), ...opened];
}

const renew = async (): Promise<unknown> =>
  await office.vault.client.office.renewRecoveryKit({ replyKey: await office.vault.replyKey() });
const due = async (): Promise<boolean> => (await office.vault.client.vaultOffice.due({})).recoveryKit;

describe('who was an owner and kept what the kit opens, with a copy from before the kit is new', () => {
  it('can open nothing that is in use once it is', async () => {
    const identity = keptIdentity();
    await office.vault.client.users.remove({ userId: olga.id });
    const between = await keysIn(await copyOfOffice(), identity);
    expect(openedIn(await copyOfOffice(), between)).toEqual(['office', ...clients]);
    await office.signIn(office.owner);
    await renew();
    expect(await due()).toBe(false);
    const { generation } = (await office.vault.client.security.state({})).officeKey;
    expect(generation).toBe(3);
    expect(openedIn(await copyOfOffice(), between)).toEqual([]);
    await office.signIn(office.owner);
    expect((await office.vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('can sign nothing either: the owners’ key was sealed to that identity, and everybody could read the other', async () => {
    const identity = keptIdentity();
    await office.vault.client.users.setRole({ userId: olga.id, role: 'accountant' });
    const between = await keysIn(await copyOfOffice(), identity);
    expect(between.ownerKey).toBe(between.keyring.ownerKey);
    await office.signIn(office.owner);
    await renew();
    const keyring = await currentKeyring();
    expect(keyring.ownerKey).not.toBe(between.ownerKey);
    expect(keyring.checkpointKey).not.toBe(between.keyring.checkpointKey);
    await office.signIn(olga);
    await office.signIn(office.owner);
    expect((await office.vault.client.security.state({})).audit.intact).toBe(true);
  });

  it('is why the kit stays due where a database keeps its key, and the next kit ends it', async () => {
    const identity = keptIdentity();
    await office.vault.client.users.remove({ userId: olga.id });
    const between = await keysIn(await copyOfOffice(), identity);
    await office.signIn(office.owner);
    full = true;
    await renew();
    expect(await due()).toBe(true);
    expect(openedIn(await copyOfOffice(), between)).toEqual(['office', ...clients]);
    full = false;
    expect((await office.signIn(office.owner)).recoveryKitDue).toBe(true);
    await renew();
    expect(await due()).toBe(false);
    expect(openedIn(await copyOfOffice(), between)).toEqual([]);
    await office.signIn(office.owner);
  });
});

it('after a kill at any step the kit is due still, or the identity of before opens nothing', async () => {
  const identity = keptIdentity();
  await office.vault.client.users.remove({ userId: olga.id });
  const between = await keysIn(await copyOfOffice(), identity);
  const album = join(office.root, 'album');
  mkdirSync(album);
  const photographer = createPhotographer(office.directory, album);
  await office.restart(officeServices(photographer.watch(nodeFileSystem, ['rename', 'syncDirectory'])));
  await office.signIn(office.owner);
  await photographer.during(renew);
  const seen = { due: 0, done: 0 };
  for (const { directory, moment } of photographer.photographs) {
    const vault = createTestVault(testServices({ clock: office.time.clock }));
    const { recoveryKitDue } = await signIn(vault, { directory, person: office.owner });
    expect((await vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
    await lock(vault);
    seen[recoveryKitDue ? 'due' : 'done'] += 1;
    if (!recoveryKitDue) expect(openedIn(directory, between), moment).toEqual([]);
  }
  expect(seen.due).toBeGreaterThan(4);
  expect(await due()).toBe(false);
}, 60_000);

it('a kit that was not due leaves the keys as they are', async () => {
  await renew();
  const { officeKey, clientKeys } = await office.vault.client.security.state({});
  expect([officeKey, ...clientKeys.map(({ key }) => key)].map(({ generation }) => generation)).toEqual([1, 1, 1]);
});
