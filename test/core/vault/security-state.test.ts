// What protects the office, as measured: every fact follows the thing it speaks of.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditEntries, lock, openTestVault, signIn, type TestOffice } from './vault-bench.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openTestVault();
});
afterEach(async () => await office.remove());

const state = () => office.vault.client.security.state({});

describe('security.state', () => {
  it('speaks of a new office', async () => {
    const { vault, kit, time } = office;
    const now = new Date(time.clock.now()).toISOString();
    const seen = await state();
    expect(seen).toEqual({
      protection: 'keychain',
      keyDerivation: { memoryMiB: 0, passes: 1, lanes: 1 },
      factors: { code: false, device: false },
      users: { total: 1, withSecondFactor: 0, invited: 0 },
      recoveryProvenAt: null,
      recoverySuspectSince: null,
      recoveryAsks: kit.prove,
      lastBackup: null,
      officeKey: { generation: 1, since: now },
      clientKeys: [],
      anchor: { sequence: 1, at: now },
      audit: {
        entries: 1,
        intact: true,
        checkpointKey: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string,
        lastCheckpointAt: null,
      },
      networkFolder: false,
      coreDumps: 'unknown',
      lockAfterMinutes: 5,
    });
    expect(seen.audit.entries).toBe((await auditEntries(vault)).length);
  });

  it('follows people, factors, clients, backups, rotations and preferences', async () => {
    const rita = await office.hire('Rita Quill', 'reviewer');
    await office.invite('Sam Reed', 'auditor', { kind: 'all' });
    const acme = await office.addClient('Acme');
    await office.enrolApp();
    const { client } = office.vault;
    await client.office.setPreferences({ lockAfterMinutes: 9 });
    const path = join(office.root, 'b.age');
    const backup = await client.backups.create({ path, passphrase: null });
    office.time.advance(1000);
    await client.security.rotate({ what: { kind: 'client', clientId: acme.id }, reason: 'routine' });
    const now = new Date(office.time.clock.now()).toISOString();
    expect(await state()).toMatchObject({
      factors: { code: true, device: false },
      users: { total: 3, withSecondFactor: 1, invited: 1 },
      lastBackup: { at: backup.createdAt, verifiedAt: null },
      officeKey: { generation: 1 },
      clientKeys: [{ clientId: acme.id, name: 'Acme', key: { generation: 2, since: now } }],
      lockAfterMinutes: 9,
    });
    await client.backups.verifyOwn({ path });
    expect((await state()).lastBackup?.verifiedAt).not.toBeNull();
    await office.signIn(rita);
    expect(await state()).toMatchObject({
      factors: { code: false },
      audit: { lastCheckpointAt: expect.any(String) as string },
    });
  });

  it('says whether anything outside remembers the office', async () => {
    await office.signIn(office.owner);
    expect((await state()).anchor).toBeNull();
    const anchor = await lock(office.vault);
    await signIn(office.vault, { directory: office.directory, person: office.owner }, { anchor });
    const { sequence } = (await state()).anchor ?? expect.fail('no anchor');
    expect(sequence).toBe((await state()).audit.entries);
    await office.vault.client.office.setPreferences({ lockAfterMinutes: 9 });
    expect((await state()).anchor?.sequence).toBe(sequence);
    await office.vault.client.vaultOffice.anchor({});
    expect((await state()).anchor?.sequence).toBe(sequence + 1);
  });

  it('says that no keychain protects an office without one, also where an invitation stands first', async () => {
    await office.remove();
    office = await openTestVault({}, { deviceSecret: null });
    expect((await state()).protection).toBe('password-only');
    await office.remove();
    office = await openTestVault();
    const olga = await office.hire('Olga Owner', 'owner');
    await office.signIn(olga);
    await office.vault.client.users.reset({
      userId: office.owner.id,
      reason: 'forgotten',
      replyKey: await office.vault.replyKey(),
    });
    expect((await state()).protection).toBe('keychain');
  });
});
