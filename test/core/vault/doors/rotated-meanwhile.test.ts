// New keys for the office while another call waits: that call goes on in the database as it is open now.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { VaultServices } from '../../../../electron/core/vault/services.ts';
import { auditEntries, DEVICE_SECRET, openTestVault, testServices, type TestOffice } from '../vault-bench.ts';

const gate: { before: () => Promise<void> } = { before: () => Promise.resolve() };
let office: TestOffice;

/** Rotates once, at the next moment that `gate` is passed. */
function rotateMeanwhile(): void {
  gate.before = async () => {
    gate.before = () => Promise.resolve();
    await office.vault.client.security.rotate({ what: { kind: 'office' }, reason: 'routine' });
  };
}

beforeEach(async () => {
  const { kdf, archive } = testServices();
  const services: Partial<VaultServices> = {
    kdf: {
      ...kdf,
      derive: async (...given) => {
        await gate.before();
        return await kdf.derive(...given);
      },
    },
    archive: {
      ...archive,
      digest: async (path) => {
        await gate.before();
        return await archive.digest(path);
      },
    },
  };
  office = await openTestVault(services);
});
afterEach(async () => {
  const generation = (await office.vault.client.security.state({})).officeKey.generation;
  await office.remove();
  expect(generation).toBe(2);
});

it('a fresh proof by password', async () => {
  const { vault, owner } = office;
  const password = await vault.seal('password', owner.password);
  rotateMeanwhile();
  const input = { window: 'window-2', password, code: null, deviceSecret: DEVICE_SECRET, deviceOutput: null };
  vault.setSession((await vault.client.vaultOffice.stepUp(input)).session);
  expect(await auditEntries(vault, { action: 'vaultOffice.stepUp' })).toMatchObject([{ outcome: 'done' }]);
});

it('the check of an own backup', async () => {
  const { vault } = office;
  const path = join(office.root, 'b.age');
  await vault.client.backups.create({ path, passphrase: null });
  rotateMeanwhile();
  expect(await vault.client.backups.verifyOwn({ path })).toMatchObject({ ok: true });
  expect(await vault.client.backups.list({})).toMatchObject([{ verifiedAt: expect.any(String) as string }]);
});
