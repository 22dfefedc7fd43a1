// New keys: everything is there under exactly one key, whenever the process was killed, and the old key opens nothing once it is done.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem } from '../../../electron/adapters/vault-files/file-system.ts';
import { fromBase64 } from '../../../electron/core/vault/keys/key-tools.ts';
import { rotateKeys } from '../../../electron/core/vault/rotation/rotate-keys.ts';
import type { VaultServices } from '../../../electron/core/vault/services.ts';
import type { Rotation } from '../../../shared/ipc/contract/security.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import {
  addClientOnDisk,
  createOfficeOnDisk,
  officeServices,
  signInOnDisk,
  temporaryFolder,
  type OpenOfficeOnDisk,
} from '../../builders/office-on-disk.ts';
import { createPhotographer, namesIn } from '../../faults/photographs.ts';

let folder = temporaryFolder('rotation');
let directory = '';
let services: VaultServices = officeServices();
let office: OpenOfficeOnDisk;
let clients: readonly ClientId[] = [];
let oldKeys: Keys;

interface Keys {
  readonly office: Uint8Array;
  readonly clients: ReadonlyMap<ClientId, Uint8Array>;
}

const keysOf = ({ session }: OpenOfficeOnDisk): Keys => ({
  office: Uint8Array.from(session.officeKey),
  clients: new Map(clients.map((id) => [id, session.clientKey(id)] as const)),
});

beforeEach(async () => {
  folder = temporaryFolder('rotation');
  directory = folder.at('office');
  services = officeServices();
  office = await createOfficeOnDisk(services, directory);
  clients = [
    await addClientOnDisk(services, office, 'Harbour Bakery Ltd'),
    await addClientOnDisk(services, office, 'Quay Books'),
  ];
  oldKeys = keysOf(office);
});
afterEach(() => {
  office.close();
  folder.remove();
});

const rotate = (what: Rotation['what'], reason: Rotation['reason'] = 'routine') =>
  rotateKeys(services, office.contextOf('security.rotate'), { what, reason });

/** True where the key opens the database. The office must be closed. */
function opens(at: string, database: 'office' | ClientId, key: Uint8Array): boolean {
  try {
    if (database === 'office')
      services.databases
        .openOffice({ directory: at, officeId: office.session.header().office.id, key, create: false })
        .close();
    else services.databases.openClient({ directory: at, clientId: database, key, create: false }).close();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
    return false;
  }
}

/** What must not change: the chains hold, every client opens, nothing is pending, nothing unfinished lies about. */
function expectWhole({ session }: OpenOfficeOnDisk): void {
  const { store } = session.office;
  expect(store.clients.list().map(({ id }) => id)).toEqual(clients);
  expect(store.clients.list().map(({ pendingSealedKey }) => pendingSealedKey)).toEqual(clients.map(() => null));
  expect(session.header().pendingOfficeKey).toBeNull();
  expect(store.audit.check().brokenAt).toBeNull();
  for (const id of clients) {
    expect(session.client(id).problems()).toEqual([]);
    expect(session.client(id).store.audit.check().brokenAt).toBeNull();
  }
  expect(session.office.problems()).toEqual([]);
  expect(namesIn(session.directory).filter((name) => name.includes('.next'))).toEqual([]);
}

const expectOpens = (id: ClientId): void => expect(office.session.client(id).problems()).toEqual([]);

