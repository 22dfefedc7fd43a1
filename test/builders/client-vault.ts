// One client's real database in memory of SQLite behind the real vault handlers: what a test of the ledger drives. No process, no keys.
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../shared/errors/app-error.ts';
import type { BatchSummary, Receipt } from '../../shared/ipc/contract/batches.ts';
import type { TransactionDetail } from '../../shared/ipc/contract/transactions.ts';
import { AccountId, BatchId, ClientId, ConnectionId, TransactionId, UserId } from '../../shared/model/ids.ts';
import { instantOf } from '../../shared/model/instant.ts';
import type { SourceEvent } from '../../shared/model/source.ts';
import { clientMigrations } from '../../electron/adapters/sqlite/client-migrations/index.ts';
import { createClientStore } from '../../electron/adapters/sqlite/client-store.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import type { Database } from '../../electron/adapters/sqlite/open-database.ts';
import type { ClientStore, OfficeStore } from '../../electron/core/ports/vault-store.ts';
import { createAccountHandlers } from '../../electron/core/vault/accounts.ts';
import { createStatementHandlers } from '../../electron/core/vault/statement-handlers.ts';
import { newFiles } from '../../electron/adapters/vault-files/new-files.ts';
import { STATEMENT_WRITERS } from '../../electron/adapters/statement-writers/writers.ts';
import { createBatchHandlers } from '../../electron/core/vault/batches.ts';
import type { VaultContext } from '../../electron/core/vault/context.ts';
import { createStagingHandlers } from '../../electron/core/vault/staging.ts';
import { createTransactionHandlers } from '../../electron/core/vault/transactions.ts';

export const CLIENT = ClientId.parse(`client_${'c1'.repeat(10)}`);
export const CONNECTION = ConnectionId.parse(`connection_${'c0'.repeat(10)}`);
const USER = UserId.parse(`user_${'01'.repeat(10)}`);

/** A plain database with the client schema. */
export function openPlainClientDatabase(path = ':memory:'): Database {
  const database = new Sqlite(path);
  database.pragma('foreign_keys=ON');
  migrate(database, clientMigrations);
  return database;
}

export interface ImportOptions {
  readonly source?: string;
  readonly reader?: string;
  readonly kind?: 'file' | 'connection';
  readonly resourceId?: string | null;
  readonly complete?: boolean;
  /** Where statements go that name no account. */
  readonly accountId?: string | null;
}

export interface ClientVault {
  readonly database: Database;
  readonly store: ClientStore;
  readonly context: VaultContext;
  readonly handlers: ReturnType<typeof handlersOf>;
  /** Moves the clock on. */
  pass(ms: number): void;
  stage(events: readonly SourceEvent[], options?: ImportOptions): BatchSummary;
  commit(batchId: string): Receipt;
  /** Stages and commits. */
  bring(events: readonly SourceEvent[], options?: ImportOptions): Receipt;
  undo(batchId: string): BatchSummary;
  /** A person's word on a row. */
  decide(batchId: string, number: number, decision: 'same' | 'separate' | null): BatchSummary;
  assign(batchId: string, statement: number, accountId: string | null): BatchSummary;
  invert(batchId: string, statement: number, inverted: boolean): BatchSummary;
  exclude(transactionId: string, reason?: string): TransactionDetail;
  restore(transactionId: string): TransactionDetail;
}

function handlersOf() {
  return {
    ...createStagingHandlers(),
    ...createBatchHandlers(),
    ...createTransactionHandlers(),
    ...createAccountHandlers(),
    ...createStatementHandlers({ newFiles, statementWriters: STATEMENT_WRITERS }),
  };
}

/** All that a client's ledger asks of its office is its name. */
const NAME_ONLY: Partial<OfficeStore> = {
  profile: { get: () => ({ name: 'Keel & Partners' }) } as OfficeStore['profile'],
};

