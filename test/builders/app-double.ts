// THE contract answered from memory, through the real dispatcher: for the renderer before and beside the real program.
import { AppError, toWireError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { callsOf, type WireReply } from '../../shared/ipc/call.ts';
import type { CallChannel, EventChannel } from '../../shared/ipc/channels.gen.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { createDispatch, type AuthoriseRequest, type DispatchFailure } from '../../shared/ipc/dispatch.ts';
import { batches, imports } from './app-double/batch-handlers.ts';
import { connections, jobs } from './app-double/connection-handlers.ts';
import { accounts, clients } from './app-double/ledger-handlers.ts';
import { backups } from './app-double/backup-handlers.ts';
import { fakeHash, instantAgo } from './app-double/ids.ts';
import { profiles } from './app-double/profile-handlers.ts';
import { statements } from './app-double/statement-handlers.ts';
import { office, practice } from './app-double/office-handlers.ts';
import { factors, users } from './app-double/people-handlers.ts';
import { audit, security } from './app-double/security-handlers.ts';
import { authorise } from './app-double/session.ts';
import { transactions } from './app-double/transaction-handlers.ts';
import type { DoubleOptions } from './app-double/options.ts';
import { createWorld, type AppHandlers, type World } from './app-double/world.ts';

export { DOUBLE_PASSWORD } from './app-double/people.ts';
export type { DoubleOptions } from './app-double/options.ts';

export interface AppDouble {
  /** Answers a call as a host would: with a WireReply, never by throwing. */
  call(channel: CallChannel, input: unknown): Promise<WireReply>;
  /** Hears every event. */
  onEvent(listener: (channel: EventChannel, payload: unknown) => void): void;
  /** Sends an event, as if the program had. */
  emit(channel: EventChannel, payload: unknown): void;
  /** Bugs of handlers; a test asserts that there are none. */
  readonly bugs: readonly DispatchFailure[];
  readonly world: World;
}

const handlers: AppHandlers = {
  office,
  users,
  factors,
  security,
  clients,
  accounts,
  transactions,
  batches,
  imports,
  profiles,
  statements,
  connections,
  jobs,
  backups,
  audit,
  practice,
};

/** A named beginning, for tests and pictures. */
export const SCENARIOS = {
  'first-run': { state: 'none' },
  'no-keychain': { state: 'none', keychain: false },
  locked: { state: 'locked', lockReason: 'idle' },
  damaged: { state: 'locked', problem: 'VAULT_CORRUPT' },
  'rolled-back': { state: 'locked', found: 'VAULT_ROLLED_BACK' },
  full: { practiceRunning: true },
  empty: { clients: 0 },
  failing: {
    failing: {
      'clients.overview': 'VAULT_IO',
      'accounts.list': 'VAULT_CORRUPT',
      'accounts.get': 'VAULT_CORRUPT',
      'transactions.list': 'VAULT_IO',
      'connections.list': 'PROCESS_CRASHED',
      'batches.list': 'VAULT_IO',
      'batches.doubts': 'VAULT_IO',
      'profiles.list': 'VAULT_IO',
      'statements.coverage': 'VAULT_IO',
      'backups.list': 'VAULT_IO',
      'backups.create': 'VAULT_DISK_FULL',
      'audit.list': 'VAULT_AUDIT_BROKEN',
      'users.list': 'VAULT_IO',
      'factors.state': 'VAULT_IO',
      'security.state': 'VAULT_IO',
      'office.verify': 'VAULT_CORRUPT',
    },
  },
  loading: {
    pending: [
      'clients.overview',
      'accounts.list',
      'transactions.list',
      'connections.list',
      'batches.list',
      'statements.coverage',
      'backups.list',
      'audit.list',
      'users.list',
      'factors.state',
      'security.state',
    ],
  },
} as const satisfies Record<string, DoubleOptions>;
export type Scenario = keyof typeof SCENARIOS;

/** Refusals of a session that the audit log tells of. */
const DENIED: readonly ErrorCode[] = ['SESSION_FORBIDDEN', 'SESSION_STEP_UP_REQUIRED'];

/** Appends what the audit log would hold: audited calls that were done, and what was refused. */
function note(world: World, channel: CallChannel, reply: WireReply): void {
  const denied = !reply.ok && DENIED.includes(reply.error.code);
  const done = reply.ok && callsOf(contract).get(channel)?.audited === true;
  if (!denied && !done) return;
  const person = world.people.find(({ id }) => id === world.signedIn);
  const sequence = world.audit.length + 1;
  world.audit.push({
    sequence,
    at: instantAgo(0),
    userId: person?.id ?? null,
    user: person?.name ?? '',
    action: channel,
    subject: null,
    outcome: done ? 'done' : 'denied',
    payload: reply.ok ? {} : { code: reply.error.code },
    hash: fakeHash(sequence),
  });
}

export function createAppDouble(options: DoubleOptions = {}): AppDouble {
  const listeners: ((channel: EventChannel, payload: unknown) => void)[] = [];
  const bugs: DispatchFailure[] = [];
  const emit = (channel: EventChannel, payload: unknown): void =>
    listeners.forEach((listener) => listener(channel, payload));
  const world = createWorld(options, emit);
  const shared = {
    contract,
    handlers,
    acceptsSender: () => true,
    authorise: ({ policy }: AuthoriseRequest) => authorise(world, policy),
    onFailure: (failure: DispatchFailure) => {
      if (!failure.expected) bugs.push(failure);
      return 'log-7f3a';
    },
  };
  const vault = createDispatch({ ...shared, runsIn: 'vault' });
  const host = createDispatch({ ...shared, runsIn: 'host' });
  async function call(channel: CallChannel, input: unknown): Promise<WireReply> {
    if (options.pending?.includes(channel) === true) return new Promise(() => undefined);
    const code = options.failing?.[channel];
    if (code !== undefined) return { ok: false, error: toWireError(new AppError(code), 'log-7f3a') };
    const request = JSON.stringify({ call: channel, input, session: null, window: 'window-1' });
    const answer = callsOf(contract, 'vault').has(channel) ? vault : host;
    const reply = await answer(null, request);
    note(world, channel, reply);
    return reply;
  }
  return { call, emit, onEvent: (listener) => void listeners.push(listener), bugs, world };
}
