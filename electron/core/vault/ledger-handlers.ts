// All calls the client ledger and its connections answer, for the vault process to put into its dispatcher.
import { createAccountHandlers } from './accounts.ts';
import { createBatchHandlers } from './batches.ts';
import { createConnectionHandlers } from './connections.ts';
import { createOverviewHandler } from './overview.ts';
import { createProfileHandlers } from './profiles.ts';
import type { VaultServices } from './services.ts';
import { createStagingHandlers } from './staging.ts';
import { createStatementHandlers } from './statement-handlers.ts';
import { createTransactionHandlers } from './transactions.ts';

/** `clients` holds the overview alone; the office's handlers answer the rest of that area. */
export function createLedgerHandlers(services: Pick<VaultServices, 'newFiles' | 'statementWriters'>) {
  return {
    ...createStagingHandlers(),
    ...createBatchHandlers(),
    ...createTransactionHandlers(),
    ...createAccountHandlers(),
    ...createConnectionHandlers(),
    ...createProfileHandlers(),
    ...createStatementHandlers(services),
    clients: createOverviewHandler(),
  };
}