function contextOf(store: ClientStore, now: () => number, channel: string): VaultContext {
  let counter = 0;
  return {
    channel,
    principal: { userId: USER, name: 'Ada Owner', role: 'owner' },
    get office(): OfficeStore {
      return NAME_ONLY as OfficeStore;
    },
    clients: () => {
      throw new TypeError('this test has no office');
    },
    client: (clientId) => {
      if (clientId !== CLIENT) throw new AppError('CLIENT_NOT_FOUND');
      return store;
    },
    act: (target, action, work) =>
      target.transaction(() => {
        const value = work();
        const { subject, payload = {} } = action;
        const by = { userId: USER, userName: 'Ada Owner', outcome: 'done' } as const;
        target.audit.append({ at: instantOf(now()), action: channel, subject, payload, ...by });
        return value;
      }),
    random: (length) => {
      counter += 1;
      const bytes = new Uint8Array(length);
      new DataView(bytes.buffer).setUint32(0, counter);
      return bytes;
    },
    now: () => instantOf(now()),
  };
}

/** The handlers are synchronous behind their types; a promise here would be a bug. */
function now<T>(value: T | Promise<T>): T {
  if (value instanceof Promise) throw new TypeError('a ledger handler must be synchronous');
  return value;
}

/** As the creation of a client does it, for a database that has only its tables. */
function beginAudit({ audit, transaction }: ClientStore, database: Database): void {
  if (database.prepare('SELECT 1 FROM audit_state').get() !== undefined) return;
  transaction(() => audit.begin({ firstKey: new Uint8Array(32).fill(1), sealedFirstKey: new Uint8Array(1) }));
}

/** A client's vault whose clock starts on 2026-06-01 and moves a second a call. */
export function createClientVault(database = openPlainClientDatabase()): ClientVault {
  let time = Date.parse('2026-06-01T08:00:00.000Z');
  const tick = (): number => (time += 1000);
  const store = createClientStore(database, CLIENT);
  beginAudit(store, database);
  const context = contextOf(store, tick, 'batches.commit');
  const handlers = handlersOf();

  function stage(events: readonly SourceEvent[], options: ImportOptions = {}): BatchSummary {
    const {
      kind = 'file',
      source = 'statement.ofx',
      reader = 'ofx 1.02',
      resourceId = null,
      complete = true,
      accountId = null,
    } = options;
    const connectionId = kind === 'connection' ? CONNECTION : null;
    const opened = now(handlers.staging.open({ clientId: CLIENT, kind, source, connectionId, reader }, context));
    const batchId = BatchId.parse(opened.batchId);
    now(handlers.staging.add({ clientId: CLIENT, batchId, resourceId, events: [...events] }, context));
    const facts = { payloadSha256: 'ab'.repeat(32), payloadBytes: 1, reader, tls: null };
    const done = complete && resourceId !== null ? [resourceId] : [];
    const chosen = accountId === null ? null : AccountId.parse(accountId);
    return now(
      handlers.staging.finish({ clientId: CLIENT, batchId, ...facts, complete: done, accountId: chosen }, context),
    ) as BatchSummary;
  }

  const reference = (batchId: string) => ({ clientId: CLIENT, batchId: BatchId.parse(batchId) });
  const row = (transactionId: string) => ({ clientId: CLIENT, transactionId: TransactionId.parse(transactionId) });
  const commit = (batchId: string): Receipt => now(handlers.batches.commit(reference(batchId), context)) as Receipt;
  return {
    database,
    store,
    context,
    handlers,
    pass: (ms) => void (time += ms),
    stage,
    commit,
    bring: (events, options) => commit(stage(events, options).id),
    decide: (batchId, number, decision) =>
      now(handlers.batches.decide({ ...reference(batchId), number, decision }, context)) as BatchSummary,
    assign: (batchId, statement, accountId) => {
      const account = accountId === null ? null : AccountId.parse(accountId);
      return now(
        handlers.batches.assign({ ...reference(batchId), statement, accountId: account }, context),
      ) as BatchSummary;
    },
    invert: (batchId, statement, inverted) =>
      now(handlers.batches.invert({ ...reference(batchId), statement, inverted }, context)) as BatchSummary,
    exclude: (transactionId, reason = 'Not the client’s') =>
      now(handlers.transactions.exclude({ ...row(transactionId), reason }, context)) as TransactionDetail,
    restore: (transactionId) => now(handlers.transactions.restore(row(transactionId), context)) as TransactionDetail,
    undo: (batchId) => now(handlers.batches.undo(reference(batchId), context)) as BatchSummary,
  };
}
