// Names and numbers shared by the repositories of a client's database: public ids, row numbers, columns that staged rows and transactions share.
import { AppError } from '../../../shared/errors/app-error.ts';
import { TransactionId, type AccountId, type BatchId, type ClientId } from '../../../shared/model/ids.ts';
import type { Database } from './open-database.ts';

/** Columns that move unchanged from a staged row into the ledger. */
export const RECORD_COLUMNS = [
  'source_state',
  'booking_date',
  'amount_minor',
  'currency',
  'description',
  'counterparty',
  'counterparty_account',
  'end_to_end_id',
  'source_id',
  'bank_code',
  'value_date',
  'transaction_date',
  'exponent',
  'raw_amount',
  'raw_sign',
  'foreign_amount_minor',
  'foreign_currency',
  'foreign_exponent',
  'foreign_rate',
  'balance_after_minor',
  'children',
  'fingerprint',
  'fingerprint_version',
  'raw_block',
  'raw_position',
] as const;

/** Staged rows that are not plainly new, in the words of the index over them. */
export const DECIDED = `(kind <> 'new' OR match IS NOT NULL)`;

/** Days that a pending row has to settle before it is overdue. */
const SETTLES_WITHIN_DAYS = 8;

/** Whether pending row `t` of account `a` should have settled: the account's data reach further past it than a bank takes. */
export const OVERDUE = `t.state = 'pending' AND t.booking_date < coalesce(date(a.data_as_of, '-${SETTLES_WITHIN_DAYS} days'), '')`;

/** Minor units leave SQLite as text: a JavaScript number would round beyond 2^53. */
export function asText(column: string): string {
  return `CAST(${column} AS TEXT)`;
}

/** A transaction's id: eight digits of its client's id, twelve of its row number, which is never given twice. */
export function transactionIdOf(clientId: ClientId, number: number): TransactionId {
  return `transaction_${clientId.slice(7, 15)}${number.toString(16).padStart(12, '0')}` as TransactionId;
}

/** The row number in an id; null when the id belongs to another client. */
export function transactionNumberOf(clientId: ClientId, id: TransactionId): number | null {
  const digits = TransactionId.parse(id).slice('transaction_'.length);
  return digits.startsWith(clientId.slice(7, 15)) ? Number.parseInt(digits.slice(8), 16) : null;
}

export interface BatchKey {
  readonly number: number;
  readonly state: 'open' | 'staged' | 'committed' | 'undone';
}

/** Finds rows by their public ids. */
export interface Keys {
  /** @throws {AppError} BATCH_NOT_FOUND */
  batch(batchId: BatchId): BatchKey;
  /** @throws {AppError} ACCOUNT_NOT_FOUND */
  account(accountId: AccountId): number;
}

export function createKeys(database: Database): Keys {
  const batch = database.prepare<[string], BatchKey>('SELECT number, state FROM batches WHERE id = ?');
  const account = database.prepare<[string], number>('SELECT number FROM accounts WHERE id = ?').pluck();
  return {
    batch: (batchId) => {
      const found = batch.get(batchId);
      if (!found) throw new AppError('BATCH_NOT_FOUND', { batch: batchId });
      return found;
    },
    account: (accountId) => {
      const found = account.get(accountId);
      if (found === undefined) throw new AppError('ACCOUNT_NOT_FOUND', { account: accountId });
      return found;
    },
  };
}
