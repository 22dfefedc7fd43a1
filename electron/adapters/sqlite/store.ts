// What every open database offers core: its audit chain and transactions. Repositories are added by office-store.ts and client-store.ts.
import type { Store } from '../../core/ports/vault-store.ts';
import { createAuditChain } from './audit-chain.ts';
import type { Database } from './open-database.ts';
import { withSqliteErrors } from './sqlite-errors.ts';

/** The common part of a store. `chain` is the id of the office or client whose database it is. */
export function createStore(database: Database, chain: string): Store {
  return {
    audit: createAuditChain(database, chain),
    transaction: (work) => withSqliteErrors(() => database.transaction(work).immediate()),
  };
}
