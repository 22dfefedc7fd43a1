// The real app over the real vault and connector processes: a kill is noticed, locks, and loses nothing; a lock leaves no process alive.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../shared/ipc/client.ts';
import { contract, type AppContract } from '../../shared/ipc/contract.ts';
import type { Client } from '../../shared/ipc/call.ts';
import type { OfficeStatus } from '../../shared/ipc/contract/office.ts';
import { createMemorySecretStore } from '../../electron/adapters/keychain/memory-secret-store.ts';
import { createAttachedPracticeBank } from '../../electron/adapters/practice-bank/attached-practice-bank.ts';
import { createChildProcessSpawn } from '../../electron/adapters/process/child-process-port.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import { systemClock, systemRandom, systemTimer, systemUptime } from '../../electron/adapters/system/system.ts';
import { createTriesFile } from '../../electron/adapters/vault-files/tries-file.ts';
import { createSealedSecrets, type SealedSecrets } from '../../electron/cli/sealed-secrets.ts';
import type { App } from '../../electron/core/app/app.ts';
import { createAppTransport } from '../../electron/core/app/app-transport.ts';
import { createApp } from '../../electron/core/app/create-app.ts';
import type { LogEntry } from '../../electron/core/ports/logger.ts';
import type { ProcessName, ProcessPort } from '../../electron/core/ports/process-port.ts';

const PASSWORD = 'seven wet bicycles sing';
let folder: string;
let app: App;
let client: Client<AppContract>;
let secrets: SealedSecrets;
let started: ProcessPort[];
let log: LogEntry[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-test-'));
  started = [];
  log = [];
  const spawn = createChildProcessSpawn({ onStandardError: () => undefined });
  app = createApp({
    directory: join(folder, 'office'),
    documentsDirectory: folder,
    spawn: (name) => {
      const port = spawn(name);
      started.push(port);
      return port;
    },
    connect: createProcessTransport,
    practiceBank: createAttachedPracticeBank(null),
    secrets: createMemorySecretStore(),
    clock: systemClock,
    random: systemRandom,
    timer: systemTimer,
    uptime: systemUptime,
    triesFile: createTriesFile(join(folder, 'office')),
    secondFactorDevice: null,
    log: (entry) => `0000000${log.push(entry)}`.slice(-8),
    openSignIn: () => Promise.resolve(),
  });
  client = createClient(contract, createAppTransport(app));
  secrets = createSealedSecrets(client);
  await client.office.create({
    name: 'Office Ltd',
    ownerName: 'Olivia',
    password: await secrets.seal('new-password', PASSWORD),
    protection: 'keychain',
    lockAfterMinutes: 5,
    replyKey: await secrets.replyKey(),
  });
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function unlock(password = PASSWORD): Promise<OfficeStatus> {
  const [user] = (await client.office.status({})).users;
  if (!user) throw new TypeError('nobody is at the door');
  const sealed = await secrets.seal('password', password);
  return await client.office.unlock({ userId: user.id, password: sealed, code: null, acceptOlderState: false });
}

const last = (name: ProcessName): ProcessPort => {
  const port = started.findLast((one) => one.name === name);
  if (!port) throw new TypeError(`${name} was not started`);
  return port;
};
const ended = (port: ProcessPort) => new Promise((resolve) => port.onExit(resolve));
const lockedEvent = () =>
  new Promise((resolve) => {
    app.onEvent((channel, payload) => {
      if (channel === 'office.statusChanged' && (payload as { state: string }).state === 'locked') resolve(payload);
    });
  });

describe('the app over real processes', () => {
  it('notices a killed vault, locks, says why, and has everything after the next unlock', async () => {
    const added = await client.clients.add({ name: 'Client One' });
    const told = lockedEvent();
    process.kill(last('vault').pid, 'SIGKILL');
    expect(await told).toMatchObject({ state: 'locked', lockReason: 'process-crashed', problem: null });
    expect(log.some(({ event }) => event === 'process.crashed')).toBe(true);
    await expect(client.clients.list({})).rejects.toMatchObject({ code: 'SESSION_LOCKED' });
    expect(await unlock()).toMatchObject({ state: 'unlocked' });
    expect(await client.clients.list({})).toEqual([added]);
  });

  it('survives a kill in the middle of many writes without losing one that was acknowledged', async () => {
    const acknowledged: string[] = [];
    const told = lockedEvent();
    const writes = Array.from({ length: 40 }, async (_, number) => {
      const { name } = await client.clients.add({ name: `Client ${number}` });
      if (acknowledged.push(name) === 10) process.kill(last('vault').pid, 'SIGKILL');
    });
    await Promise.allSettled(writes);
    await told;
    await unlock();
    const names = (await client.clients.list({})).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(acknowledged));
    expect((await client.office.verify({})).ok).toBe(true);
  });

  it('starts the connector again after it was killed', async () => {
    const identify = () =>
      client.connections
        .identify({ issuer: 'https://127.0.0.1:1', resourceBase: 'https://127.0.0.1:1', authorityPem: null })
        .catch((error: unknown) => error);
    expect(await identify()).toMatchObject({ code: 'BANK_UNREACHABLE' });
    const first = last('connector');
    const gone = ended(first);
    process.kill(first.pid, 'SIGKILL');
    await gone;
    expect(await identify()).toMatchObject({ code: 'BANK_UNREACHABLE' });
    expect(last('connector').pid).not.toBe(first.pid);
    expect((await client.office.status({})).state).toBe('unlocked');
  });

  it('leaves neither process alive after a lock', async () => {
    await client.connections
      .identify({ issuer: 'https://127.0.0.1:1', resourceBase: 'https://127.0.0.1:1', authorityPem: null })
      .catch((error: unknown) => error);
    const before = [last('vault'), last('connector')];
    const gone = Promise.all(before.map(ended));
    await client.office.lock({});
    expect(await gone).toMatchObject([{ reason: 'killed' }, { reason: 'killed' }]);
    for (const { pid } of before) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('ends every process when it is closed', async () => {
    const gone = Promise.all(started.map(ended));
    await app.close();
    await gone;
    await vi.waitFor(() => {
      for (const { pid } of started) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    });
  });
});
