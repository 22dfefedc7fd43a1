// Kills while backups are written and restored: a backup is there whole or not at all, a restored office likewise.
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { restoreVaultOffice, type RunningVault } from '../builders/vault-process.ts';
import {
  assertVerified,
  commitStatement,
  inLanes,
  killDuring,
  rowsIn,
  withKills,
  type KilledOffice,
  type KillFigures,
  type KillRoom,
} from './killing.ts';

const LANES = 2;
const ROWS = 2000;
const VERIFY_EVERY = 20;

interface Office extends KilledOffice {
  readonly recoveryKey: string;
  /** A backup that was not disturbed. */
  readonly whole: string;
  readonly wholeMs: number;
}

async function createOffice(room: KillRoom, seed: number): Promise<Office> {
  const whole = join(room.root, `whole-${seed}.age`);
  let wholeMs = 0;
  const office = await room.createOffice(seed, async (vault) => {
    const { id } = await vault.client.clients.add({ name: 'Harbour Bakery Ltd' });
    await commitStatement(vault, { clientId: id, statement: 1, rows: ROWS });
    const start = performance.now();
    await vault.client.backups.create({ path: whole, passphrase: null });
    wholeMs = performance.now() - start;
  });
  return { ...office, whole, wholeMs };
}

async function assertWholeBackup(vault: RunningVault, path: string, office: Office): Promise<void> {
  const recoveryKey = await vault.seal('recovery-key', office.recoveryKey);
  const { ok, transactions } = await vault.client.vaultOffice.verifyBackup({
    path,
    key: { kind: 'recovery', recoveryKey },
  });
  assert.deepEqual([ok, transactions], [true, ROWS]);
}

/** @throws {assert.AssertionError} for half a backup, or an office that doesn't open or verify */
export function killDuringBackup(kills: number): Promise<KillFigures> {
  return withKills('kill-backup', (room) =>
    inLanes(kills, LANES, async (seed, share) => {
      const office = await createOffice(room, seed);
      let inside = 0;
      for (let kill = 1; kill <= share; kill += 1) {
        const path = join(room.root, `killed-${seed}-${kill}.age`);
        const vault = await room.open(office);
        if (kill % VERIFY_EVERY === 0) await assertVerified(vault);
        const call = vault.client.backups.create({ path, passphrase: null });
        if (await killDuring(vault, call, office)) inside += 1;
        if (!existsSync(path)) continue;
        const judge = room.start();
        await assertWholeBackup(judge, path, office);
        await judge.kill();
        rmSync(path);
      }
      const vault = await room.open(office);
      await assertVerified(vault);
      await vault.kill();
      return inside;
    }),
  );
}

/** @throws {assert.AssertionError} for half an office */
export function killDuringRestore(kills: number): Promise<KillFigures> {
  const password = 'nine amber lanterns drift past noon';
  return withKills('kill-restore', (room) =>
    inLanes(kills, LANES, async (seed, share) => {
      const office = await createOffice(room, seed);
      const { recoveryKey, whole: path } = office;
      let inside = 0;
      for (let kill = 1; kill <= share; kill += 1) {
        const directory = join(room.root, `restored-${seed}-${kill}`);
        const vault = room.start();
        await vault.client.vaultOffice.inspect({ directory });
        const call = restoreVaultOffice(vault, { directory, path, recoveryKey, password });
        if (await killDuring(vault, call, office)) inside += 1;
        if (!existsSync(directory)) continue;
        const next = await room.open({ ...office, directory, anchor: null }, password);
        const [client] = await next.client.clients.list({});
        assert.ok(client);
        assert.equal(await rowsIn(next, client.id), ROWS);
        await assertVerified(next);
        await next.kill();
        rmSync(directory, { recursive: true });
      }
      return inside;
    }),
  );
}
