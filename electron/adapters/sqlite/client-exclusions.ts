// Rows a person excludes with a reason: a tombstone beside the row, which keeps its record and its identity. Sums are derived elsewhere.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AccountId, ClientId, TransactionId } from '../../../shared/model/ids.ts';
import type { TransactionStore } from '../../core/ports/ledger-store.ts';
import { transactionNumberOf } from './client-rows.ts';
import type { Database } from './open-database.ts';

const ROW = `
  SELECT t.number, t.state, a.id AS accountId, x.previous_state AS previousState
  FROM transactions t JOIN accounts a ON a.number = t.account LEFT JOIN tombstones x ON x.transaction_number = t.number WHERE t.number = ?`;

const EXCLUDE = [
  'INSERT INTO tombstones SELECT number, state, @reason, @at, @userId, @userName FROM transactions WHERE number = @number',
  `UPDATE transactions SET state = 'removed' WHERE number = @number`,
];
const RESTORE = [
  'UPDATE transactions SET state = (SELECT previous_state FROM tombstones WHERE transaction_number = @number) WHERE number = @number',
  'DELETE FROM tombstones WHERE transaction_number = @number',
];
/** Views and staged comparisons of before no longer hold. */
const MOVE_ON = 'UPDATE ledger_state SET generation = generation + 1';

interface Row {
  readonly number: number;
  readonly state: 'pending' | 'booked' | 'removed';
  readonly accountId: AccountId;
  /** Null where the row is not excluded. */
  readonly previousState: 'pending' | 'booked' | null;
}

export function createExclusions(
  database: Database,
  clientId: ClientId,
): Pick<TransactionStore, 'exclude' | 'restore'> {
  const one = database.prepare<[number], Row>(ROW);
  const exclude = [...EXCLUDE, MOVE_ON].map((sql) => database.prepare(sql));
  const restore = [...RESTORE, MOVE_ON].map((sql) => database.prepare(sql));

  function find(id: TransactionId): Row {
    const number = transactionNumberOf(clientId, id);
    const row = number === null ? undefined : one.get(number);
    if (!row) throw new AppError('TRANSACTION_NOT_FOUND', { transaction: id });
    return row;
  }

  return {
    exclude: (id, exclusion) => {
      const { number, state, accountId } = find(id);
      if (state === 'removed') throw new AppError('TRANSACTION_NOT_EXCLUDABLE', { transaction: id });
      for (const statement of exclude) statement.run({ ...exclusion, number });
      return accountId;
    },
    restore: (id) => {
      const { number, previousState, accountId } = find(id);
      if (previousState === null) throw new AppError('TRANSACTION_NOT_EXCLUDED', { transaction: id });
      for (const statement of restore) statement.run({ number });
      return accountId;
    },
  };
}
