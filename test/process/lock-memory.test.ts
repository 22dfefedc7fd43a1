// Lock destroys keys: after it, no process of the program holds any secret of the office in any spelling. Before, the vault process does.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startHost, type HostUnderSearch } from '../builders/host-process.ts';
import { secretsOf } from '../builders/office-secrets.ts';
import { processTree, searchMemory, type Finding, type Secret } from '../builders/process-memory.ts';

/** Unique, so that it is found only where this program left it. */
const PASSWORD = `kettle-harbour-${randomBytes(9).toString('base64url')}`;

/** Where what was found: one line a process and secret. */
const placesOf = (findings: readonly Finding[]): string[] =>
  [...new Set(findings.map(({ process, secret, spelling }) => `${process}: ${secret} (${spelling})`))].toSorted();
const namesOf = (findings: readonly Finding[]): string[] =>
  [...new Set(findings.map(({ secret }) => secret))].toSorted();

describe.skipIf(process.platform !== 'linux')('a lock', () => {
  let folder: string;
  let host: HostUnderSearch;
  let secrets: Secret[];
  const searchAll = (): Finding[] => processTree(host.pid).flatMap((pid) => searchMemory(pid, secrets));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-test-'));
    const directory = join(folder, 'office');
    host = await startHost({ directory });
    const { kit } = await host.calls.office.create({
      name: 'Keel & Partners',
      ownerName: 'Ada Keel',
      password: await host.secrets.seal('new-password', PASSWORD),
      protection: 'password-only',
      lockAfterMinutes: 5,
      replyKey: await host.secrets.replyKey(),
    });
    const { groups } = await host.secrets.openKit(kit);
    for (const name of ['Client One', 'Client Two']) await host.calls.clients.add({ name });
    secrets = await secretsOf({ directory, password: PASSWORD, recoveryKey: groups.join('-') });
  });
  afterAll(async () => {
    await host.close();
    await rm(folder, { recursive: true });
  });

  async function lock(): Promise<void> {
    const before = processTree(host.pid).slice(1);
    await host.calls.office.lock({});
    await vi.waitFor(() => expect(processTree(host.pid).filter((pid) => before.includes(pid))).toEqual([]), 5_000);
  }

  async function unlock(): Promise<void> {
    const [user] = (await host.calls.office.status({})).users;
    const password = await host.secrets.seal('password', PASSWORD);
    await host.calls.office.unlock({ userId: user!.id, password, code: null, acceptOlderState: false });
    await host.calls.clients.list({});
  }

  it('leaves nothing of an office that was just made', async () => {
    const found = searchAll();
    expect(namesOf(found)).toEqual(expect.arrayContaining(['office key', 'client key 0', 'client key 1', 'identity']));
    expect(found.filter(({ pid }) => pid === host.pid)).toEqual([]);
    await lock();
    expect(placesOf(searchAll())).toEqual([]);
  });

  it('leaves nothing after a sign-in, and again', async () => {
    for (const _round of [1, 2]) {
      await unlock();
      const found = searchAll();
      expect(namesOf(found)).toEqual(expect.arrayContaining(['office key', 'identity']));
      expect(placesOf(found.filter(({ pid }) => pid === host.pid))).toEqual([]);
      await lock();
      expect(placesOf(searchAll())).toEqual([]);
    }
    expect(host.complaints).toEqual([]);
  });
});
