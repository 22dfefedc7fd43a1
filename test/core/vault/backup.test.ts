// Backups: written, verified, restored; damaged ones leave nothing behind.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import { ConnectionId, newId } from '../../../shared/model/ids.ts';
import type { BackupKey } from '../../../shared/ipc/contract/backups.ts';
import {
  createTestVault,
  lock,
  testServices,
  DEVICE_SECRET,
  openKit,
  openNewOffice,
  PASSWORD,
  signIn,
  temporaryPlace,
  WINDOW,
  type TestVault,
} from './vault-bench.ts';

const PASSPHRASE = 'a passphrase for the bank box';
const NEW_PASSWORD = 'nine amber lanterns drift past noon';
const NO_FILTER = { userId: null, action: null, outcome: null, from: null, until: null };
let place = temporaryPlace();
let backup = '';
const open: TestVault[] = [];

beforeEach(() => {
  place = temporaryPlace();
  backup = join(place.root, 'backup.age');
});
afterEach(async () => {
  for (const vault of open.splice(0)) {
    await vault.client.vaultOffice.close({});
    expect(vault.failures).toEqual([]);
  }
  place.remove();
});

function newVault(): TestVault {
  const vault = createTestVault();
  open.push(vault);
  return vault;
}

/** A key as a person types it. */
type TypedKey =
  | { readonly kind: 'recovery'; readonly recoveryKey: string }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

async function sealKey(vault: TestVault, key: TypedKey): Promise<BackupKey> {
  return key.kind === 'recovery'
    ? { kind: 'recovery', recoveryKey: await vault.seal('recovery-key', key.recoveryKey) }
    : { kind: 'passphrase', passphrase: await vault.seal('passphrase', key.passphrase) };
}

/** Locks the office, so that its clients have remembered digests, and says who may sign in again. */
async function lockedOwner(vault: TestVault) {
  const [owner] = await vault.client.users.list({});
  if (!owner) throw new TypeError('an office without an owner');
  await vault.client.vaultOffice.close({});
  return { id: owner.id, password: PASSWORD, deviceSecret: DEVICE_SECRET };
}

/** Verifies with a key that was typed, in a program that has nothing open. */
async function verify(key: TypedKey, path = backup) {
  const vault = newVault();
  return await vault.client.vaultOffice.verifyBackup({ path, key: await sealKey(vault, key) });
}

async function officeWithBackup(passphrase: string | null = null) {
  const office = await openNewOffice(place.directory, newVault());
  const client = await office.vault.client.clients.add({ name: 'Harbour Bakery Ltd' });
  const sealed = passphrase === null ? null : await office.vault.seal('passphrase', passphrase);
  const record = await office.vault.client.backups.create({ path: backup, passphrase: sealed });
  const recovery = { kind: 'recovery', recoveryKey: office.kit.groups.join('-').toLowerCase() } as const;
  return { ...office, client, record, recovery };
}

const restored = (): string => join(place.root, 'restored');

async function restoreInput(vault: TestVault, key: TypedKey, password = NEW_PASSWORD) {
  return {
    directory: restored(),
    window: WINDOW,
    path: backup,
    key: await sealKey(vault, key),
    newPassword: await vault.seal('new-password', password),
    deviceSecret: null,
    replyKey: await vault.replyKey(),
  };
}

async function restore(vault: TestVault, key: TypedKey, path = backup) {
  const result = await vault.client.vaultOffice.restore({ ...(await restoreInput(vault, key)), path });
  vault.adopt(result.opened);
  return { ...result, kit: result.kit && (await openKit(vault, result.kit)) };
}

