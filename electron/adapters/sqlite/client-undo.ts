// Takes a committed batch out of the ledger: rows go, changed rows and settled pending rows are as before. It refuses where something counts on the batch.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BatchId } from '../../../shared/model/ids.ts';
import type { BatchStore } from '../../core/ports/ledger-store.ts';
import { CHANGEABLE_COLUMNS, FORGET_WORDS, LEARN_WORDS } from './client-commit.ts';
import { createKeys } from './client-rows.ts';
import type { Database } from './open-database.ts';

/** A later committed batch that recognised, changed or settled rows of this one. */
const LATER_BATCH = `
  SELECT b.source FROM batch_reliance r JOIN batches b ON b.number = r.batch
  WHERE r.relies_on = @batch AND b.state = 'committed' ORDER BY b.number LIMIT 1`;

/** A person's own change to a row this batch brought or changed. */
const LATER_EDIT = `
  SELECT 'edit' FROM edits e WHERE e.batch IS NULL AND (
    e.transaction_number IN (SELECT number FROM transactions WHERE batch = @batch)
    OR EXISTS (SELECT 1 FROM edits own WHERE own.batch = @batch AND own.transaction_number = e.transaction_number AND own.number < e.number))
  UNION ALL
  SELECT 'exclusion' FROM tombstones WHERE transaction_number IN (SELECT number FROM transactions WHERE batch = @batch)
  LIMIT 1`;

/** A row that a later batch changed once more. */
const LATER_CHANGE = `
  SELECT b.source FROM edits own JOIN edits later ON later.transaction_number = own.transaction_number AND later.number > own.number
  JOIN batches b ON b.number = later.batch WHERE own.batch = @batch LIMIT 1`;

/** A later batch whose signs follow a word said of this one. */
const LATER_SIGNS = `
  SELECT b.source FROM statements st JOIN batches b ON b.number = st.batch
  WHERE st.signs_chosen_in = @batch AND st.batch <> @batch AND b.state = 'committed' ORDER BY b.number LIMIT 1`;

const restored = (column: string): string =>
  column.endsWith('_minor')
    ? `${column} = CAST(e.before_json ->> '${column}' AS INTEGER)`
    : `${column} = e.before_json ->> '${column}'`;

const RESTORE = `
  UPDATE transactions SET ${CHANGEABLE_COLUMNS.map(restored).join(', ')}, fingerprint = unhex(e.before_json ->> 'fingerprint'),
    occurrence = e.before_json ->> 'occurrence'
  FROM edits e WHERE e.number = @edit AND transactions.number = e.transaction_number`;

const BEFORE_RESTORE = [FORGET_WORDS];
const AFTER_RESTORE = [
  LEARN_WORDS,
  `UPDATE transactions SET state = 'pending' WHERE number IN (SELECT pending FROM pending_links WHERE batch = @batch)`,
  'DELETE FROM pending_links WHERE batch = @batch',
  'DELETE FROM fingerprint_aliases WHERE batch = @batch',
  'DELETE FROM edits WHERE batch = @batch',
  `INSERT INTO transaction_search (transaction_search, rowid, words) SELECT 'delete', number, words FROM transaction_words
   WHERE number IN (SELECT number FROM transactions WHERE batch = @batch)`,
  'DELETE FROM transaction_children WHERE transaction_number IN (SELECT number FROM transactions WHERE batch = @batch)',
  'DELETE FROM transactions WHERE batch = @batch',
  'DELETE FROM staged_rows WHERE batch = @batch',
  'DELETE FROM raw_blocks WHERE batch = @batch',
  'DELETE FROM balances WHERE batch = @batch',
  'DELETE FROM batch_reliance WHERE batch = @batch',
  `UPDATE batches SET state = 'undone', undone_at = @at WHERE number = @batch`,
  'UPDATE ledger_state SET generation = generation + 1',
];

export function createUndo(database: Database): Pick<BatchStore, 'revert'> {
  const keys = createKeys(database);
  const blockers = [LATER_BATCH, LATER_EDIT, LATER_CHANGE, LATER_SIGNS].map((sql) =>
    database.prepare<[object], string>(sql).pluck(),
  );
  const edits = database
    .prepare<[object], number>('SELECT number FROM edits WHERE batch = @batch ORDER BY number DESC')
    .pluck();
  const before = BEFORE_RESTORE.map((sql) => database.prepare(sql));
  const restore = database.prepare(RESTORE);
  const after = AFTER_RESTORE.map((sql) => database.prepare(sql));

  function assertNothingFollows(batchId: BatchId, batch: number): void {
    for (const blocker of blockers) {
      const by = blocker.get({ batch });
      if (by !== undefined) throw new AppError('BATCH_CHANGED_SINCE', { batch: batchId, by });
    }
  }

  return {
    revert: (batchId, { at }) => {
      const { number: batch } = keys.batch(batchId);
      assertNothingFollows(batchId, batch);
      for (const statement of before) statement.run({ batch });
      for (const edit of edits.all({ batch })) restore.run({ edit });
      for (const statement of after) statement.run({ batch, at });
    },
  };
}
