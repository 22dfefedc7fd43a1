// Kills the real vault process while it writes and restores backups: a backup is there whole or not at all, an office likewise.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLedger, seededRandom, statementEvents } from '../builders/ledger.ts';
import {
  createVaultOffice,
  restoreVaultOffice,
  startVault,
  unlockVaultOffice,
  VAULT_PASSWORD,
  vaultErrors,
  warmCompileCache,
  type RunningVault,
} from '../builders/vault-process.ts';

const KILLS = 15;
const root = mkdtempSync(join(tmpdir(), 'strongroom-kill-backup-'));
const directory = join(root, 'office');
const random = seededRandom(11);
let environment: Readonly<Record<string, string>> = {};
let recoveryKey = '';
let wholeMs = 0;

async function fill({ client }: RunningVault): Promise<void> {
  const { id: clientId } = await client.clients.add({ name: 'Harbour Bakery Ltd' });
  const reader = 'ofx 1.02';
  const source = 'year.ofx';
  const { batchId } = await client.staging.open({ clientId, kind: 'file', source, connectionId: null, reader });
  for (const event of statementEvents({ rows: buildLedger({ rows: 5000 }).rows }))
    await client.staging.add({ clientId, batchId, resourceId: null, events: [event] });
  const facts = { payloadSha256: 'a'.repeat(64), payloadBytes: 1, reader, tls: null, complete: [] };
  await client.staging.finish({ clientId, batchId, ...facts });
  await client.batches.commit({ clientId, batchId });
}

beforeAll(async () => {
  environment = await warmCompileCache(join(root, 'cache'));
  const vault = startVault(environment);
  ({ recoveryKey } = await createVaultOffice(vault, directory));
  await fill(vault);
  const start = performance.now();
  await vault.client.backups.create({ path: join(root, 'whole.age'), passphrase: null });
  wholeMs = performance.now() - start;
  await vault.kill();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function openVault(at: string, password = VAULT_PASSWORD): Promise<RunningVault> {
  const vault = startVault(environment);
  await unlockVaultOffice(vault, at, { password });
  return vault;
}

/** Lets the call run for a part of the time it takes whole, then ends the process. */
async function killDuring(vault: RunningVault, call: Promise<unknown>): Promise<void> {
  const ended = call.catch((error: unknown) => expect(error).toMatchObject({ code: 'PROCESS_CRASHED' }));
  const part = random() * wholeMs * 1.2;
  await new Promise((resolve) => setTimeout(resolve, part));
  await vault.kill();
  await ended;
}

describe('SIGKILL', () => {
  it(`leaves a backup whole or absent (${KILLS} kills)`, async () => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const path = join(root, `killed-${kill}.age`);
      const vault = await openVault(directory);
      await killDuring(vault, vault.client.backups.create({ path, passphrase: null }));
      const next = await openVault(directory);
      if (existsSync(path)) {
        const key = { kind: 'recovery', recoveryKey: await next.seal('recovery-key', recoveryKey) } as const;
        const contents = await next.client.vaultOffice.verifyBackup({ path, key });
        expect(contents).toMatchObject({ ok: true, transactions: 5000 });
      }
      expect((await next.client.office.verify({})).ok).toBe(true);
      await next.kill();
    }
    expect(vaultErrors).toEqual([]);
  });

  it(`leaves a restored office whole or absent (${KILLS} kills)`, async () => {
    const password = 'nine amber lanterns drift past noon';
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const target = join(root, `restored-${kill}`);
      const input = { directory: target, path: join(root, 'whole.age'), recoveryKey, password };
      const vault = startVault(environment);
      await vault.client.vaultOffice.inspect({ directory: target });
      await killDuring(vault, restoreVaultOffice(vault, input));
      if (!existsSync(target)) continue;
      const next = await openVault(target, password);
      expect((await next.client.office.verify({})).ok).toBe(true);
      expect(await next.client.clients.list({})).toHaveLength(1);
      await next.kill();
    }
    expect(vaultErrors).toEqual([]);
  });
});
