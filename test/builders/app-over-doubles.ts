// The real app over processes in memory: the vault's answers are a table, so that a test says what the vault would.
import { vi } from 'vitest';
import { createClient } from '../../shared/ipc/client.ts';
import { contract, type AppContract } from '../../shared/ipc/contract.ts';
import type { Client } from '../../shared/ipc/call.ts';
import { UserId } from '../../shared/model/ids.ts';
import type { SealedText } from '../../shared/model/sealed-text.ts';
import { createMemorySecretStore } from '../../electron/adapters/keychain/memory-secret-store.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import type { App } from '../../electron/core/app/app.ts';
import { createAppTransport } from '../../electron/core/app/app-transport.ts';
import { createApp, type AppOptions } from '../../electron/core/app/create-app.ts';
import type { LogEntry } from '../../electron/core/ports/logger.ts';
import type { SecretStore } from '../../electron/core/ports/secret-store.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createFakeTries, type FakeTries } from './fake-tries.ts';
import { createMemoryProcesses, type Answers, type MemoryProcesses } from './memory-process.ts';

export const OFFICE_ID = `office_${'0a'.repeat(10)}`;
export const CLIENT_ID = `client_${'0b'.repeat(10)}`;
export const USER_ID = UserId.parse(`user_${'0c'.repeat(10)}`);
export const SESSION = 's'.repeat(43);
/** Shaped like a key; nothing here seals or opens. */
export const ENTRY_KEY = 'K'.repeat(87);

/** Shaped like a sealed text; it says what it stands for. */
export const aSealedText = (what = 'secret'): SealedText => ({
  encapsulated: 'E'.repeat(87),
  ciphertext: Buffer.from(what).toString('base64url'),
});

/** What unlocks the double, whatever it is. */
export const anUnlocking = (userId = USER_ID) => ({
  userId,
  password: aSealedText('password'),
  code: null,
  acceptOlderState: false,
});

export const anOpenedOffice = (protection: 'keychain' | 'password-only' = 'keychain', id = OFFICE_ID) => ({
  session: SESSION,
  office: { id, name: 'Office Ltd', createdAt: '2026-01-01T00:00:00.000Z', protection },
  user: { id: USER_ID, name: 'Olivia', role: 'owner', factors: { code: false, device: false } },
  lockAfterMinutes: 5,
  recoveryProven: false,
  recoveryKitDue: false,
  warnings: [],
  anchor: 'opened',
});

/** A slot at the door. */
export const aSlot = (changes: object = {}) => ({
  id: USER_ID,
  name: 'Olivia',
  invited: false,
  factors: { code: false, device: false },
  deviceSecret: true,
  challenge: null,
  ...changes,
});

/** What the vault says of its folder; a test replaces it. */
export const anInspection = (protection: 'keychain' | 'password-only' | null) => ({
  office: protection && anOpenedOffice(protection).office,
  users: protection ? [aSlot({ deviceSecret: protection === 'keychain' })] : [],
  entryKey: ENTRY_KEY,
  lockAfterMinutes: protection && 5,
  problem: null,
  warnings: [],
});

export interface AppOverDoubles {
  readonly app: App;
  readonly client: Client<AppContract>;
  readonly processes: MemoryProcesses;
  readonly secrets: SecretStore;
  readonly triesFile: FakeTries;
  readonly time: FakeTime;
  readonly log: LogEntry[];
  readonly events: { channel: string; payload: unknown }[];
}

const defaults: Answers = {
  'vaultOffice.inspect': () => anInspection(null),
  'vaultOffice.close': () => ({ anchor: 'closed' }),
  'vaultOffice.due': () => ({ recoveryKit: false, rotation: false }),
  'vaultOffice.anchor': () => ({ anchor: 'current' }),
  'vaultOffice.authorise': () => anOpenedOffice().user,
};

export function createAppOverDoubles(
  vault: Answers,
  secrets = createMemorySecretStore(),
  options: Partial<Pick<AppOptions, 'idleLock' | 'secondFactorDevice' | 'triesFile'>> = {},
): AppOverDoubles {
  const time = createFakeTime();
  const log: LogEntry[] = [];
  const events: AppOverDoubles['events'] = [];
  const triesFile = createFakeTries();
  const processes = createMemoryProcesses({
    vault: { ...defaults, ...vault },
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
    uptime: () => time.clock.monotonic(),
    triesFile,
    secondFactorDevice: null,
    random: (length) => new Uint8Array(length).fill((bytes += 1)),
    log: (entry) => `0000000${log.push(entry)}`.slice(-8),
    openSignIn: () => Promise.resolve(),
    ...options,
  });
  app.onEvent((channel, payload) => events.push({ channel, payload }));
  const client = createClient(contract, createAppTransport(app));
  return { app, client, processes, secrets, triesFile, time, log, events };
}
