// Kills while keys are replaced: the office opens, every row is there, and what was begun is finished by the next sign-in.
import assert from 'node:assert/strict';
import type { Rotation } from '../../shared/ipc/contract/security.ts';
import type { ClientId } from '../../shared/model/ids.ts';
import type { RunningVault } from '../builders/vault-process.ts';
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
const CLIENTS = 2;
const ROWS = 200;
const VERIFY_EVERY = 20;

interface Office extends KilledOffice {
  readonly clientIds: readonly ClientId[];
  /** Databases that the audit log says were rotated before a kill came: it only grows. */
  rotated: number;
}

async function createOffice(room: KillRoom, seed: number): Promise<Office> {
  const clientIds: ClientId[] = [];
  const office = await room.createOffice(seed, async (vault) => {
    for (let client = 1; client <= CLIENTS; client += 1) {
      const { id } = await vault.client.clients.add({ name: `Client ${client}` });
      await commitStatement(vault, { clientId: id, statement: client, rows: ROWS });
      clientIds.push(id);
    }
  });
  return { ...office, clientIds, rotated: 0 };
}

async function assertWhole(vault: RunningVault, office: Office): Promise<void> {
  for (const clientId of office.clientIds) assert.equal(await rowsIn(vault, clientId), ROWS);
  const filter = { userId: null, action: 'security.rotate', outcome: null, from: null, until: null };
  const { intact, total } = await vault.client.audit.list({ clientId: null, filter, offset: 0, limit: 1 });
  assert.ok(intact);
  assert.ok(total >= office.rotated, `${total} databases rotated after ${office.rotated}`);
  office.rotated = total;
}

function whatOf({ clientIds, random }: Office): Rotation['what'] {
  const turn = Math.floor(random() * 3);
  const clientId = clientIds[Math.floor(random() * clientIds.length)];
  if (turn === 0) return { kind: 'office' };
  return turn === 1 && clientId ? { kind: 'client', clientId } : { kind: 'all' };
}

/** How long a rotation of everything takes here and now. */
async function measure(room: KillRoom, office: Office): Promise<number> {
  const vault = await room.open(office);
  const start = performance.now();
  await vault.client.security.rotate({ what: { kind: 'all' }, reason: 'routine' });
  const wholeMs = performance.now() - start;
  office.anchor = (await vault.client.vaultOffice.anchor({})).anchor;
  await vault.kill();
  return wholeMs;
}

/** @throws {assert.AssertionError} for a row lost or an office that doesn't open or verify */
export function killDuringRekey(kills: number): Promise<KillFigures> {
  return withKills('kill-rekey', (room) =>
    inLanes(kills, LANES, async (seed, share) => {
      const office = await createOffice(room, seed);
      const wholeMs = await measure(room, office);
      let inside = 0;
      for (let kill = 1; kill <= share; kill += 1) {
        const vault = await room.open(office);
        await assertWhole(vault, office);
        if (kill % VERIFY_EVERY === 0) await assertVerified(vault);
        const what = whatOf(office);
        const partMs = what.kind === 'all' ? wholeMs : wholeMs / (CLIENTS + 1);
        const call = vault.client.security.rotate({ what, reason: 'routine' });
        if (await killDuring(vault, call, { random: office.random, wholeMs: partMs })) inside += 1;
      }
      const vault = await room.open(office);
      await assertWhole(vault, office);
      await assertVerified(vault);
      await vault.kill();
      assert.ok(office.rotated > CLIENTS + 1, 'no rotation came through');
      return inside;
    }),
  );
}
