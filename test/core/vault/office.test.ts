// An office's life in the vault: created, locked, unlocked, refused, proven, verified.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  auditEntries,
  createInput,
  createTestVault,
  lock,
  openNewOffice,
  PASSWORD,
  signIn,
  temporaryPlace,
  WINDOW,
  type CreateOptions,
  type Person,
  type TestVault,
} from './vault-bench.ts';

const withCode = (code: string): unknown => expect.objectContaining({ code });
let place = temporaryPlace();
const open: TestVault[] = [];

beforeEach(() => {
  place = temporaryPlace();
});
afterEach(async () => {
  for (const vault of open.splice(0)) {
    await vault.client.vaultOffice.close({});
    expect(vault.failures).toEqual([]);
  }
  place.remove();
});

function vault(): TestVault {
  const made = createTestVault();
  open.push(made);
  return made;
}

async function newOffice(options?: CreateOptions) {
  return await openNewOffice(place.directory, vault(), options);
}

const unlock = (into: TestVault, person: Person) => signIn(into, { directory: place.directory, person });

describe('create and unlock', () => {
  it('creates an office, adds clients, and finds them after locking', async () => {
    const { vault: first, opened, kit, input, owner } = await newOffice();
    expect(opened).toMatchObject({
      office: { id: input.officeId, name: input.name, protection: 'keychain' },
      recoveryProven: false,
      recoveryKitDue: false,
    });
    expect(kit.groups).toHaveLength(8);
    const added = await first.client.clients.add({ name: 'Harbour Bakery Ltd' });
    await first.client.vaultOffice.close({});
    const second = vault();
    const again = await unlock(second, owner);
    expect(again.session).not.toBe(opened.session);
    const { session, anchor } = again;
    expect(again).toEqual({ ...opened, session, anchor, warnings: ['anchor-missing'] });
    expect(await second.client.clients.list({})).toEqual([added]);
    expect(readdirSync(place.directory).sort()).toEqual([
      'clients',
      'header.json',
      'office.db',
      'office.db-shm',
      'office.db-wal',
      'office.lock',
    ]);
  });

  it('tells nobody which part of the credentials was wrong', async () => {
    const { vault: first, owner } = await newOffice();
    await first.client.vaultOffice.close({});
    const second = vault();
    const wrong: Partial<Person>[] = [
      { id: `user_${'0'.repeat(20)}` as Person['id'] },
      { password: `${PASSWORD} ` },
      { deviceSecret: Buffer.alloc(32, 8).toString('base64') },
      { deviceSecret: null },
      { password: 'x', deviceSecret: null },
    ];
    for (const attempt of wrong) {
      await expect(unlock(second, { ...owner, ...attempt })).rejects.toEqual(withCode('SESSION_WRONG_CREDENTIALS'));
    }
    await unlock(second, owner);
  });

  it('takes the password as NFKC and does not trim it', async () => {
    const { vault: first, owner } = await newOffice({ password: ' ﬁne Ångström passphrase ' });
    await first.client.vaultOffice.close({});
    const second = vault();
    await unlock(second, { ...owner, password: ' fine Ångström passphrase ' });
    await lock(second);
    await expect(unlock(second, { ...owner, password: 'fine Ångström passphrase' })).rejects.toEqual(
      withCode('SESSION_WRONG_CREDENTIALS'),
    );
  });

  it('refuses weak passwords, taken folders and offices that are open elsewhere', async () => {
    const first = vault();
    const create = async (options: CreateOptions, directory = place.directory) =>
      await first.client.vaultOffice.create(await createInput(first, directory, options));
    await expect(create({ password: 'short', deviceSecret: null })).rejects.toEqual(
      withCode('SESSION_PASSWORD_TOO_SHORT'),
    );
    await expect(create({ password: 'password12345678' })).rejects.toEqual(withCode('SESSION_PASSWORD_GUESSABLE'));
    expect(readdirSync(place.root)).toEqual([]);
    const { opened } = await create({});
    const owner: Person = { id: opened.user.id, password: PASSWORD, deviceSecret: null };
    await expect(create({})).rejects.toEqual(withCode('OFFICE_EXISTS'));
    const taken = join(place.root, 'taken');
    writeFileSync(join(place.root, 'letter.txt'), 'dear');
    await expect(create({}, place.root)).rejects.toEqual(withCode('OFFICE_FOLDER_NOT_EMPTY'));
    await expect(unlock(vault(), owner)).rejects.toEqual(withCode('OFFICE_IN_USE'));
    const seen = await vault().client.vaultOffice.inspect({ directory: place.directory });
    expect(seen).toMatchObject({ office: { name: 'Keel & Partners' }, problem: { code: 'OFFICE_IN_USE' } });
    expect(await first.client.vaultOffice.inspect({ directory: place.directory })).toMatchObject({ problem: null });
    expect(await first.client.vaultOffice.inspect({ directory: taken })).toMatchObject({ office: null, problem: null });
  });
});

