// A client database's store: its repositories around one connection.
import type { ClientStore } from '../../core/ports/vault-store.ts';
import type { Database } from './open-database.ts';
import { translatingErrors } from './sqlite-errors.ts';
import { createStore } from './store.ts';

export function createClientStore(database: Database, clientId: string): ClientStore {
  const count = database.prepare('SELECT count(*) FROM transactions').pluck();
  return {
    ...createStore(database, clientId),
    ...translatingErrors({ transactionCount: () => Number(count.get()) }),
  };
}
