// Schema 1 of a client's database: accounts, statements, batches, transactions with their provenance, search, audit log. Once shipped it never changes.
import { createAuditTableV1 } from '../audit-table.ts';
import type { Migration } from '../migrate.ts';

const ACCOUNTS = `
  -- Identity: IBAN, or institution + the source's own number + currency. It outlives every connection. The lower half is derived: each
  -- commit and undo recomputes it in its own transaction.
  CREATE TABLE accounts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    iban TEXT,
    institution TEXT,
    source_number TEXT NOT NULL,
    number_mask TEXT NOT NULL,
    currency TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('current', 'savings', 'card', 'loan', 'other')),
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    booked_minor INTEGER NOT NULL DEFAULT 0,
    booked_count INTEGER NOT NULL DEFAULT 0,
    pending_minor INTEGER NOT NULL DEFAULT 0,
    pending_count INTEGER NOT NULL DEFAULT 0,
    data_as_of TEXT,
    proof_json TEXT
  ) STRICT;

  -- What a batch brought for an account and how far it is complete.
  CREATE TABLE account_sources (
    account INTEGER NOT NULL REFERENCES accounts (number),
    batch INTEGER NOT NULL REFERENCES batches (number),
    connection_id TEXT,
    resource_id TEXT,
    -- Last booked day of a complete answer of that connection; null where the answer was not complete.
    complete_through TEXT,
    -- Up to when the account's figures are current by this batch; null where the answer was not complete.
    as_of TEXT,
    PRIMARY KEY (account, batch)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX account_sources_batch ON account_sources (batch);

  CREATE TABLE balances (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES accounts (number),
    batch INTEGER NOT NULL REFERENCES batches (number),
    type TEXT NOT NULL,
    date TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    recorded_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX balances_account ON balances (account, date);
  CREATE INDEX balances_batch ON balances (batch);

  -- Booked sum of each day that has a booking; derived from transactions like the lower half of accounts.
  CREATE TABLE account_days (
    account INTEGER NOT NULL REFERENCES accounts (number),
    booking_date TEXT NOT NULL,
    booked_minor INTEGER NOT NULL,
    booked_count INTEGER NOT NULL,
    PRIMARY KEY (account, booking_date)
  ) STRICT, WITHOUT ROWID;
`;

const BATCHES = `
  -- Counts commits and undos: a diff matched at an earlier generation is matched again before it commits.
  CREATE TABLE ledger_state (only INTEGER PRIMARY KEY CHECK (only = 1), generation INTEGER NOT NULL) STRICT;
  INSERT INTO ledger_state VALUES (1, 0);

  -- 'open' is still being staged; it is dropped when the database is next opened.
  CREATE TABLE batches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('open', 'staged', 'committed', 'undone')),
    kind TEXT NOT NULL CHECK (kind IN ('connection', 'file')),
    source TEXT NOT NULL,
    connection_id TEXT,
    reader TEXT NOT NULL,
    created_at TEXT NOT NULL,
    payload_sha256 TEXT,
    payload_bytes INTEGER,
    tls_json TEXT,
    complete_json TEXT NOT NULL DEFAULT '[]',
    warnings_json TEXT NOT NULL DEFAULT '[]',
    matched_generation INTEGER,
    undone_at TEXT
  ) STRICT;

  CREATE TABLE statements (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL REFERENCES batches (number),
    position INTEGER NOT NULL,
    resource_id TEXT,
    source_account_json TEXT NOT NULL,
    statement_id TEXT,
    -- How the account was found; 'ambiguous' waits for a person, 'new' makes an account at commit, one a new_account_key.
    resolution TEXT NOT NULL DEFAULT 'open' CHECK (resolution IN ('open', 'identity', 'chosen', 'new', 'ambiguous')),
    account INTEGER REFERENCES accounts (number),
    new_account_key TEXT,
    from_date TEXT,
    to_date TEXT,
    opening_minor INTEGER,
    opening_date TEXT,
    closing_minor INTEGER,
    closing_date TEXT,
    balances_json TEXT NOT NULL DEFAULT '[]',
    rows INTEGER NOT NULL DEFAULT 0,
    booked_minor INTEGER NOT NULL DEFAULT 0,
    first_booked TEXT,
    last_booked TEXT,
    proof TEXT NOT NULL DEFAULT 'absent' CHECK (proof IN ('pass', 'fail', 'absent')),
    new_count INTEGER NOT NULL DEFAULT 0,
    known_count INTEGER NOT NULL DEFAULT 0,
    changed_count INTEGER NOT NULL DEFAULT 0,
    doubtful_count INTEGER NOT NULL DEFAULT 0,
    UNIQUE (batch, position)
  ) STRICT;
  CREATE INDEX statements_account ON statements (account);

  -- The source's own records, a slice at a time: a JSON array of strings, raw deflate (RFC 1951).
  CREATE TABLE raw_blocks (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL REFERENCES batches (number),
    records BLOB NOT NULL
  ) STRICT;
  CREATE INDEX raw_blocks_batch ON raw_blocks (batch);

  CREATE TABLE receipts (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    batch INTEGER NOT NULL UNIQUE REFERENCES batches (number),
    receipt_json TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER receipts_never_deleted BEFORE DELETE ON receipts
    BEGIN SELECT RAISE(ABORT, 'receipts only grow'); END;
  CREATE TRIGGER receipts_never_changed BEFORE UPDATE ON receipts
    BEGIN SELECT RAISE(ABORT, 'receipts only grow'); END;

  -- Batch counted on rows that another batch brought: that one can't be undone before this one.
  CREATE TABLE batch_reliance (
    batch INTEGER NOT NULL REFERENCES batches (number),
    relies_on INTEGER NOT NULL REFERENCES batches (number),
    rows INTEGER NOT NULL,
    PRIMARY KEY (batch, relies_on)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX batch_reliance_on ON batch_reliance (relies_on);
`;