describe('rotateKeys', () => {
  it('gives all databases new keys, says so, and the old ones open nothing', async () => {
    const result = await rotate({ kind: 'all' });
    expect(result.databases).toBe(3);
    expect(result.bytes).toBeGreaterThan(3 * 4096);
    expectWhole(office);
    const { keyring, clients: rows, audit } = office.session.office.store;
    expect(keyring.get().officeKeyGeneration).toBe(2);
    expect(rows.list().map(({ keyGeneration }) => keyGeneration)).toEqual([2, 2]);
    const entries = audit.records({ after: 0, limit: 100 }).filter(({ action }) => action === 'security.rotate');
    expect(entries).toHaveLength(3);
    office.close();
    expect(opens(directory, 'office', oldKeys.office)).toBe(false);
    for (const [id, key] of oldKeys.clients) expect(opens(directory, id, key)).toBe(false);
    office = await signInOnDisk(services, { directory, userId: office.session.userId });
    expectWhole(office);
    expect(keysOf(office).office).not.toEqual(oldKeys.office);
  });

  it('leaves the other databases’ keys alone', async () => {
    const [first, second] = clients as [ClientId, ClientId];
    expect(await rotate({ kind: 'client', clientId: first })).toMatchObject({ databases: 1 });
    expect(await rotate({ kind: 'office' })).toMatchObject({ databases: 1 });
    const now = keysOf(office);
    expect(now.clients.get(first)).not.toEqual(oldKeys.clients.get(first));
    expect(now.clients.get(second)).toEqual(oldKeys.clients.get(second));
    expect(now.office).not.toEqual(oldKeys.office);
    expect(office.session.office.store.keyring.get().officeKeyGeneration).toBe(2);
  });

  it('refuses an unknown client before anything is planned', async () => {
    const { generation } = office.session.header();
    const clientId = `client_${'00'.repeat(10)}` as ClientId;
    await expect(rotate({ kind: 'client', clientId }, 'compromise')).rejects.toMatchObject({
      code: 'CLIENT_NOT_FOUND',
    });
    expect(office.session.header().generation).toBe(generation);
    expect(office.session.office.store.keyring.get().succession).toEqual([]);
  });

  it('does not make an older file the true one', async () => {
    const [first] = clients as [ClientId];
    const { userId } = office.session;
    office.close();
    const path = join(directory, 'clients', `${first}.db`);
    const before = readFileSync(path);
    office = await signInOnDisk(services, { directory, userId });
    const { store } = office.session.client(first);
    const [entry] = office.session.office.store.audit.records({ after: 0, limit: 1 });
    const draft = { userName: 'Ada', action: 'clients.add', subject: null, outcome: 'done', payload: {} } as const;
    store.transaction(() => store.audit.append({ ...draft, at: entry?.at ?? expect.fail('no entry'), userId }));
    office.close();
    writeFileSync(path, before);
    office = await signInOnDisk(services, { directory, userId });
    await expect(rotate({ kind: 'all' }, 'compromise')).rejects.toMatchObject({ code: 'VAULT_ROLLED_BACK' });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(office.session.office.store.keyring.get()).toMatchObject({ officeKeyGeneration: 1, succession: [] });
  });

  it('leaves no digest of the file before, whether the client was open or not', async () => {
    const [first, second] = clients as [ClientId, ClientId];
    const { userId } = office.session;
    office.close();
    office = await signInOnDisk(services, { directory, userId });
    expectOpens(first);
    await rotate({ kind: 'client', clientId: second });
    await rotate({ kind: 'client', clientId: first });
    expectOpens(second);
    for (let turn = 0; turn < 2; turn += 1) {
      office.close();
      office = await signInOnDisk(services, { directory, userId });
      expectOpens(first);
      expectOpens(second);
    }
  });

  it('is no older state after a kill right behind it', async () => {
    const { userId } = office.session;
    for (const id of clients) expectOpens(id);
    await rotate({ kind: 'all' });
    const { store } = office.session.client(clients[0] as ClientId);
    const [entry] = store.audit.records({ after: 0, limit: 1 });
    const draft = { userName: 'Ada', action: 'clients.add', subject: null, outcome: 'done', payload: {} } as const;
    store.transaction(() => store.audit.append({ ...draft, at: entry?.at ?? expect.fail('no entry'), userId }));
    cpSync(directory, folder.at('killed'), { recursive: true });
    office.close();
    office = await signInOnDisk(services, { directory: folder.at('killed'), userId });
    for (const id of clients) expectOpens(id);
  });

  it('replaces the keys that sign after a compromise, and the slot that pins the old one still leads to it', async () => {
    const { ownerKey, checkpointKey, checkpointSecret } = office.session.office.store.keyring.get();
    await rotate({ kind: 'office' }, 'compromise');
    const keyring = office.session.office.store.keyring.get();
    expect(keyring.ownerKey).not.toBe(ownerKey);
    expect([checkpointKey, checkpointSecret]).not.toContain(keyring.checkpointKey);
    expect(keyring.checkpointSecret).not.toBe(checkpointSecret);
    expect(keyring.succession.map(({ key }) => key)).toEqual([ownerKey]);
    office.close();
    office = await signInOnDisk(services, { directory, userId: office.session.userId });
    expectWhole(office);
    expect(office.session.ownSlot().secrets.ownerKey).toBe(keyring.ownerKey);
    expect(office.session.office.store.audit.lastCheckpoint()?.publicKey).toBe(keyring.checkpointKey);
  });

  it('ends with one key that is recorded when two rotations of one client cross', async () => {
    const [clientId] = clients as [ClientId];
    await Promise.all([rotate({ kind: 'client', clientId }), rotate({ kind: 'client', clientId })]);
    expectWhole(office);
    const key = office.session.clientKey(clientId);
    office.close();
    expect(opens(directory, clientId, key)).toBe(true);
    office = await signInOnDisk(services, { directory, userId: office.session.userId });
    expectWhole(office);
    expect(office.session.clientKey(clientId)).toEqual(key);
  });

  it('ends with one key that is recorded when two rotations of the office cross', async () => {
    await Promise.all([rotate({ kind: 'office' }), rotate({ kind: 'office' })]);
    expectWhole(office);
    office.close();
    office = await signInOnDisk(services, { directory, userId: office.session.userId });
    expectWhole(office);
  });
});

