// The paper key: it proves itself, it lets the owner in again with nothing else, and what could be opened before is behind new keys then.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { RecoveryKit } from '../../../../shared/ipc/contract/office.ts';
import { parseRecoveryKey } from '../../../../shared/model/recovery-key.ts';
import { nodeFileSystem } from '../../../../electron/adapters/vault-files/file-system.ts';
import { fromBase64 } from '../../../../electron/core/vault/keys/key-tools.ts';
import { openRecoverySlot } from '../../../../electron/core/vault/keys/recovery-slot.ts';
import { officeServices } from '../../../builders/office-on-disk.ts';
import { createPhotographer } from '../../../faults/photographs.ts';
import {
  appCode,
  auditEntries,
  createTestVault,
  lock,
  openKit,
  openTestVault,
  signIn,
  testServices,
  WINDOW,
  type Person,
  type TestOffice,
  type TestVault,
} from '../vault-bench.ts';

const NEXT = 'walnut drifting under copper sails';
let office: TestOffice;

beforeEach(async () => {
  office = await openTestVault();
  await office.addClient('Acme');
  await office.addClient('Bolt');
});
afterEach(async () => await office.remove());

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const wrong = code('SESSION_WRONG_CREDENTIALS');

const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

interface Recovering {
  readonly vault?: TestVault;
  readonly directory?: string;
  readonly password?: string;
  readonly deviceSecret?: string | null;
}

/** Comes with the paper and adopts the session. */
async function recover(kit: Pick<RecoveryKit, 'groups'>, options: Recovering = {}) {
  const { vault = office.vault, directory = office.directory, password = NEXT, deviceSecret = null } = options;
  const { opened, kit: sealed } = await vault.client.vaultOffice.recover({
    directory,
    window: WINDOW,
    recoveryKey: await vault.seal('recovery-key', kit.groups.join(' ').toLowerCase()),
    newPassword: await vault.seal('new-password', password),
    deviceSecret,
    anchor: null,
    alerts: [],
    replyKey: await vault.replyKey(),
  });
  vault.adopt(opened);
  return { opened, kit: await openKit(vault, sealed) };
}

