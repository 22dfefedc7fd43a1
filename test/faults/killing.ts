// Real vault processes ended without warning, again and again, each office remembered outside its folder as a host does. Failures throw.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ClientId } from '../../shared/model/ids.ts';
import { addDays, parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { aSourceAccount, aSourceRow, seededRandom, statementEvents } from '../builders/ledger.ts';
import {
  createVaultOffice,
  prepareManyStarts,
  startVault,
  unlockVaultOffice,
  VAULT_PASSWORD,
  vaultErrors,
  type RunningVault,
} from '../builders/vault-process.ts';

/** What a run of kills came to; it throws before it reports a loss. */
export interface KillFigures {
  readonly kills: number;
  /** Kills that hit the work itself, not the time before or after it. */
  readonly inside: number;
  readonly seconds: number;
}

/** An office that outlives its processes. */
export interface KilledOffice {
  readonly directory: string;
  readonly random: () => number;
  /** What the host remembers. */
  anchor: string | null;
}

export interface KillRoom {
  /** Folder for whatever a run needs. */
  readonly root: string;
  start(): RunningVault;
  /** A new office whose process is ended after `fill`. */
  createOffice(
    seed: number,
    fill: (vault: RunningVault) => Promise<void>,
  ): Promise<KilledOffice & { recoveryKey: string }>;
  /** A new process in which the office's owner is signed in. Nothing is older than remembered. */
  open(office: KilledOffice, password?: string): Promise<RunningVault & { readonly lockAfterMinutes: number }>;
}

/** Runs `work` with a folder and a compile cache of its own, and says how it went. */
export async function withKills(
  name: string,
  work: (room: KillRoom) => Promise<{ readonly kills: number; readonly inside: number }>,
): Promise<KillFigures> {
  const root = mkdtempSync(join(tmpdir(), `strongroom-${name}-`));
  const started = performance.now();
  const { start, remove } = await prepareManyStarts(join(root, 'cache'));
  try {
    const figures = await work(roomOf(root, () => startVault(start)));
    assert.deepEqual(vaultErrors, []);
    return { ...figures, seconds: Math.round((performance.now() - started) / 1000) };
  } catch (cause) {
    throw vaultErrors.length > 0 ? new Error(vaultErrors.join('\n'), { cause }) : cause;
  } finally {
    await remove();
    rmSync(root, { recursive: true, force: true });
  }
}

function roomOf(root: string, start: () => RunningVault): KillRoom {
  return {
    root,
    start,
    createOffice: async (seed, fill) => {
      const directory = join(root, `office-${seed}`);
      const vault = start();
      const { opened, recoveryKey } = await createVaultOffice(vault, directory);
      await fill(vault);
      await vault.kill();
      return { directory, random: seededRandom(seed), anchor: opened.anchor, recoveryKey };
    },
    open: async (office, password = VAULT_PASSWORD) => {
      const vault = start();
      const { anchor, warnings, lockAfterMinutes } = await unlockVaultOffice(vault, office.directory, {
        anchor: office.anchor,
        password,
      });
      // A rotation that nobody was told of leaves an anchor of the key before.
      assert.deepEqual(
        warnings.filter((warning) => warning !== 'anchor-missing'),
        [],
      );
      office.anchor = anchor;
      return { ...vault, lockAfterMinutes };
    },
  };
}

/** Lets `call` run for a part of `wholeMs`, then ends the process. True when the call had not been answered. */
export async function killDuring(
  vault: RunningVault,
  call: Promise<unknown>,
  { random, wholeMs }: { readonly random: () => number; readonly wholeMs: number },
): Promise<boolean> {
  const ended = call.then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'PROCESS_CRASHED') throw error;
      return true;
    },
  );
  // A moment inside the work, at the mercy of the machine's load: that is what a crash is.
  const part = random() * wholeMs * 1.2;
  await new Promise((resolve) => setTimeout(resolve, part));
  assert.equal((await vault.kill()).reason, 'killed');
  return await ended;
}

/** Splits the kills over offices that are worked on at the same time, and adds up what each came to. */
export async function inLanes(
  kills: number,
  lanes: number,
  lane: (seed: number, kills: number) => Promise<number>,
): Promise<{ readonly kills: number; readonly inside: number }> {
  const share = Math.ceil(kills / lanes);
  const inside = await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index + 1, share)));
  return { kills: share * lanes, inside: inside.reduce((sum, one) => sum + one, 0) };
}

/** Rows of the n-th statement: no other statement has them. */
export function rowsOf(statement: number, rows: number) {
  const bookingDate = addDays(parseCalendarDate('2020-01-01'), statement);
  return Array.from({ length: rows }, (_, row) =>
    aSourceRow({
      bookingDate,
      amountMinor: String(-100 - row),
      rawAmount: String(-100 - row),
      description: `row ${statement}/${row}`,
    }),
  );
}

/** Imports the n-th statement, from first event to receipt. `counted` sees every reply but the last. */
export async function commitStatement(
  { client }: Pick<RunningVault, 'client'>,
  { clientId, statement, rows }: { readonly clientId: ClientId; readonly statement: number; readonly rows: number },
  counted: <T>(reply: Promise<T>) => Promise<T> = (reply) => reply,
): Promise<void> {
  const reader = 'ofx 1.02';
  const source = `statement ${statement}.ofx`;
  const opening = client.staging.open({ clientId, kind: 'file', source, connectionId: null, reader });
  const { batchId } = await counted(opening);
  const events = statementEvents({ account: aSourceAccount(), rows: rowsOf(statement, rows) });
  await counted(client.staging.add({ clientId, batchId, resourceId: null, events }));
  const facts = { payloadSha256: 'a'.repeat(64), payloadBytes: 1, reader, tls: null, complete: [] };
  await counted(client.staging.finish({ clientId, batchId, ...facts }));
  await client.batches.commit({ clientId, batchId });
}

/** How many rows a client has. */
export async function rowsIn({ client }: Pick<RunningVault, 'client'>, clientId: ClientId): Promise<number> {
  const filter = { clientId, accountId: null, from: null, to: null, search: null, state: null };
  const sort = { by: 'bookingDate', direction: 'ascending' } as const;
  return (await client.transactions.list({ filter, sort, offset: 0, limit: 1 })).total;
}

/** Every page, reference, chain and receipt holds. */
export async function assertVerified({ client }: Pick<RunningVault, 'client'>): Promise<void> {
  const { checks } = await client.office.verify({});
  assert.deepEqual(
    checks.filter((check) => !check.ok),
    [],
  );
}