describe('a kill at any step', () => {
  it.each<Rotation['what']>([{ kind: 'office' }, { kind: 'all' }])(
    'leaves an office that opens whole: $kind',
    async (what) => {
      office.close();
      const album = folder.at('album');
      mkdirSync(album);
      const photographer = createPhotographer(directory, album);
      const files = photographer.watch(nodeFileSystem, ['write', 'sync', 'rename', 'syncDirectory', 'remove']);
      const watched = officeServices(files);
      services = {
        ...watched,
        databases: photographer.watch(watched.databases, [
          'rewriteOffice',
          'rewriteClient',
          'openOffice',
          'openClient',
        ]),
        sealer: photographer.watch(watched.sealer, ['seal', 'open']),
      };
      const { userId } = office.session;
      office = await signInOnDisk(services, { directory, userId });
      await photographer.during(() => rotate(what));
      expectWhole(office);
      expect(photographer.photographs.length).toBeGreaterThan(what.kind === 'all' ? 80 : 30);

      services = officeServices();
      const finished = { office: 0, clients: 0 };
      for (const { directory: at, moment } of photographer.photographs) {
        const survivor = await signInOnDisk(services, { directory: at, userId });
        expect(survivor.opened.warnings, moment).not.toContain('header-previous');
        expectWhole(survivor);
        const keys = keysOf(survivor);
        survivor.close();
        const renewed = !Buffer.from(keys.office).equals(oldKeys.office);
        if (renewed) finished.office += 1;
        expect(opens(at, 'office', oldKeys.office), moment).toBe(!renewed);
        for (const [id, old] of oldKeys.clients) {
          const changed = !Buffer.from(keys.clients.get(id) ?? []).equals(old);
          if (changed) finished.clients += 1;
          expect(opens(at, id, old), moment).toBe(!changed);
        }
      }
      expect(finished.office).toBeGreaterThan(photographer.photographs.length / 3);
      if (what.kind === 'all') expect(finished.clients).toBeGreaterThan(photographer.photographs.length);
    },
    120_000,
  );

  it('leaves a client that opens also while two rotations of it cross', async () => {
    const [clientId] = clients as [ClientId];
    const { userId } = office.session;
    office.close();
    const album = folder.at('album');
    mkdirSync(album);
    const photographer = createPhotographer(directory, album);
    const watched = officeServices();
    const databases = photographer.watch(watched.databases, ['rewriteClient']);
    services = { ...watched, databases, sealer: photographer.watch(watched.sealer, ['seal', 'open']) };
    office = await signInOnDisk(services, { directory, userId });
    const what = { kind: 'client', clientId } as const;
    await photographer.during(() => Promise.all([rotate(what), rotate(what), rotate(what)]));
    services = officeServices();
    for (const { directory: at } of photographer.photographs) {
      const survivor = await signInOnDisk(services, { directory: at, userId });
      expectWhole(survivor);
      survivor.close();
    }
  });

  it('and a header that could not say the last word is believed under the key to come', async () => {
    const { userId } = office.session;
    office.close();
    let headers = 0;
    let refused = true;
    const files = {
      ...nodeFileSystem,
      rename: (from: string, to: string) => {
        if (to.endsWith('header.json')) headers += 1;
        if (to.endsWith('header.json') && headers === 2 && !refused) {
          refused = true;
          throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        }
        nodeFileSystem.rename(from, to);
      },
    };
    services = officeServices(files);
    office = await signInOnDisk(services, { directory, userId });
    [headers, refused] = [0, false];
    await expect(rotate({ kind: 'office' })).rejects.toMatchObject({ code: 'VAULT_KEYS_UNFINISHED' });
    expect(office.session.header().pendingOfficeKey).not.toBeNull();
    office.session.updateHeader({ lockAfterMinutes: 7 });
    office.close();
    office = await signInOnDisk(services, { directory, userId });
    expectWhole(office);
    expect(office.session.office.store.keyring.get().officeKeyGeneration).toBe(2);
  });

  it('counts one generation and one entry, however often it was interrupted', async () => {
    const sealed = await services.sealer.seal(new Uint8Array(32).fill(9), [
      await services.sealer.recipientOf(office.session.identity),
    ]);
    office.session.updateHeader({ pendingOfficeKey: Buffer.from(sealed).toString('base64') });
    const { userId } = office.session;
    for (let turn = 0; turn < 2; turn += 1) {
      office.close();
      office = await signInOnDisk(services, { directory, userId });
      expect(office.session.office.store.keyring.get().officeKeyGeneration).toBe(2);
    }
    expect(fromBase64(office.session.header().officeKey)).not.toEqual(sealed);
    office.close();
    expect(opens(directory, 'office', new Uint8Array(32).fill(9))).toBe(true);
    office = await signInOnDisk(services, { directory, userId });
  });
});

