// A client database's store: its repositories around one connection, each prepared on first use, so that an office of many clients opens quickly.
import { ClientId } from '../../../shared/model/ids.ts';
import type { BatchStore, StagingStore } from '../../core/ports/ledger-store.ts';
import type { ClientStore } from '../../core/ports/vault-store.ts';
import { createAccountRepository } from './client-accounts.ts';
import { createBatchReading } from './client-batches.ts';
import { createCommit } from './client-commit.ts';
import { createDecisions } from './client-decisions.ts';
import { createStatementHistory } from './client-history.ts';
import { createMatchingRepository } from './client-matching.ts';
import { createStagingRepository, dropUnfinishedBatches } from './client-staging.ts';
import { createTransactionRepository } from './client-transactions.ts';
import { createUndo } from './client-undo.ts';
import { setCache, type Database } from './open-database.ts';
import { translatingErrors, withSqliteErrors } from './sqlite-errors.ts';
import { createStore } from './store.ts';

function once<T extends object>(create: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= create());
}

function createBatches(database: Database, clientId: ClientId): BatchStore {
  const commit = once(() => createCommit(database));
  const undo = once(() => createUndo(database));
  const decisions = once(() => createDecisions(database));
  return translatingErrors({
    ...createBatchReading(database, clientId),
    newAccounts: (batchId) => commit().newAccounts(batchId),
    createAccount: (batchId, key, account) => commit().createAccount(batchId, key, account),
    apply: (batchId, stamp) => {
      setCache(database, 'bulk');
      const facts = commit().apply(batchId, stamp);
      setCache(database, 'everyday');
      return facts;
    },
    decide: (batchId, decision, stamp) => decisions().decide(batchId, decision, stamp),
    revert: (batchId, stamp) => undo().revert(batchId, stamp),
  } satisfies BatchStore);
}

/** Rows come in with a large page cache; `apply` and `drop` end that. */
function createStaging(database: Database): StagingStore {
  const staging = createStagingRepository(database);
  return translatingErrors({
    ...staging,
    create: (batch) => {
      setCache(database, 'bulk');
      staging.create(batch);
    },
    drop: (batchId) => {
      staging.drop(batchId);
      setCache(database, 'everyday');
    },
  } satisfies StagingStore);
}

/** Opening drops what a crash left half staged. @throws {AppError} VAULT_* from here and from every method */
export function createClientStore(database: Database, id: string): ClientStore {
  const clientId = ClientId.parse(id);
  withSqliteErrors(() => dropUnfinishedBatches(database));
  const count = database.prepare('SELECT count(*) FROM transactions').pluck();
  const staging = once(() => createStaging(database));
  const matching = once(() => translatingErrors(createMatchingRepository(database)));
  const batches = once(() => createBatches(database, clientId));
  const accounts = once(() => translatingErrors(createAccountRepository(database, clientId)));
  const transactions = once(() => translatingErrors(createTransactionRepository(database, clientId)));
  const history = once(() =>
    translatingErrors(createStatementHistory(database, clientId, (accountId) => accounts().facts(accountId))),
  );
  return {
    ...createStore(database, clientId),
    ...translatingErrors({ transactionCount: () => Number(count.get()) }),
    get staging() {
      return staging();
    },
    get matching() {
      return matching();
    },
    get batches() {
      return batches();
    },
    get accounts() {
      return accounts();
    },
    get transactions() {
      return transactions();
    },
    get history() {
      return history();
    },
  };
}
