// Kills while statements are imported, settings changed and clients added: what had been acknowledged is there, at most the write in flight besides.
import assert from 'node:assert/strict';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ClientId } from '../../shared/model/ids.ts';
import type { RunningVault } from '../builders/vault-process.ts';
import {
  assertVerified,
  commitStatement,
  inLanes,
  rowsIn,
  withKills,
  type KilledOffice,
  type KillFigures,
  type KillRoom,
} from './killing.ts';

const LANES = 2;
const ROWS = 25;
const VERIFY_EVERY = 25;
const KILLS_AN_OFFICE = 100;

/** What one office must still know after any kill. */
interface Acknowledged {
  commits: number;
  lockAfterMinutes: number;
  clients: number;
}

interface Office extends KilledOffice {
  readonly clientId: ClientId;
  readonly known: Acknowledged;
  /** Batches begun. */
  attempted: number;
  /** The last lock time asked for. */
  attemptedLock: number;
}

async function createOffice(room: KillRoom, seed: number): Promise<Office> {
  const ids: ClientId[] = [];
  const office = await room.createOffice(seed, async ({ client }) => {
    ids.push((await client.clients.add({ name: 'Harbour Bakery Ltd' })).id);
  });
  const [clientId] = ids;
  assert.ok(clientId);
  const known = { commits: 0, lockAfterMinutes: 5, clients: 1 };
  return { ...office, clientId, known, attempted: 0, attemptedLock: 5 };
}

/** Counts replies and tells when the wished number has come. */
function countReplies(wished: number) {
  let missing = wished;
  let tell = (): void => undefined;
  const reached = new Promise<void>((resolve) => void (tell = resolve));
  if (wished === 0) tell();
  return {
    reached,
    counted: async <T>(reply: Promise<T>): Promise<T> => {
      const value = await reply;
      missing -= 1;
      if (missing === 0) tell();
      return value;
    },
  };
}
type Replies = ReturnType<typeof countReplies>;

async function writeOn(vault: RunningVault, office: Office, { counted }: Replies): Promise<void> {
  const { clientId, known } = office;
  for (let turn = 0; ; turn += 1) {
    office.attempted += 1;
    await commitStatement(vault, { clientId, statement: office.attempted, rows: ROWS }, counted);
    known.commits += 1;
    await counted(Promise.resolve());
    office.attemptedLock = 1 + (turn % 15);
    await vault.client.office.setPreferences({ lockAfterMinutes: office.attemptedLock });
    known.lockAfterMinutes = office.attemptedLock;
    await counted(Promise.resolve());
    if (turn % 4 !== 1) continue;
    await vault.client.clients.add({ name: `Client ${known.clients}.${office.attempted}` });
    known.clients += 1;
    await counted(Promise.resolve());
  }
}

async function writeUntilKilled(vault: RunningVault, office: Office, replies: Replies): Promise<void> {
  try {
    await writeOn(vault, office, replies);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'PROCESS_CRASHED') throw error;
  }
}

function assertOneOf<T>(found: T, allowed: readonly T[]): T {
  assert.ok(allowed.includes(found), `${String(found)} is none of ${allowed.join(', ')}`);
  return found;
}

/** Everything acknowledged is there; at most the one write in flight came through besides. */
async function assertNothingLost(vault: RunningVault & { lockAfterMinutes: number }, office: Office): Promise<void> {
  const { known, clientId } = office;
  const batches = await vault.client.batches.list({ clientId });
  const committed = batches.filter((batch) => batch.state === 'committed').length;
  assertOneOf(committed, [known.commits, known.commits + 1]);
  assert.equal(await rowsIn(vault, clientId), committed * ROWS);
  const clients = (await vault.client.clients.list({})).length;
  assertOneOf(clients, [known.clients, known.clients + 1]);
  assertOneOf(vault.lockAfterMinutes, [known.lockAfterMinutes, office.attemptedLock]);
  Object.assign(known, { commits: committed, clients, lockAfterMinutes: vault.lockAfterMinutes });
}

async function round(room: KillRoom, office: Office, verify: boolean): Promise<void> {
  const vault = await room.open(office);
  await assertNothingLost(vault, office);
  if (verify) await assertVerified(vault);
  const replies = countReplies(Math.floor(office.random() * 13));
  const writing = writeUntilKilled(vault, office, replies);
  await Promise.race([replies.reached, writing]);
  // A moment inside the next write, at the mercy of the machine's load: that is what a crash is.
  const fraction = office.random() * 4;
  await new Promise((resolve) => setTimeout(resolve, fraction));
  assert.equal((await vault.kill()).reason, 'killed');
  await writing;
}

/** One office through its share of kills. */
async function lane(room: KillRoom, seed: number, kills: number): Promise<void> {
  const office = await createOffice(room, seed);
  for (let kill = 1; kill <= kills; kill += 1) await round(room, office, kill % VERIFY_EVERY === 0);
  const vault = await room.open(office);
  await assertNothingLost(vault, office);
  await assertVerified(vault);
  await vault.kill();
  assert.ok(office.known.commits > kills / 4, `only ${office.known.commits} commits in ${kills} kills`);
}

/** @throws {assert.AssertionError} for a commit lost or an office that doesn't open or verify */
export function killDuringWrites(kills: number): Promise<KillFigures> {
  return withKills('kill', (room) =>
    inLanes(kills, LANES, async (seed, share) => {
      // A new office now and then: in one that only grows, each further check would cost more than the one before.
      for (let done = 0; done < share; done += KILLS_AN_OFFICE)
        await lane(room, seed + done * LANES, Math.min(KILLS_AN_OFFICE, share - done));
      return share;
    }),
  );
}
