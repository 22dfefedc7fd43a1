// Schema 3 of a client's database: statements whose signs were turned round, statements that say they are empty, accounts that no source had
// named. Once shipped it never changes.
import type { Migration } from '../migrate.ts';

const STATEMENTS = `
  -- True where rows and balances stand with the opposite sign of what the source wrote.
  ALTER TABLE statements ADD COLUMN inverted INTEGER NOT NULL DEFAULT 0 CHECK (inverted IN (0, 1));
  -- The batch in which a person said which signs are right: this one, or the earlier one whose word this statement follows; null where nobody did.
  ALTER TABLE statements ADD COLUMN signs_chosen_in INTEGER REFERENCES batches (number);
  -- Who said it and when, with the statement it was said of.
  ALTER TABLE statements ADD COLUMN signs_at TEXT;
  ALTER TABLE statements ADD COLUMN signs_user_id TEXT;
  ALTER TABLE statements ADD COLUMN signs_user_name TEXT;
  -- True where the statement has no rows and says so itself.
  ALTER TABLE statements ADD COLUMN declared_empty INTEGER NOT NULL DEFAULT 0 CHECK (declared_empty IN (0, 1));
`;

/** The word that sources use for an account they do not name, as it was when this schema was made. */
const ACCOUNTS = `
  -- Its first source named no account: its identity is that of the first committed statement that a person assigned to it and that names one.
  ALTER TABLE accounts ADD COLUMN made_unnamed INTEGER NOT NULL DEFAULT 0 CHECK (made_unnamed IN (0, 1));
  UPDATE accounts SET made_unnamed = 1 WHERE source_number = 'unnamed' AND iban IS NULL;
`;

export const client0003: Migration = {
  version: 3,
  name: '0003-signs-and-names',
  up: (database) => {
    for (const part of [STATEMENTS, ACCOUNTS]) database.exec(part);
  },
};