describe('sessions and roles', () => {
  it('answers nothing without the session token', async () => {
    const { vault: first, opened } = await newOffice();
    for (const token of [null, 'x'.repeat(43), opened.session.slice(0, 42)]) {
      first.setSession(token);
      await expect(first.client.clients.list({})).rejects.toEqual(withCode('SESSION_LOCKED'));
      await expect(
        first.client.vaultOffice.authorise({
          channel: 'jobs.cancel',
          permission: 'signed-in',
          stepUp: false,
          window: WINDOW,
        }),
      ).rejects.toEqual(withCode('SESSION_LOCKED'));
    }
    first.adopt(opened);
    await first.client.vaultOffice.close({});
    await expect(first.client.clients.list({})).rejects.toEqual(withCode('SESSION_LOCKED'));
  });

  it('authorises the host’s own calls and audits what it refuses', async () => {
    const { vault: first, opened } = await newOffice();
    const ask = (stepUp: boolean, window: string | null) =>
      first.client.vaultOffice.authorise({
        channel: 'connections.sync',
        permission: 'connections.sync',
        stepUp,
        window,
      });
    expect(await ask(true, WINDOW)).toMatchObject({ role: 'owner' });
    expect(await ask(false, null)).toEqual({ userId: opened.user.id, name: 'Ada Keel', role: 'owner' });
    await expect(ask(true, null)).rejects.toEqual(withCode('SESSION_STEP_UP_REQUIRED'));
    const [newest] = await auditEntries(first);
    expect(newest).toMatchObject({ action: 'vaultOffice.authorise', outcome: 'denied', user: 'Ada Keel' });
  });
});

describe('recovery kit, preferences, clients', () => {
  it('is proven by the two groups it asked for', async () => {
    const { vault: first, kit, owner } = await newOffice();
    const [one, two] = kit.prove;
    const typed = async (text: string) => ({
      groups: await first.seal('kit-groups', JSON.stringify([text, kit.groups[two]])),
    });
    await expect(first.client.office.proveRecoveryKit(await typed('ZZZZ'))).rejects.toEqual(
      withCode('SESSION_RECOVERY_NOT_PROVEN'),
    );
    await first.client.office.proveRecoveryKit(await typed(` ${kit.groups[one]?.toLowerCase()}`));
    await first.client.vaultOffice.close({});
    expect(await unlock(vault(), owner)).toMatchObject({ recoveryProven: true });
  });

  it('keeps preferences and shows them before unlock', async () => {
    const { vault: first, owner } = await newOffice();
    await first.client.office.setPreferences({ lockAfterMinutes: 12 });
    expect(await first.client.vaultOffice.inspect({ directory: place.directory })).toMatchObject({
      lockAfterMinutes: 12,
    });
    await first.client.vaultOffice.close({});
    expect(await unlock(vault(), owner)).toMatchObject({ lockAfterMinutes: 12 });
    expect(readdirSync(place.directory)).toContain('header.previous.json');
  });

  it('gives each client its own name, colour, key and audit chain', async () => {
    const { vault: first } = await newOffice();
    const one = await first.client.clients.add({ name: 'Müller & Söhne' });
    const two = await first.client.clients.add({ name: 'Alpha' });
    expect(one.colour).not.toBe(two.colour);
    expect((await first.client.clients.list({})).map((client) => client.name)).toEqual(['Alpha', 'Müller & Söhne']);
    await expect(first.client.clients.add({ name: 'MÜLLER  & söhne' })).rejects.toEqual(withCode('CLIENT_NAME_TAKEN'));
    const chain = await auditEntries(first, { clientId: one.id });
    expect(chain.map((entry) => entry.action)).toEqual(['clients.add']);
    const office = await auditEntries(first);
    expect(office.map((entry) => entry.action)).toEqual(['clients.add', 'clients.add', 'vaultOffice.create']);
  });
});

describe('verify', () => {
  it('names every part, and the one that is broken', async () => {
    const { vault: first, owner } = await newOffice();
    const client = await first.client.clients.add({ name: 'Harbour Bakery Ltd' });
    const sound = await first.client.office.verify({});
    expect(sound.ok).toBe(true);
    expect(sound.checks.map((check) => check.name)).toEqual(
      expect.arrayContaining(['header', 'office: database', 'office: audit log', 'Harbour Bakery Ltd: database']),
    );
    await first.client.vaultOffice.close({});
    const path = join(place.directory, 'clients', `${client.id}.db`);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(5 * 4096 + 9) ^ 1, 5 * 4096 + 9);
    writeFileSync(path, bytes);
    const second = vault();
    await unlock(second, owner);
    const report = await second.client.office.verify({});
    expect(report.ok).toBe(false);
    expect(report.checks.filter((check) => !check.ok).map((check) => check.name)).toContain(
      'Harbour Bakery Ltd: database',
    );
  });
});
