// Kills the real vault process while it writes, two hundred times: what it had acknowledged is there, and it always opens again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ClientId } from '../../shared/model/ids.ts';
import { addDays, parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { aSourceAccount, aSourceRow, seededRandom, statementEvents } from '../builders/ledger.ts';
import {
  createVaultOffice,
  startVault,
  unlockVaultOffice,
  vaultErrors,
  warmCompileCache,
  type RunningVault,
} from '../builders/vault-process.ts';

const KILLS = 200;
const OFFICES = 2;
const ROWS = 25;
/** 200 starts of a process, two at a time: how long that takes is up to what else the machine does. */
const LIMIT_MS = 300_000;
const root = mkdtempSync(join(tmpdir(), 'strongroom-kill-'));
let environment: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  environment = await warmCompileCache(join(root, 'cache'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What one office must still know after any kill. */
interface Acknowledged {
  commits: number;
  lockAfterMinutes: number;
  clients: number;
}

interface Office {
  readonly directory: string;
  readonly clientId: ClientId;
  readonly random: () => number;
  readonly known: Acknowledged;
  /** Batches begun. */
  attempted: number;
  /** The last lock time asked for. */
  attemptedLock: number;
}

async function createOffice(seed: number): Promise<Office> {
  const directory = join(root, `office-${seed}`);
  const vault = startVault(environment);
  await createVaultOffice(vault, directory);
  const { id } = await vault.client.clients.add({ name: 'Harbour Bakery Ltd' });
  await vault.kill();
  const known = { commits: 0, lockAfterMinutes: 5, clients: 1 };
  return { directory, clientId: id, random: seededRandom(seed), known, attempted: 0, attemptedLock: 5 };
}

function rowsOf(batch: number) {
  const bookingDate = addDays(parseCalendarDate('2020-01-01'), batch);
  return Array.from({ length: ROWS }, (_, row) =>
    aSourceRow({
      bookingDate,
      amountMinor: String(-100 - row),
      rawAmount: String(-100 - row),
      description: `row ${batch}/${row}`,
    }),
  );
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

/** One batch from first event to receipt. Its number makes its rows its own. */
async function commitBatch({ client }: RunningVault, office: Office, { counted }: Replies): Promise<void> {
  const { clientId } = office;
  office.attempted += 1;
  const rows = rowsOf(office.attempted);
  const source = `statement ${office.attempted}.ofx`;
  const reader = 'ofx 1.02';
  const opening = client.staging.open({ clientId, kind: 'file', source, connectionId: null, reader });
  const { batchId } = await counted(opening);
  const events = statementEvents({ account: aSourceAccount(), rows });
  await counted(client.staging.add({ clientId, batchId, resourceId: null, events }));
  const facts = { payloadSha256: 'a'.repeat(64), payloadBytes: 1, reader, tls: null, complete: [] };
  await counted(client.staging.finish({ clientId, batchId, ...facts }));
  await client.batches.commit({ clientId, batchId });
  office.known.commits += 1;
  await counted(Promise.resolve());
}

async function writeUntilKilled(vault: RunningVault, office: Office, replies: Replies): Promise<void> {
  try {
    for (let turn = 0; ; turn += 1) {
      await commitBatch(vault, office, replies);
      const lockAfterMinutes = 1 + (turn % 15);
      office.attemptedLock = lockAfterMinutes;
      await vault.client.office.setPreferences({ lockAfterMinutes });
      office.known.lockAfterMinutes = lockAfterMinutes;
      await replies.counted(Promise.resolve());
      if (turn % 4 !== 1) continue;
      await vault.client.clients.add({ name: `Client ${office.known.clients}.${office.attempted}` });
      office.known.clients += 1;
      await replies.counted(Promise.resolve());
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'PROCESS_CRASHED') throw error;
  }
}

async function totals({ client }: RunningVault, clientId: ClientId): Promise<number> {
  const filter = { clientId, accountId: null, from: null, to: null, search: null, state: null };
  const sort = { by: 'bookingDate', direction: 'ascending' } as const;
  return (await client.transactions.list({ filter, sort, offset: 0, limit: 1 })).total;
}

/** Everything acknowledged is there; at most the one write in flight came through besides. */
async function expectNothingLost(vault: RunningVault, office: Office): Promise<void> {
  const { known, clientId } = office;
  const batches = await vault.client.batches.list({ clientId });
  const committed = batches.filter((batch) => batch.state === 'committed').length;
  expect([known.commits, known.commits + 1]).toContain(committed);
  expect(await totals(vault, clientId)).toBe(committed * ROWS);
  const clients = (await vault.client.clients.list({})).length;
  expect([known.clients, known.clients + 1]).toContain(clients);
  Object.assign(known, { commits: committed, clients });
}

async function round(office: Office, verify: boolean): Promise<void> {
  const vault = startVault(environment);
  const opened = await unlockVaultOffice(vault, office.directory);
  expect(opened.warnings).toEqual([]);
  expect([office.known.lockAfterMinutes, office.attemptedLock]).toContain(opened.lockAfterMinutes);
  office.known.lockAfterMinutes = opened.lockAfterMinutes;
  await expectNothingLost(vault, office);
  if (verify) expect(await vault.client.office.verify({})).toMatchObject({ ok: true });
  const replies = countReplies(Math.floor(office.random() * 13));
  const writing = writeUntilKilled(vault, office, replies);
  await Promise.race([replies.reached, writing]);
  // A moment inside the next write, at the mercy of the machine's load: that is what a crash is.
  const fraction = office.random() * 4;
  await new Promise((resolve) => setTimeout(resolve, fraction));
  expect((await vault.kill()).reason).toBe('killed');
  await writing;
}

describe('SIGKILL during writes', () => {
  it(
    `loses nothing acknowledged in ${KILLS} kills`,
    async () => {
      const offices = await Promise.all(Array.from({ length: OFFICES }, (_, seed) => createOffice(seed + 1)));
      const lives = offices.map(async (office) => {
        for (let kill = 1; kill <= KILLS / OFFICES; kill += 1) await round(office, kill % 25 === 0);
        const vault = startVault(environment);
        await unlockVaultOffice(vault, office.directory);
        await expectNothingLost(vault, office);
        const report = await vault.client.office.verify({});
        expect(report.checks.filter((check) => !check.ok)).toEqual([]);
        await vault.kill();
        return office.known.commits;
      });
      const commits = await Promise.all(lives);
      expect(Math.min(...commits)).toBeGreaterThan(KILLS / OFFICES / 2);
      expect(vaultErrors).toEqual([]);
    },
    LIMIT_MS,
  );
});
