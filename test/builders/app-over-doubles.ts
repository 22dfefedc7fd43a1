// The real app over processes in memory: the vault's answers are a table, so that a test says what the vault would.
import { vi } from 'vitest';
import { createClient } from '../../shared/ipc/client.ts';
import { contract, type AppContract } from '../../shared/ipc/contract.ts';
import type { Client } from '../../shared/ipc/call.ts';
import { createMemorySecretStore } from '../../electron/adapters/keychain/memory-secret-store.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import type { App } from '../../electron/core/app/app.ts';
import { createAppTransport } from '../../electron/core/app/app-transport.ts';
import { createApp, type AppOptions } from '../../electron/core/app/create-app.ts';
import type { LogEntry } from '../../electron/core/ports/logger.ts';
import type { SecretStore } from '../../electron/core/ports/secret-store.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createMemoryProcesses, type Answers, type MemoryProcesses } from './memory-process.ts';

export const OFFICE_ID = `office_${'0a'.repeat(10)}`;
export const CLIENT_ID = `client_${'0b'.repeat(10)}`;
export const SESSION = 's'.repeat(43);

export const anOpenedOffice = (protection: 'keychain' | 'password-only' = 'keychain', id = OFFICE_ID) => ({
  session: SESSION,
  office: { id, name: 'Office Ltd', createdAt: '2026-01-01T00:00:00.000Z', protection },
  user: { id: `user_${'0c'.repeat(10)}`, name: 'Olivia', role: 'owner' },
  lockAfterMinutes: 5,
  recoveryProven: false,
  warnings: [],
});

export const aKit = (officeId = OFFICE_ID) => ({
  officeId,
  officeName: 'Office Ltd',
  createdAt: '2026-01-01T00:00:00.000Z',
  groups: ['AAAA', 'BBBB', 'CCCC', 'DDDD', 'EEEE', 'FFFF', 'GGGG', 'HHHH'],
  prove: [1, 6],
});

/** What the vault says of its folder; a test replaces it. */
export const anInspection = (protection: 'keychain' | 'password-only' | null) => ({
  office: protection && anOpenedOffice(protection).office,
  lockAfterMinutes: protection && 5,
  problem: null,
  warnings: [],
});

export interface AppOverDoubles {
  readonly app: App;
  readonly client: Client<AppContract>;
  readonly processes: MemoryProcesses;
  readonly secrets: SecretStore;
  readonly time: FakeTime;
  readonly log: LogEntry[];
  readonly events: { channel: string; payload: unknown }[];
}

export function createAppOverDoubles(
  vault: Answers,
  secrets = createMemorySecretStore(),
  options: Pick<AppOptions, 'idleLock'> = {},
): AppOverDoubles {
  const time = createFakeTime();
  const log: LogEntry[] = [];
  const events: AppOverDoubles['events'] = [];
  const processes = createMemoryProcesses({
    vault: { 'vaultOffice.close': () => ({}), 'vaultOffice.authorise': () => anOpenedOffice().user, ...vault },
    // The connector of these tests never answers.
    connector: { 'bank.identify': () => new Promise(() => undefined) },
  });
  let bytes = 0;
  const app = createApp({
    directory: '/offices/one',
    documentsDirectory: '/documents',
    spawn: processes.spawn,
    connect: createProcessTransport,
    practiceBank: {
      misbehaviours: [],
      start: () => Promise.reject(new TypeError('no practice bank in this test')),
      current: () => null,
      misbehave: () => Promise.resolve(),
      misbehaving: () => [],
      stop: vi.fn(() => Promise.resolve()),
    },
    secrets,
    clock: time.clock,
    timer: time.timer,
    random: (length) => new Uint8Array(length).fill((bytes += 1)),
    log: (entry) => `0000000${log.push(entry)}`.slice(-8),
    openSignIn: () => Promise.resolve(),
    ...options,
  });
  app.onEvent((channel, payload) => events.push({ channel, payload }));
  return { app, client: createClient(contract, createAppTransport(app)), processes, secrets, time, log, events };
}
