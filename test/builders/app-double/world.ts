// What the app double remembers between calls: office, clients, ledger, connections, batches, backups. All of it in memory, all of it invented.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { EventChannel } from '../../../shared/ipc/channels.gen.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import type { AuditEntry } from '../../../shared/ipc/contract/audit.ts';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { SecurityState } from '../../../shared/ipc/contract/security.ts';
import type { TransactionDetail } from '../../../shared/ipc/contract/transactions.ts';
import type { UserId } from '../../../shared/model/ids.ts';
import { createSealedTexts } from '../../../electron/adapters/crypto/hpke-sealed-texts.ts';
import type { SealedTexts } from '../../../electron/core/ports/sealed-text.ts';
import type { SavedProfile } from '../../../shared/model/statement-profile.ts';
import type { PracticeBankView } from '../../../shared/ipc/contract/practice.ts';
import { auditChain, doubleBackups, lockedStatus, practiceBank } from './office-data.ts';
import type { DoubleOptions } from './options.ts';
import { doublePeople, type DoublePerson } from './people.ts';
import { doubleBatches } from './batches.ts';
import { doubleProfiles } from './profiles.ts';
import { doubleConnections } from './connections.ts';
import { clientId, instantAgo } from './ids.ts';
import { CLIENT_NAMES, doubleAccounts, type DoubleAccount } from './ledger.ts';

export type Emit = (channel: EventChannel, payload: unknown) => void;

export interface World {
  /** What does not depend on people and keys; the rest of a status is made when it is asked for. */
  status: Omit<OfficeStatus, 'entryKey' | 'users' | 'user'>;
  /** The vault's end of sealed texts: a new one with every lock. */
  sealed: SealedTexts;
  people: DoublePerson[];
  signedIn: UserId | null;
  provenUntilMs: number;
  readonly found: ErrorCode | null;
  readonly deviceSupport: string | null;
  deviceConnected: boolean;
  /** Codes that are being set up. */
  enrolling: DoublePerson['code'];
  invitations: number;
  /** How often a key was replaced, by client, or `office`. */
  generations: Map<string, number>;
  readonly security: Partial<SecurityState>;
  audit: AuditEntry[];
  kit: RecoveryKit | null;
  /** Whether the kit may still be saved. */
  kitAtHand: boolean;
  readonly savedKits: string[];
  readonly exports: string[];
  clients: ClientSummary[];
  accounts: DoubleAccount[];
  connections: ConnectionView[];
  batches: BatchSummary[];
  backups: BackupRecord[];
  practice: PracticeBankView;
  /** What a person said of doubtful rows, by batch and row number. */
  readonly decisions: Map<string, 'same' | 'separate'>;
  /** Who excluded a row and why, by its id. */
  readonly exclusions: Map<string, NonNullable<TransactionDetail['excluded']>>;
  profiles: SavedProfile[];
  /** Open imports: job number and file name. */
  imports: Map<string, { readonly client: string; readonly fileName: string; bytes: number }>;
  readonly emit: Emit;
}

export type AppHandlers = Handlers<AppContract, World>;

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
  const people = doublePeople(options);
  const state = options.state ?? 'unlocked';
  return {
    status: lockedStatus(options),
    sealed: createSealedTexts(),
    people,
    signedIn: state === 'unlocked' ? (people.find(({ role }) => role === (options.role ?? 'owner'))?.id ?? null) : null,
    provenUntilMs: options.proven === false ? 0 : Date.now() + 300_000,
    found: options.found ?? null,
    deviceSupport: options.deviceSupport ?? null,
    deviceConnected: true,
    enrolling: null,
    invitations: 0,
    generations: new Map(),
    security: options.security ?? {},
    audit: auditChain(),
    kit: null,
    kitAtHand: false,
    savedKits: [],
    exports: [],
    clients,
    accounts,
    connections: count === 0 ? [] : doubleConnections(accounts),
    batches: doubleBatches(accounts, options.oldBatches ?? 0),
    backups: count === 0 ? [] : doubleBackups(),
    practice: practiceBank(options.practiceRunning ?? false),
    decisions: new Map(),
    exclusions: new Map(),
    profiles: count === 0 ? [] : doubleProfiles(),
    imports: new Map(),
    emit,
  };
}

/** Whether the signed-in person holds the client's key. */
export function mayOpen(world: World, client: string): boolean {
  const access = world.people.find(({ id }) => id === world.signedIn)?.access;
  if (access === undefined) return false;
  return access.kind === 'all' || access.clientIds.some((id) => id === client);
}

/** The element with that id. @throws {AppError} the code given */
export function find<T extends { readonly id: string }>(items: readonly T[], id: string, code: ErrorCode): T {
  const found = items.find((item) => item.id === id);
  if (!found) throw new AppError(code);
  return found;
}

/** The account that a batch's rows belong to. */
export function accountOf(world: World, batch: Pick<BatchSummary, 'clientId'>): DoubleAccount {
  const account = world.accounts.find(({ client }) => client === batch.clientId);
  if (!account) throw new AppError('ACCOUNT_NOT_FOUND');
  return account;
}

export function putBatch(world: World, batch: BatchSummary): BatchSummary {
  const others = world.batches.filter(({ id }) => id !== batch.id);
  world.batches = [batch, ...others];
  world.emit('clients.changed', { clientId: batch.clientId });
  return batch;
}
