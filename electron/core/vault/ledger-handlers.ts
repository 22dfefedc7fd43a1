// All calls the client ledger and its connections answer, for the vault process to put into its dispatcher.
import { createAccountHandlers } from './accounts.ts';
import { createBatchHandlers } from './batches.ts';
import { createConnectionHandlers } from './connections.ts';
import { createOverviewHandler } from './overview.ts';
import { createProfileHandlers } from './profiles.ts';
import { createStagingHandlers } from './staging.ts';
import { createTransactionHandlers } from './transactions.ts';

/** `clients` holds the overview alone; the office's handlers answer the rest of that area. */
export function createLedgerHandlers() {
  return {
    ...createStagingHandlers(),
    ...createBatchHandlers(),
    ...createTransactionHandlers(),
    ...createAccountHandlers(),
    ...createConnectionHandlers(),
    ...createProfileHandlers(),
    clients: createOverviewHandler(),
  };
}