async function expectWhole(vault: TestVault): Promise<void> {
  expect((await vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(await vault.client.clients.list({})).toHaveLength(2);
}

/** The recovery identity that a kit opens in the header as it lies there; null where it opens none. */
function identityBy(kit: RecoveryKit, directory = office.directory): string | null {
  const { header } = office.vault.services.headers.read(directory);
  return openRecoverySlot(header.office.id, header.recovery, parseRecoveryKey(kit.groups.join('')));
}

describe('recovery', () => {
  it('lets the owner in on another computer, without factors, behind new keys and with a new paper', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    const olga = await office.hire('Olga Owner', 'owner');
    await office.enrolApp();
    const before = office.vault.services.headers.read(office.directory).header;
    await lock(office.vault);
    const oldIdentity = identityBy(office.kit) ?? expect.fail('a kit that opens nothing');
    const elsewhere = join(office.root, 'elsewhere');
    cpSync(office.directory, elsewhere, { recursive: true, filter: (path) => !path.endsWith('.sock') });
    const vault = createTestVault(testServices({ clock: office.time.clock }));
    const { opened, kit } = await recover(office.kit, { vault, directory: elsewhere });
    expect(opened).toMatchObject({
      user: { id: office.owner.id, role: 'owner', factors: { code: false, device: false } },
    });
    expect(opened.recoveryProven).toBe(false);
    expect(kit.groups).not.toEqual(office.kit.groups);
    await expectWhole(vault);
    const state = await vault.client.security.state({});
    expect(state.officeKey.generation).toBe(2);
    expect(state.clientKeys.map(({ key }) => key.generation)).toEqual([2, 2]);
    const [entry] = (await auditEntries(vault, { action: 'vaultOffice.recover' })).slice(-1);
    expect(entry).toMatchObject({ user: 'Ada Keel', outcome: 'done', subject: before.office.id });
    const path = join(office.root, 'kit.pdf');
    await vault.client.office.saveRecoveryKit({ path });
    expect(statSync(path).size).toBeGreaterThan(1000);
    await lock(vault);
    const { header } = vault.services.headers.read(elsewhere);
    for (const sealed of [header.officeKey, header.recovery.forOwner])
      await expect(vault.services.sealer.open(fromBase64(sealed), oldIdentity)).rejects.toEqual(
        code('VAULT_HEADER_TAMPERED'),
      );
    await expect(recover(office.kit, { vault, directory: elsewhere })).rejects.toEqual(wrong);
    await expect(signIn(vault, { directory: elsewhere, person: office.owner })).rejects.toEqual(wrong);
    const owner: Person = { id: office.owner.id, password: NEXT, deviceSecret: null };
    for (const person of [rita, olga, owner]) {
      await signIn(vault, { directory: elsewhere, person });
      expect(await vault.client.clients.list({})).toHaveLength(2);
      await lock(vault);
    }
    await recover(kit, { vault, directory: elsewhere, password: 'eleven quiet gardens beyond umber' });
    await vault.client.users.remove({ userId: rita.id });
    await expectWhole(vault);
    await lock(vault);
    expect(vault.failures).toEqual([]);
  });

  it('needs the right paper, a folder, and a password that stands alone; then nothing was changed', async () => {
    await lock(office.vault);
    const header = readFileSync(join(office.directory, 'header.json'));
    const [first = '', ...rest] = office.kit.groups;
    const mistyped = { groups: [first.startsWith('0') ? `1${first.slice(1)}` : `0${first.slice(1)}`, ...rest] };
    await expect(recover(mistyped)).rejects.toEqual(wrong);
    await expect(recover({ groups: ['ABCD'] })).rejects.toEqual(wrong);
    await expect(recover(office.kit, { password: 'quartz7lamp!' })).rejects.toEqual(code('SESSION_PASSWORD_TOO_SHORT'));
    await expect(recover(office.kit, { password: 'adakeel walks along the quay' })).rejects.toEqual(
      code('SESSION_PASSWORD_GUESSABLE'),
    );
    await expect(recover(office.kit, { directory: join(office.root, 'nothing') })).rejects.toEqual(
      code('OFFICE_NOT_FOUND'),
    );
    expect(readFileSync(join(office.directory, 'header.json')).equals(header)).toBe(true);
    await office.signIn(office.owner);
    await expectWhole(office.vault);
  });

  it('is not for an office that is open elsewhere', async () => {
    await expect(recover(office.kit, { vault: createTestVault() })).rejects.toEqual(code('OFFICE_IN_USE'));
  });

  it('tells of failed tries before it', async () => {
    await lock(office.vault);
    const { vault, directory, owner } = office;
    const at = '2026-01-31T07:00:00.000Z';
    await vault.client.vaultOffice
      .recover({
        directory,
        window: WINDOW,
        recoveryKey: await vault.seal('recovery-key', office.kit.groups.join('')),
        newPassword: await vault.seal('new-password', NEXT),
        deviceSecret: null,
        anchor: null,
        alerts: [{ userId: owner.id, userName: 'Ada Keel', tries: 10, firstAt: at, lastAt: at, lockedOut: true }],
        replyKey: await vault.replyKey(),
      })
      .then(({ opened }) => vault.adopt(opened));
    const [entry] = await auditEntries(vault, { action: 'office.failedSignIns' });
    expect(entry).toMatchObject({ subject: owner.id, outcome: 'denied', payload: { tries: 10, lockedOut: true } });
  });
});

describe('a new kit', () => {
  const renew = async (vault: TestVault) =>
    await openKit(vault, (await vault.client.office.renewRecoveryKit({ replyKey: await vault.replyKey() })).kit);

  it('opens what the old one opened, which opens nothing any more, backups made from now on included', async () => {
    const kit = await renew(office.vault);
    const { header } = office.vault.services.headers.read(office.directory);
    const identity = identityBy(kit) ?? expect.fail('a kit that opens nothing');
    expect(await office.vault.services.sealer.open(fromBase64(header.officeKey), identity)).toHaveLength(32);
    expect(identityBy(office.kit)).toBeNull();
    const path = join(office.root, 'b.age');
    await office.vault.client.backups.create({ path, passphrase: null });
    const verify = async ({ groups }: RecoveryKit) => {
      const recoveryKey = await office.vault.seal('recovery-key', groups.join('-'));
      return await office.vault.client.vaultOffice.verifyBackup({ path, key: { kind: 'recovery', recoveryKey } });
    };
    expect(await verify(kit)).toMatchObject({ ok: true });
    await expect(verify(office.kit)).rejects.toEqual(code('BACKUP_NO_MATCHING_KEY'));
    await lock(office.vault);
    await expect(recover(office.kit)).rejects.toEqual(wrong);
    await recover(kit);
    await expectWhole(office.vault);
  });

  it('waits for its own proof and is at hand until the lock, not longer', async () => {
    const prove = async ({ groups, prove: asked }: RecoveryKit) =>
      office.vault.client.office.proveRecoveryKit({
        groups: await office.vault.seal('kit-groups', JSON.stringify(asked.map((at) => groups[at]))),
      });
    await prove(office.kit);
    expect((await office.vault.client.security.state({})).recoveryProvenAt).not.toBeNull();
    const kit = await renew(office.vault);
    const state = await office.vault.client.security.state({});
    expect(state).toMatchObject({ recoveryProvenAt: null, recoveryAsks: kit.prove });
    await expect(prove({ ...office.kit, prove: kit.prove })).rejects.toEqual(code('SESSION_RECOVERY_NOT_PROVEN'));
    await prove(kit);
    await prove(kit);
    expect(await office.vault.client.security.state({})).toMatchObject({ recoveryAsks: null });
    const path = join(office.root, 'kit.pdf');
    await expect(
      office.vault.client.office.saveRecoveryKit({ path: join(office.directory, 'kit.pdf') }),
    ).rejects.toEqual(code('BACKUP_DESTINATION_INSIDE_OFFICE'));
    await office.vault.client.office.saveRecoveryKit({ path });
    await office.signIn(office.owner);
    await expect(office.vault.client.office.saveRecoveryKit({ path: `${path}.pdf` })).rejects.toEqual(
      code('SESSION_KIT_GONE'),
    );
    expect(existsSync(`${path}.pdf`)).toBe(false);
  });

  it('after a kill at any step one of the two papers opens everything, and the office opens by password', async () => {
    await lock(office.vault);
    const album = join(office.root, 'album');
    mkdirSync(album);
    const photographer = createPhotographer(office.directory, album);
    const files = photographer.watch(nodeFileSystem, ['write', 'sync', 'rename', 'syncDirectory']);
    const watched = officeServices(files);
    await office.restart({
      ...watched,
      sealer: photographer.watch(watched.sealer, ['seal']),
      clock: office.time.clock,
    });
    await office.signIn(office.owner);
    const made: { kit: RecoveryKit | null } = { kit: null };
    await photographer.during(async () => {
      made.kit = await renew(office.vault);
    });
    const next = made.kit ?? expect.fail('no kit');
    expect(photographer.photographs.length).toBeGreaterThan(8);
    const opened = { old: 0, next: 0 };
    const seen = new Set<string>();
    for (const { directory, moment } of photographer.photographs) {
      // Between two photographs that look alike nothing happened.
      const look = ['header.json', 'office.db', 'office.db-wal'].map((name) => digestOf(join(directory, name))).join();
      if (seen.has(look)) continue;
      seen.add(look);
      const [byOld, byNext] = [identityBy(office.kit, directory), identityBy(next, directory)];
      expect(byOld !== null || byNext !== null, moment).toBe(true);
      if (byNext) opened.next += 1;
      else opened.old += 1;
      const vault = createTestVault(testServices({ clock: office.time.clock }));
      await signIn(vault, { directory, person: office.owner });
      await expectWhole(vault);
      await lock(vault);
      await recover(byNext ? next : office.kit, { vault, directory });
      await expectWhole(vault);
      await lock(vault);
      expect(vault.failures, moment).toEqual([]);
    }
    expect(opened.old).toBeGreaterThan(0);
    expect(opened.next).toBeGreaterThan(0);
  }, 60_000);
});

describe('recovery with an app enrolled', () => {
  it('forgets the app: its codes are asked for no more', async () => {
    const { secret } = await office.enrolApp();
    await lock(office.vault);
    await recover(office.kit);
    const owner: Person = { ...office.owner, password: NEXT, deviceSecret: null };
    await office.signIn(owner, { code: appCode(secret, office.time.clock.now() + 30_000) });
    await office.signIn(owner);
    expect(await office.vault.client.vaultOffice.factorState({})).toMatchObject({ code: null });
  });
});

describe('recovery after a crash', () => {
  it('finishes keys that were planned for clients, also for who comes back', async () => {
    const services = testServices();
    const rewriteClient: typeof services.databases.rewriteClient = () => {
      throw new AppError('VAULT_DISK_FULL');
    };
    await office.restart({ databases: { ...services.databases, rewriteClient } });
    await office.signIn(office.owner);
    await expect(office.vault.client.security.rotate({ what: { kind: 'all' }, reason: 'routine' })).rejects.toEqual(
      expect.objectContaining({ code: 'VAULT_KEYS_UNFINISHED', params: { cause: 'VAULT_DISK_FULL' } }),
    );
    await office.restart();
    await recover(office.kit);
    await expectWhole(office.vault);
    const { clientKeys } = await office.vault.client.security.state({});
    // One generation for the plan that was finished, one for the recovery.
    expect(clientKeys.map(({ key }) => key.generation)).toEqual([3, 3]);
  });
});
