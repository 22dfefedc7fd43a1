// Schema 2 of a client's database: what people decide about doubtful rows, and row numbers that survive the commit. Once shipped it never changes.
import type { Migration } from '../migrate.ts';

/** A batch committed before has its new rows first, then the doubtful ones that are left. */
const NUMBERS = `
  -- Row numbers within the batch count from these: of staged rows since the batch was sealed, of ledger rows since it was committed.
  ALTER TABLE batches ADD COLUMN first_staged INTEGER;
  ALTER TABLE batches ADD COLUMN first_placed INTEGER;
  UPDATE batches SET first_placed = (SELECT min(number) FROM transactions t WHERE t.batch = batches.number) WHERE state = 'committed';
  UPDATE batches SET first_staged = (SELECT min(number) FROM staged_rows s WHERE s.batch = batches.number)
    - coalesce((SELECT max(number) - batches.first_placed + 1 FROM transactions t WHERE t.batch = batches.number), 0)
  WHERE state IN ('staged', 'committed');
`;

const DECISIONS = `
  ALTER TABLE staged_rows ADD COLUMN decision TEXT CHECK (decision IN ('same', 'separate'));
  -- In a staged batch the counterpart that the decision was about; in a committed one the ledger's row that this row is by the decision.
  ALTER TABLE staged_rows ADD COLUMN decided INTEGER;
  CREATE INDEX staged_rows_doubtful ON staged_rows (batch) WHERE kind = 'doubtful';

  -- Every word of a person on a doubtful row, also the ones taken back: decision is null where the row was opened again.
  CREATE TABLE row_decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL REFERENCES batches (number),
    row INTEGER NOT NULL,
    decision TEXT CHECK (decision IN ('same', 'separate')),
    at TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL
  ) STRICT;
  CREATE INDEX row_decisions_batch ON row_decisions (batch);
`;

export const client0002: Migration = {
  version: 2,
  name: '0002-decisions',
  up: (database) => {
    for (const part of [NUMBERS, DECISIONS]) database.exec(part);
  },
};