describe('create and verify', () => {
  it('records what was written and verifies it three ways', async () => {
    const { vault, record, recovery, client, input } = await officeWithBackup(PASSPHRASE);
    expect(record).toMatchObject({
      path: backup,
      bytes: statSync(backup).size,
      clients: 1,
      passphrase: true,
      verifiedAt: null,
    });
    const byPaper = await verify(recovery);
    expect(byPaper).toMatchObject({
      ok: true,
      officeId: input.officeId,
      officeName: input.name,
      clients: 1,
      transactions: 0,
    });
    expect(byPaper.files.map((file) => file.name).sort()).toEqual([
      `clients/${client.id}.db`,
      'keys.json',
      'office.db',
    ]);
    const key = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
    expect(await verify(key)).toEqual(byPaper);
    expect(await vault.client.backups.verifyOwn({ path: backup })).toEqual(byPaper);
    expect((await vault.client.backups.list({}))[0]?.verifiedAt).not.toBeNull();
    expect(readdirSync(place.root).sort()).toEqual(['backup.age', 'backup.age.identity.age', 'office']);
  });

  it('never writes over a file, and leaves nothing when it can’t write', async () => {
    const { vault } = await officeWithBackup();
    const before = readFileSync(backup);
    await expect(vault.client.backups.create({ path: backup, passphrase: null })).rejects.toMatchObject({
      code: 'BACKUP_DESTINATION_EXISTS',
    });
    expect(readFileSync(backup).equals(before)).toBe(true);
    await expect(
      vault.client.backups.create({ path: join(place.root, 'no', 'such', 'folder.age'), passphrase: null }),
    ).rejects.toMatchObject({ code: 'BACKUP_FOLDER_NOT_FOUND' });
    expect(await vault.client.backups.list({})).toHaveLength(1);
    expect(readdirSync(place.root).sort()).toEqual(['backup.age', 'office']);
  });

  it('says what is wrong with a path that was chosen', async () => {
    const { vault, recovery } = await officeWithBackup();
    const create = (path: string) => vault.client.backups.create({ path, passphrase: null });
    await expect(create(join(backup, 'b.age'))).rejects.toMatchObject({ code: 'BACKUP_FOLDER_NOT_FOUND' });
    const inside = { code: 'BACKUP_DESTINATION_INSIDE_OFFICE' };
    const link = join(place.root, 'link');
    symlinkSync(join(place.directory, 'clients'), link);
    for (const folder of [place.directory, join(place.directory, 'clients'), link])
      await expect(create(join(folder, 'b.age'))).rejects.toMatchObject(inside);
    expect(readdirSync(join(place.directory, 'clients')).filter((name) => name.includes('age'))).toEqual([]);
    const passphrase = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
    for (const path of [join(place.root, 'missing.age'), place.root, join(backup, 'below.age')])
      for (const key of [recovery, passphrase]) {
        const unreadable = { code: 'BACKUP_FILE_UNREADABLE' };
        await expect(verify(key, path)).rejects.toMatchObject(unreadable);
        await expect(restore(newVault(), key, path)).rejects.toMatchObject(unreadable);
      }
    await expect(vault.client.backups.verifyOwn({ path: place.root })).rejects.toMatchObject({
      code: 'BACKUP_FILE_UNREADABLE',
    });
    writeFileSync(restored(), 'a file');
    await expect(restore(newVault(), recovery)).rejects.toMatchObject({ code: 'BACKUP_TARGET_NOT_EMPTY' });
    expect(readFileSync(restored(), 'utf8')).toBe('a file');
  });

  it('lets work go on: what is written meanwhile is not in the backup and not lost', async () => {
    const { vault, recovery } = await officeWithBackup();
    const second = join(place.root, 'second.age');
    const writing = vault.client.backups.create({ path: second, passphrase: null });
    await vault.client.clients.add({ name: 'Quay Motors' });
    expect(await writing).toMatchObject({ clients: 1 });
    expect(await vault.client.clients.list({})).toHaveLength(2);
    expect(await verify(recovery, second)).toMatchObject({
      ok: true,
      clients: 1,
    });
    expect((await vault.client.office.verify({})).ok).toBe(true);
  });

  it('writes two that were asked for at once, one after the other', async () => {
    const { vault } = await officeWithBackup();
    const create = (name: string) => vault.client.backups.create({ path: join(place.root, name), passphrase: null });
    const outcomes = await Promise.allSettled([create('one.age'), create('backup.age'), create('two.age')]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await vault.client.backups.list({})).map((record) => basename(record.path))).toEqual([
      'two.age',
      'one.age',
      'backup.age',
    ]);
  });

  it('refuses wrong keys', async () => {
    const { recovery } = await officeWithBackup(PASSPHRASE);
    const noMatch = { code: 'BACKUP_NO_MATCHING_KEY' };
    const other = (await openNewOffice(join(place.root, 'other'), newVault())).kit.groups.join('');
    for (const recoveryKey of [other, 'ABCD', '', `${recovery.recoveryKey}0`])
      await expect(verify({ kind: 'recovery', recoveryKey })).rejects.toMatchObject(noMatch);
    await expect(verify({ kind: 'passphrase', passphrase: `${PASSPHRASE} ` })).rejects.toMatchObject(noMatch);
  });
});

