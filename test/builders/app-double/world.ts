// What the app double remembers between calls: office, clients, ledger, connections, batches, backups. All of it in memory, all of it invented.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { CallChannel, EventChannel } from '../../../shared/ipc/channels.gen.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { PracticeBankView } from '../../../shared/ipc/contract/practice.ts';
import { doubleBackups, lockedStatus, practiceBank } from './office-data.ts';
import { doubleBatches } from './batches.ts';
import { doubleConnections } from './connections.ts';
import { clientId, instantAgo } from './ids.ts';
import { CLIENT_NAMES, doubleAccounts, type DoubleAccount } from './ledger.ts';

/** How a double begins and which calls misbehave. */
export interface DoubleOptions {
  /** Default `unlocked`. */
  readonly state?: OfficeStatus['state'];
  readonly lockReason?: OfficeStatus['lockReason'];
  /** Why the office cannot be opened. */
  readonly problem?: ErrorCode;
  /** Number of clients, at most twelve. Default all. Zero is an office that was just created. */
  readonly clients?: number;
  /** Default true. */
  readonly keychain?: boolean;
  /** Calls that answer with this error. */
  readonly failing?: Partial<Record<CallChannel, ErrorCode>>;
  /** Calls that never answer. */
  readonly pending?: readonly CallChannel[];
  readonly practiceRunning?: boolean;
}

export type Emit = (channel: EventChannel, payload: unknown) => void;

export interface World {
  status: OfficeStatus;
  kit: RecoveryKit | null;
  clients: ClientSummary[];
  accounts: DoubleAccount[];
  connections: ConnectionView[];
  batches: BatchSummary[];
  backups: BackupRecord[];
  practice: PracticeBankView;
  /** Open imports: job number and file name. */
  imports: Map<string, { readonly client: string; readonly fileName: string; bytes: number }>;
  readonly emit: Emit;
}

export type AppHandlers = Handlers<AppContract, World>;

/** What unlocks a double's office. */
export const DOUBLE_PASSWORD = 'correct horse battery staple';

const COLOURS: readonly ClientSummary['colour'][] = [
  'teal',
  'indigo',
  'orange',
  'grape',
  'lime',
  'cyan',
  'pink',
  'yellow',
];

export function clientSummary(index: number, name: string): ClientSummary {
  const colour = COLOURS[index % COLOURS.length] ?? 'teal';
  return { id: clientId(index + 1), name, colour, createdAt: instantAgo(400 - index) };
}

export function createWorld(options: DoubleOptions, emit: Emit): World {
  const count = options.clients ?? CLIENT_NAMES.length;
  const accounts = doubleAccounts(count);
  const clients = CLIENT_NAMES.slice(0, count).map((name, index) => clientSummary(index, name));
  return {
    status: lockedStatus(options),
    kit: null,
    clients,
    accounts,
    connections: count === 0 ? [] : doubleConnections(accounts),
    batches: doubleBatches(accounts),
    backups: count === 0 ? [] : doubleBackups(),
    practice: practiceBank(options.practiceRunning ?? false),
    imports: new Map(),
    emit,
  };
}

/** The element with that id. @throws {AppError} the code given */
export function find<T extends { readonly id: string }>(items: readonly T[], id: string, code: ErrorCode): T {
  const found = items.find((item) => item.id === id);
  if (!found) throw new AppError(code);
  return found;
}
