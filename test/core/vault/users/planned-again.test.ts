// A change of people while a client's file has its next key already, and the record doesn't know: on a full disk it is refused, on a damaged
// file the key is kept. The file always opens as far as it did.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientDatabaseName } from '../../../../electron/adapters/sqlite/office-databases.ts';
import { nodeFileSystem } from '../../../../electron/adapters/vault-files/file-system.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import { officeServices } from '../../../builders/office-on-disk.ts';
import {
  createTestVault,
  DEVICE_SECRET,
  lock,
  openTestVault,
  signIn,
  WINDOW,
  type Person,
  type TestOffice,
  type TestVault,
} from '../vault-bench.ts';

let office: TestOffice;
let rita: Person;
let acme: ClientId;
let trouble: 'none' | 'full' | 'killed' = 'none';
let killed: { readonly directory: string; readonly person: Person };

const services = () =>
  officeServices({
    ...nodeFileSystem,
    sync: (path) => {
      if (trouble === 'full' && path.endsWith('.next')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      nodeFileSystem.sync(path);
    },
    syncDirectory: (path) => {
      nodeFileSystem.syncDirectory(path);
      if (trouble === 'killed' && path.endsWith('clients'))
        cpSync(office.directory, killed.directory, { recursive: true });
    },
  });

/** The office of a process that was killed between a client's new file and its record. */
beforeEach(async () => {
  trouble = 'none';
  office = await openTestVault(services());
  acme = (await office.addClient('Acme')).id;
  rita = await office.hire('Rita Quill', 'accountant');
  killed = { directory: join(office.root, 'killed'), person: office.owner };
  trouble = 'killed';
  await office.vault.client.security.rotate({ what: { kind: 'client', clientId: acme }, reason: 'routine' });
  trouble = 'none';
});
afterEach(async () => {
  trouble = 'none';
  await office.remove();
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

type Change = (vault: TestVault) => Promise<unknown>;
const changes: readonly (readonly [string, Change])[] = [
  ['remove', (vault) => vault.client.users.remove({ userId: rita.id })],
  ['setAccess', (vault) => vault.client.users.setAccess({ userId: rita.id, access: { kind: 'some', clientIds: [] } })],
  [
    'reset after a leak',
    async (vault) =>
      vault.client.users.reset({ userId: rita.id, reason: 'compromised', replyKey: await vault.replyKey() }),
  ],
];

/** What the client holds can be read. */
async function expectOpens(vault: TestVault): Promise<void> {
  expect(await vault.client.accounts.list({ clientId: acme })).toEqual([]);
  expect((await vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(vault.failures).toEqual([]);
}

describe.each(changes)('%s over a key that the file has already', (_name, change) => {
  it('is refused on a full disk before anything changes, and the client opens', async () => {
    trouble = 'full';
    const vault = createTestVault(services());
    expect((await signIn(vault, killed)).warnings).toContain('rotation-unfinished');
    const before = await vault.client.users.list({});
    await expect(change(vault)).rejects.toEqual(code('VAULT_DISK_FULL'));
    expect(await vault.client.users.list({})).toEqual(before);
    await lock(vault);
    trouble = 'none';
    expect((await signIn(vault, killed)).warnings).not.toContain('rotation-unfinished');
    await expectOpens(vault);
    await change(vault);
    await expectOpens(vault);
    await lock(vault);
  });

  it('keeps that key where the file is damaged: nothing else opens what is left of it', async () => {
    const path = join(killed.directory, clientDatabaseName(acme));
    const whole = readFileSync(path);
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(damaged.length - 2000) ^ 1, damaged.length - 2000);
    writeFileSync(path, damaged);
    const vault = createTestVault(services());
    expect((await signIn(vault, killed)).warnings).toContain('rotation-unfinished');
    await change(vault);
    await lock(vault);
    expect(readFileSync(path).equals(damaged)).toBe(true);
    writeFileSync(path, whole);
    expect((await signIn(vault, killed)).warnings).not.toContain('rotation-unfinished');
    await expectOpens(vault);
    await lock(vault);
  });
});

describe('recovery over a key that the file has already', () => {
  it('on a full disk keeps that key, and the client opens', async () => {
    trouble = 'full';
    const vault = createTestVault(services());
    const newPassword = 'nine amber bicycles drift past noon';
    const { opened } = await vault.client.vaultOffice.recover({
      directory: killed.directory,
      window: WINDOW,
      recoveryKey: await vault.seal('recovery-key', office.kit.groups.join('-')),
      newPassword: await vault.seal('new-password', newPassword),
      deviceSecret: DEVICE_SECRET,
      anchor: null,
      alerts: [],
      replyKey: await vault.replyKey(),
    });
    vault.adopt(opened);
    expect(opened.warnings).toContain('rotation-unfinished');
    await lock(vault);
    trouble = 'none';
    const person = { ...killed.person, password: newPassword };
    expect((await signIn(vault, { ...killed, person })).warnings).not.toContain('rotation-unfinished');
    await expectOpens(vault);
    await lock(vault);
  });
});

describe('reset after a leak on a full disk', () => {
  it('hands out the code, which is good, and says what is due', async () => {
    trouble = 'full';
    const { client, open, replyKey } = office.vault;
    const reset = await client.users.reset({ userId: rita.id, reason: 'compromised', replyKey: await replyKey() });
    expect(reset.user.state).toBe('invited');
    expect((await client.vaultOffice.due({})).rotation).toBe(true);
    trouble = 'none';
    await office.accept({ userId: rita.id, code: await open('invitation-code', reset.code) });
    await office.signIn(office.owner);
    expect((await office.vault.client.vaultOffice.due({})).rotation).toBe(false);
  });
});