describe('who may write one', () => {
  it('refuses a passphrase of fewer than 15 characters', async () => {
    const { vault } = await openNewOffice(place.directory, newVault());
    const passphrase = await vault.seal('passphrase', 'fourteen chars');
    await expect(vault.client.backups.create({ path: backup, passphrase })).rejects.toMatchObject({
      code: 'BACKUP_PASSPHRASE_SHORT',
    });
    expect(existsSync(backup)).toBe(false);
  });
});

describe('a restored office that cannot be handed over', () => {
  it('is closed again: nobody is in, its lock is free, and it opens with the new password', async () => {
    const { vault } = await officeWithBackup(PASSPHRASE);
    await lock(vault);
    const { sealedTexts, ...services } = testServices();
    const seal: typeof sealedTexts.seal = (to, purpose, text) =>
      purpose === 'recovery-kit'
        ? Promise.reject(new AppError('SESSION_SECRET_STALE'))
        : sealedTexts.seal(to, purpose, text);
    const failing = createTestVault({ ...services, sealedTexts: { ...sealedTexts, seal } });
    const key = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
    await expect(restore(failing, key)).rejects.toMatchObject({ code: 'SESSION_SECRET_STALE' });
    expect(await failing.client.vaultOffice.close({})).toEqual({ anchor: null });
    const next = newVault();
    const { problem, users } = await next.client.vaultOffice.inspect({ directory: restored() });
    expect(problem).toBeNull();
    const [user] = users.map(({ id }) => id);
    const person = { id: user ?? expect.fail('nobody'), password: NEW_PASSWORD, deviceSecret: null };
    await signIn(next, { directory: restored(), person });
    expect((await next.client.office.verify({})).ok).toBe(true);
    await lock(next);
  });
});

