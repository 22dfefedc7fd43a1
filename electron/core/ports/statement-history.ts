// What an account's statements and rows say over time, for coverage, the chain of proofs, and exports. Reads only.
import type { AccountId, BatchId, TransactionId } from '../../../shared/model/ids.ts';
import type { AccountFacts, StatementFacts } from './ledger-store.ts';
import type { LedgerAccount, LedgerRecord, LedgerTotals } from './statement-writer.ts';

/** A committed statement of the account. `bookedMinor` is what its source's booked rows sum to, whatever the ledger made of them. */
export interface HistoryStatement extends StatementFacts {
  readonly batchId: BatchId;
  readonly source: string;
  readonly to: string | null;
  readonly rows: number;
  readonly bookedMinor: bigint;
  readonly proof: 'pass' | 'fail' | 'absent';
}

export interface AccountHistory extends AccountFacts {
  readonly days: readonly { readonly date: string; readonly bookedMinor: bigint; readonly rows: number }[];
  readonly statements: readonly HistoryStatement[];
  /** Booking dates of undecided doubtful rows of committed batches. */
  readonly doubts: readonly string[];
}

/** Calendar dates, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** A row that might explain a difference. `excluded` and `doubtful` rows don't count in the ledger; a doubtful one has no id there. */
export interface Suspect {
  readonly transactionId: TransactionId | null;
  readonly state: 'booked' | 'pending' | 'excluded' | 'doubtful';
  readonly bookingDate: string;
  readonly amountMinor: bigint;
  readonly description: string;
}

/** The booked rows of a period in the order of their days; `slices` reads them when they are asked for. */
export interface LedgerExtract {
  readonly account: LedgerAccount;
  readonly totals: LedgerTotals;
  /** @throws {AppError} VAULT_* at any of them */
  slices(): Iterable<LedgerRecord[]>;
}

export interface StatementHistoryStore {
  /** @throws {AppError} ACCOUNT_NOT_FOUND, as the others do */
  of(accountId: AccountId): AccountHistory;
  /** Rows of these amounts in the account's currency, in the order in which they came. */
  suspects(accountId: AccountId, period: Period, amounts: readonly bigint[]): Suspect[];
  extract(accountId: AccountId, period: Period): LedgerExtract;
}