/** What staged rows and transactions have in common. Dates are calendar dates as text, amounts minor units, plus is money in. */
const RECORD = `
    source_state TEXT NOT NULL CHECK (source_state IN ('pending', 'booked')),
    description TEXT NOT NULL,
    counterparty TEXT,
    counterparty_account TEXT,
    end_to_end_id TEXT,
    source_id TEXT,
    bank_code TEXT,
    value_date TEXT,
    transaction_date TEXT,
    exponent INTEGER NOT NULL CHECK (exponent BETWEEN 0 AND 4),
    raw_amount TEXT NOT NULL,
    raw_sign TEXT,
    foreign_amount_minor INTEGER,
    foreign_currency TEXT,
    foreign_exponent INTEGER,
    foreign_rate TEXT,
    balance_after_minor INTEGER,
    children INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    fingerprint_version INTEGER NOT NULL,
    raw_block INTEGER NOT NULL,
    raw_position INTEGER NOT NULL`;

const TRANSACTIONS = `
  CREATE TABLE staged_rows (
    number INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT 'new' CHECK (kind IN ('new', 'known', 'changed', 'doubtful')),
    reason TEXT NOT NULL DEFAULT 'no-match',
    match INTEGER,
    booking_date TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    children_json TEXT,
    ${RECORD}
  ) STRICT;
  -- Small where a batch is mostly new: what touches decided rows or details alone need not read all.
  CREATE INDEX staged_rows_decided ON staged_rows (batch) WHERE kind <> 'new' OR match IS NOT NULL;
  CREATE INDEX staged_rows_children ON staged_rows (batch) WHERE children_json IS NOT NULL;

  -- Occurrence n counts otherwise identical rows of a day from 1. 'removed' is a pending row that was settled, or a row excluded with a reason.
  CREATE TABLE transactions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES accounts (number),
    booking_date TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'booked', 'removed')),
    batch INTEGER NOT NULL REFERENCES batches (number),
    statement INTEGER NOT NULL,
    occurrence INTEGER NOT NULL,
    ${RECORD}
  ) STRICT;
  CREATE UNIQUE INDEX transactions_identity
    ON transactions (account, booking_date, fingerprint, source_state, occurrence);
  CREATE INDEX transactions_batch ON transactions (batch);
  CREATE INDEX transactions_pending ON transactions (account, booking_date) WHERE state = 'pending';

  -- Details of a batch booking: they explain the row above and never count.
  CREATE TABLE transaction_children (
    transaction_number INTEGER NOT NULL REFERENCES transactions (number),
    position INTEGER NOT NULL,
    child_json TEXT NOT NULL,
    PRIMARY KEY (transaction_number, position)
  ) STRICT, WITHOUT ROWID;

  -- Other fingerprints under which a source once showed the row: earlier wordings, another provider's.
  CREATE TABLE fingerprint_aliases (
    account INTEGER NOT NULL REFERENCES accounts (number),
    booking_date TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    fingerprint_version INTEGER NOT NULL,
    transaction_number INTEGER NOT NULL REFERENCES transactions (number),
    batch INTEGER NOT NULL REFERENCES batches (number),
    PRIMARY KEY (account, booking_date, fingerprint, transaction_number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX fingerprint_aliases_transaction ON fingerprint_aliases (transaction_number);
  CREATE INDEX fingerprint_aliases_batch ON fingerprint_aliases (batch);

  -- The pending row keeps its own record; its booked successor stands beside it.
  CREATE TABLE pending_links (
    pending INTEGER PRIMARY KEY REFERENCES transactions (number),
    booked INTEGER NOT NULL UNIQUE REFERENCES transactions (number),
    batch INTEGER NOT NULL REFERENCES batches (number)
  ) STRICT;
  CREATE INDEX pending_links_batch ON pending_links (batch);

  -- Every later change of a row with who and when; batch is null for a person's own edit.
  CREATE TABLE edits (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    transaction_number INTEGER NOT NULL REFERENCES transactions (number),
    batch INTEGER REFERENCES batches (number),
    at TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX edits_transaction ON edits (transaction_number);
  CREATE INDEX edits_batch ON edits (batch);

  -- "Exclude with reason": the row stays and keeps its identity, so that no source brings it back.
  CREATE TABLE tombstones (
    transaction_number INTEGER PRIMARY KEY REFERENCES transactions (number),
    previous_state TEXT NOT NULL CHECK (previous_state IN ('pending', 'booked')),
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL
  ) STRICT;
`;

const SEARCH = `
  CREATE VIEW transaction_words (number, words) AS
    SELECT number, description || ' ' || coalesce(counterparty, '') || ' ' || coalesce(counterparty_account, '') || ' ' ||
      coalesce(end_to_end_id, '') || ' ' || coalesce(source_id, '')
    FROM transactions;
  CREATE VIRTUAL TABLE transaction_search USING fts5 (
    words, content = 'transaction_words', content_rowid = 'number', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
  );
`;

export const client0001: Migration = {
  version: 1,
  name: '0001-ledger',
  up: (database) => {
    for (const part of [ACCOUNTS, BATCHES, TRANSACTIONS, SEARCH]) database.exec(part);
    createAuditTableV1(database);
  },
};