describe('restore', () => {
  it('brings everything back with the paper key, which stays valid', async () => {
    const { vault, recovery, client, opened } = await officeWithBackup();
    await vault.client.vaultOffice.close({});
    mkdirSync(restored());
    const second = newVault();
    const result = await restore(second, recovery);
    expect(result).toMatchObject({ kit: null, connectionsToReauthorise: 0, contents: { ok: true } });
    expect(result.opened).toMatchObject({
      office: { id: opened.office.id, protection: 'password-only' },
      user: opened.user,
    });
    expect(await second.client.clients.list({})).toEqual([client]);
    expect((await second.client.office.verify({})).ok).toBe(true);
    const { entries } = await second.client.audit.list({ clientId: null, filter: NO_FILTER, offset: 0, limit: 1 });
    expect(entries[0]).toMatchObject({ action: 'vaultOffice.restore' });
    const again = join(place.root, 'again.age');
    await second.client.backups.create({ path: again, passphrase: null });
    expect(await verify(recovery, again)).toMatchObject({
      ok: true,
    });
    await second.client.vaultOffice.close({});
    const third = newVault();
    const unlock = (password: string, deviceSecret: string | null) =>
      signIn(third, { directory: restored(), person: { id: opened.user.id, password, deviceSecret } });
    await expect(unlock(PASSWORD, DEVICE_SECRET)).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
    await unlock(NEW_PASSWORD, null);
  });

  it('brings back an office whose keys were replaced in the same session', async () => {
    const { vault, kit } = await officeWithBackup();
    await signIn(vault, { directory: place.directory, person: await lockedOwner(vault) });
    await vault.client.security.rotate({ what: { kind: 'all' }, reason: 'routine' });
    const after = join(place.root, 'after.age');
    await vault.client.backups.create({ path: after, passphrase: null });
    const second = newVault();
    await restore(second, { kind: 'recovery', recoveryKey: kit.groups.join('') }, after);
    expect(await second.client.office.verify({})).toMatchObject({ ok: true });
  });

  it('marks every connection as needing its sign-in, because credentials are in no backup', async () => {
    const { vault, kit } = await openNewOffice(place.directory, newVault());
    const connectionId = newId(ConnectionId, 'connection', new Uint8Array(10));
    await vault.client.vaultConnections.create({
      connectionId,
      details: {
        type: 'uk-open-banking',
        institution: 'Northgate Bank',
        issuer: 'https://bank.example',
        resourceBase: 'https://bank.example/open-banking/v4.0/aisp',
        clientId: 'office-1',
        authorityPem: null,
        practice: false,
      },
      pins: [`${'A'.repeat(43)}=`, `${'B'.repeat(43)}=`],
      startDate: parseCalendarDate('2025-01-01'),
      permissions: ['ReadAccountsDetail'],
    });
    await vault.client.backups.create({ path: backup, passphrase: null });
    const second = newVault();
    const result = await restore(second, { kind: 'recovery', recoveryKey: kit.groups.join('') });
    expect(result.connectionsToReauthorise).toBe(1);
    const view = await second.client.vaultConnections.get({ connectionId });
    expect(view.health).toMatchObject({
      state: 'needs-you',
      cause: 'CONNECTION_CREDENTIALS_MISSING',
      whoseMove: 'you',
    });
  });

  it('makes a new recovery kit when a passphrase opened it', async () => {
    const { vault, kit, client } = await officeWithBackup(PASSPHRASE);
    await vault.client.vaultOffice.close({});
    const second = newVault();
    const result = await restore(second, { kind: 'passphrase', passphrase: PASSPHRASE });
    expect(result.kit?.groups).toHaveLength(8);
    expect(result.kit?.groups).not.toEqual(kit.groups);
    expect(result.opened.recoveryProven).toBe(false);
    expect(await second.client.clients.list({})).toEqual([client]);
    const again = join(place.root, 'again.age');
    await second.client.backups.create({ path: again, passphrase: null });
    const verifyWith = (groups: readonly string[]) =>
      verify({ kind: 'recovery', recoveryKey: groups.join(' ') }, again);
    await expect(verifyWith(kit.groups)).rejects.toMatchObject({ code: 'BACKUP_NO_MATCHING_KEY' });
    expect(await verifyWith(result.kit?.groups ?? [])).toMatchObject({ ok: true });
  });

  it('refuses a folder that holds something, and an unacceptable password, and leaves nothing', async () => {
    const { recovery } = await officeWithBackup();
    mkdirSync(restored());
    writeFileSync(join(restored(), 'letter.txt'), 'dear');
    await expect(restore(newVault(), recovery)).rejects.toMatchObject({ code: 'BACKUP_TARGET_NOT_EMPTY' });
    const elsewhere = join(place.root, 'elsewhere');
    const vault = newVault();
    const weak = { ...(await restoreInput(vault, recovery, 'short')), directory: elsewhere };
    await expect(vault.client.vaultOffice.restore(weak)).rejects.toMatchObject({
      code: 'SESSION_PASSWORD_TOO_SHORT',
    });
    expect(readdirSync(place.root).sort()).toEqual(['backup.age', 'office', 'restored']);
  });

  it('refuses a cut or flipped backup with a code of its own and leaves nothing', async () => {
    const { recovery } = await officeWithBackup();
    const whole = readFileSync(backup);
    const header = whole.indexOf('\n--- ');
    const damagedPath = join(place.root, 'damaged.age');
    const attempt = async (bytes: Uint8Array): Promise<void> => {
      writeFileSync(damagedPath, bytes);
      await expect(restore(newVault(), recovery, damagedPath)).rejects.toMatchObject({
        code: expect.stringMatching(/^BACKUP_(?:FILE_INVALID|INCOMPLETE|NO_MATCHING_KEY)$/),
      });
      expect(existsSync(restored())).toBe(false);
    };
    const chunk = 64 * 1024 + 16;
    const payload = header + 5 + 43 + 1 + 16;
    const cuts = [0, 1, 10, header, header + 20, payload, payload + 1, whole.length - 1, whole.length - 600];
    for (let end = payload + chunk; end < whole.length; end += chunk) cuts.push(end - 1, end, end + 1);
    for (const cut of cuts) await attempt(whole.subarray(0, cut));
    await attempt(Buffer.concat([whole, Buffer.from('x')]));
    for (let at = 0; at < whole.length; at += at < payload ? 37 : 40_009) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1;
      await attempt(flipped);
    }
    expect(readdirSync(place.root).sort()).toEqual(['backup.age', 'damaged.age', 'office']);
  });
});
