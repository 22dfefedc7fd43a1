// The paper key where something is wrong besides: a damaged client, a full disk, an older folder. The owner comes in, and is told.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import {
  auditEntries,
  createInput,
  DEVICE_SECRET,
  lock,
  openKit,
  openTestVault,
  signIn,
  temporaryPlace,
  createTestVault,
  testServices,
  WINDOW,
  type TestOffice,
} from '../vault-bench.ts';

const NEXT = 'walnut drifting under copper sails';
let office: TestOffice;

beforeEach(async () => {
  office = await openTestVault();
});
afterEach(async () => await office.remove());

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const at = (name: string): string => join(office.directory, name);

async function recover(kit: { readonly groups: readonly string[] }, anchor: string | null = null) {
  const { vault, directory } = office;
  const { opened, kit: sealed } = await vault.client.vaultOffice.recover({
    directory,
    window: WINDOW,
    recoveryKey: await vault.seal('recovery-key', kit.groups.join('-')),
    newPassword: await vault.seal('new-password', NEXT),
    deviceSecret: DEVICE_SECRET,
    anchor,
    alerts: [],
    replyKey: await vault.replyKey(),
  });
  vault.adopt(opened);
  return { opened, kit: await openKit(vault, sealed) };
}

const generations = async () => {
  const { officeKey, clientKeys } = await office.vault.client.security.state({});
  return [officeKey.generation, ...clientKeys.map(({ key }) => key.generation)];
};

describe('recovery', () => {
  it('goes past a damaged client: everything else gets new keys, and she is told', async () => {
    const { id } = await office.addClient('Acme');
    await office.addClient('Bolt');
    await lock(office.vault);
    const path = at(`clients/${id}.db`);
    const bytes = readFileSync(path);
    for (const place of [100, 5000]) bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    writeFileSync(path, bytes);
    const { opened, kit } = await recover(office.kit);
    expect(opened.warnings).toContain('rotation-unfinished');
    const [officeKey, ...clients] = await generations();
    expect(officeKey).toBe(2);
    expect(clients[1]).toBe(2);
    await lock(office.vault);
    await expect(recover(office.kit)).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
    await recover(kit);
  });

  it('hands out the new paper also where the disk is too full for new keys', async () => {
    const { databases } = testServices();
    await office.addClient('Acme');
    const rewriteClient = (): never => {
      throw new AppError('VAULT_DISK_FULL');
    };
    await office.restart({ databases: { ...databases, rewriteClient } });
    const { opened, kit } = await recover(office.kit);
    expect(opened.warnings).toContain('rotation-unfinished');
    expect(await generations()).toEqual([2, 1]);
    await office.restart();
    await signIn(office.vault, { ...office, person: { ...office.owner, password: NEXT } });
    expect(await generations()).toEqual([2, 2]);
    await lock(office.vault);
    expect((await recover(kit)).opened.warnings).not.toContain('rotation-unfinished');
  });

  it('that fails after the office was opened leaves nobody in', async () => {
    const services = testServices();
    let broken = false;
    const seal: typeof services.sealedTexts.seal = async (...given) => {
      if (broken) throw new AppError('SESSION_SECRET_STALE');
      return await services.sealedTexts.seal(...given);
    };
    await office.restart({ sealedTexts: { ...services.sealedTexts, seal } });
    broken = true;
    // What was typed is sealed by the window, not by the process.
    await expect(recover(office.kit)).rejects.toEqual(code('SESSION_SECRET_STALE'));
    broken = false;
    const elsewhere = createTestVault(testServices({ clock: office.time.clock }));
    await signIn(elsewhere, { ...office, person: { ...office.owner, password: NEXT } });
    await lock(elsewhere);
  });

  it('on a folder older than remembered says so, to her and in the log', async () => {
    await lock(office.vault);
    const older = ['header.json', 'office.db'].map((name) => [name, readFileSync(at(name))] as const);
    await office.signIn(office.owner);
    await office.vault.client.office.setPreferences({ lockAfterMinutes: 9 });
    const anchor = await lock(office.vault);
    for (const [name, bytes] of older) writeFileSync(at(name), bytes);
    const { opened } = await recover(office.kit, anchor);
    expect(opened.warnings).toContain('older-state-accepted');
    const entries = await auditEntries(office.vault, { action: 'vaultOffice.recover' });
    expect(entries.map(({ payload }) => payload)).toContainEqual({ olderState: ['header.json', 'office.db'] });
  });

  it('on the folder as it was left warns of nothing', async () => {
    const { opened } = await recover(office.kit, await lock(office.vault));
    expect(opened.warnings).toEqual([]);
  });
});

it('a new office that cannot hand out its paper leaves nobody in', async () => {
  const services = testServices();
  const seal = (): Promise<never> => Promise.reject(new AppError('SESSION_SECRET_STALE'));
  const place = temporaryPlace();
  const vault = createTestVault({ ...services, sealedTexts: { ...services.sealedTexts, seal } });
  await expect(vault.client.vaultOffice.create(await createInput(vault, place.directory))).rejects.toEqual(
    code('SESSION_SECRET_STALE'),
  );
  expect(await lock(vault)).toBeNull();
  services.databases.lock(place.directory).release();
  place.remove();
});