describe('what cannot be finished', () => {
  it('stops nobody: a full disk leaves the plan for the next sign-in', async () => {
    const { userId } = office.session;
    office.close();
    let full = true;
    const files = {
      ...nodeFileSystem,
      sync: (path: string) => {
        if (full && path.endsWith('.next')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        nodeFileSystem.sync(path);
      },
    };
    services = officeServices(files);
    office = await signInOnDisk(services, { directory, userId });
    await expect(rotate({ kind: 'all' })).rejects.toMatchObject({ code: 'VAULT_KEYS_UNFINISHED' });
    expect(office.session.client(clients[0] as ClientId).problems()).toEqual([]);
    office.close();
    office = await signInOnDisk(services, { directory, userId });
    expect(keysOf(office)).toEqual(oldKeys);
    expect(namesIn(directory).filter((name) => name.endsWith('.next'))).toEqual([]);
    full = false;
    office.close();
    office = await signInOnDisk(services, { directory, userId });
    expectWhole(office);
    office.close();
    expect(opens(directory, 'office', oldKeys.office)).toBe(false);
    expect(
      opens(join(directory), clients[1] as ClientId, oldKeys.clients.get(clients[1] as ClientId) ?? new Uint8Array(32)),
    ).toBe(false);
    office = await signInOnDisk(services, { directory, userId });
  });
});
