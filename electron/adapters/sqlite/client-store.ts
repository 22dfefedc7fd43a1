// A client database's store: its repositories around one connection.
import { ClientId } from '../../../shared/model/ids.ts';
import type { ClientStore } from '../../core/ports/vault-store.ts';
import { createAccountRepository } from './client-accounts.ts';
import { createBatchReading } from './client-batches.ts';
import { createCommit } from './client-commit.ts';
import { createMatchingRepository } from './client-matching.ts';
import { createStagingRepository, dropUnfinishedBatches } from './client-staging.ts';
import { createTransactionRepository } from './client-transactions.ts';
import { createUndo } from './client-undo.ts';
import type { Database } from './open-database.ts';
import { translatingErrors, withSqliteErrors } from './sqlite-errors.ts';
import { createStore } from './store.ts';

/** Opening drops what a crash left half staged. @throws {AppError} VAULT_* from here and from every method */
export function createClientStore(database: Database, id: string): ClientStore {
  const clientId = ClientId.parse(id);
  const count = database.prepare('SELECT count(*) FROM transactions').pluck();
  withSqliteErrors(() => dropUnfinishedBatches(database));
  return {
    ...createStore(database, clientId),
    staging: translatingErrors(createStagingRepository(database)),
    matching: translatingErrors(createMatchingRepository(database)),
    batches: translatingErrors({
      ...createBatchReading(database, clientId),
      ...createCommit(database),
      ...createUndo(database),
    }),
    accounts: translatingErrors(createAccountRepository(database, clientId)),
    transactions: translatingErrors(createTransactionRepository(database, clientId)),
    ...translatingErrors({ transactionCount: () => Number(count.get()) }),
  };
}
