// The real app over real vault and connector processes in a folder of its own, unlocked. Its vault derives keys at the floor.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMemorySecretStore } from '../../electron/adapters/keychain/memory-secret-store.ts';
import { createAttachedPracticeBank } from '../../electron/adapters/practice-bank/attached-practice-bank.ts';
import { createChildProcessSpawn, SOURCE_ENTRIES } from '../../electron/adapters/process/child-process-port.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import { systemClock, systemRandom, systemTimer, systemUptime } from '../../electron/adapters/system/system.ts';
import { createTriesFile } from '../../electron/adapters/vault-files/tries-file.ts';
import { createSealedSecrets } from '../../electron/cli/sealed-secrets.ts';
import { createAppTransport } from '../../electron/core/app/app-transport.ts';
import { createApp } from '../../electron/core/app/create-app.ts';
import type { LogEntry } from '../../electron/core/ports/logger.ts';
import type { ProcessName, ProcessPort } from '../../electron/core/ports/process-port.ts';
import type { Timer } from '../../electron/core/ports/timer.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { contract, type AppContract } from '../../shared/ipc/contract.ts';
import type { Client } from '../../shared/ipc/call.ts';

export interface AppOnDisk {
  readonly client: Client<AppContract>;
  readonly folder: string;
  readonly log: readonly LogEntry[];
  /** The latest process of a name. */
  process(name: ProcessName): ProcessPort;
  close(): Promise<void>;
}

export interface AppOnDiskOptions {
  /** May shorten what the app waits for. */
  readonly timer?: Timer;
  /** Entry file of the vault process. */
  readonly vault?: string;
}

const VAULT_AT_FLOOR = fileURLToPath(new URL('vault-process-at-floor.ts', import.meta.url));

/** A fresh office with one owner. */
export async function anAppOnDisk({
  timer = systemTimer,
  vault = VAULT_AT_FLOOR,
}: AppOnDiskOptions = {}): Promise<AppOnDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-test-'));
  const started: ProcessPort[] = [];
  const log: LogEntry[] = [];
  const spawn = createChildProcessSpawn({ entries: { ...SOURCE_ENTRIES, vault }, onStandardError: () => undefined });
  const app = createApp({
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
    timer,
    uptime: systemUptime,
    triesFile: createTriesFile(join(folder, 'office')),
    secondFactorDevice: null,
    log: (entry) => `0000000${log.push(entry)}`.slice(-8),
    openSignIn: () => Promise.resolve(),
  });
  const client = createClient(contract, createAppTransport(app));
  const secrets = createSealedSecrets(client);
  await client.office.create({
    name: 'Office Ltd',
    ownerName: 'Olivia',
    password: await secrets.seal('new-password', 'seven wet bicycles sing'),
    protection: 'keychain',
    lockAfterMinutes: 15,
    replyKey: await secrets.replyKey(),
  });
  return {
    client,
    folder,
    log,
    process: (name) => {
      const port = started.findLast((one) => one.name === name);
      if (!port) throw new TypeError(`${name} was not started`);
      return port;
    },
    close: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
