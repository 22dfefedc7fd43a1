// Moves a staged batch into the ledger: set by set in SQL, in the caller's one transaction. Taking it back is client-undo.ts.
import { TlsSeen } from '../../../shared/ipc/contract/batches.ts';
import { SourceAccount } from '../../../shared/model/source.ts';
import type { BatchStore, CommitFacts, Stamp } from '../../core/ports/ledger-store.ts';
import { createDecisions } from './client-decisions.ts';
import { isUnnamed, maskOf } from './client-identity.ts';
import { asText, createKeys, DECIDED, RECORD_COLUMNS } from './client-rows.ts';
import type { Database } from './open-database.ts';

const record = (alias: string): string => RECORD_COLUMNS.map((column) => `${alias}.${column}`).join(', ');

/** New rows whose like the ledger has: their occurrence must go on where those end. */
const WITH_LIKES = `
  SELECT s.number FROM staged_rows s CROSS JOIN statements st ON st.number = s.statement
  WHERE s.batch = @batch AND s.kind = 'new' AND EXISTS (SELECT 1 FROM transactions t WHERE t.account = st.account
    AND t.booking_date = s.booking_date AND t.fingerprint = s.fingerprint AND t.source_state = s.source_state)`;

const INSERT = `INSERT INTO transactions (number, account, state, batch, statement, occurrence, ${RECORD_COLUMNS.join(', ')})`;

/**
 * The first of each kind, in the staged order and without a sort: a large batch would have to be held in memory for it. A row like one before it
 * finds its place taken.
 */
const INSERT_FIRST = `
  ${INSERT}
  SELECT s.number + @shift, st.account, s.source_state, s.batch, s.statement, 1, ${record('s')}
  FROM staged_rows s CROSS JOIN statements st ON st.number = s.statement
  WHERE s.batch = @batch AND s.kind = 'new' AND s.number NOT IN (SELECT value FROM json_each(@withLikes)) ORDER BY s.number
  ON CONFLICT (account, booking_date, fingerprint, source_state, occurrence) DO NOTHING`;

const LEFT_OUT = `
  SELECT s.number FROM staged_rows s WHERE s.batch = @batch AND s.kind = 'new'
    AND NOT EXISTS (SELECT 1 FROM transactions t WHERE t.number = s.number + @shift) ORDER BY s.number`;

/** Occurrences go on where otherwise identical rows end. */
const INSERT_FURTHER = `
  ${INSERT}
  SELECT s.number + @shift, st.account, s.source_state, s.batch, s.statement, 1 + coalesce((
      SELECT max(t.occurrence) FROM transactions t WHERE t.account = st.account AND t.booking_date = s.booking_date
        AND t.fingerprint = s.fingerprint AND t.source_state = s.source_state), 0),
    ${record('s')}
  FROM staged_rows s JOIN statements st ON st.number = s.statement WHERE s.number = @staged`;

/** New rows keep their staged order: number in the ledger = number when staged + shift, above every number ever given. */
const SHIFT = `
  SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'transactions'), 0) + 1
    - coalesce((SELECT first_staged FROM batches WHERE number = @batch), 1)`;

/** Where the batch's rows begin in the ledger, so that each keeps its number. */
const PLACE = 'UPDATE batches SET first_placed = coalesce(first_staged, 1) + @shift WHERE number = @batch';

const INSERT_CHILDREN = `
  INSERT INTO transaction_children (transaction_number, position, child_json)
  SELECT s.number + @shift, c.key, c.value FROM staged_rows s, json_each(s.children_json) c
  WHERE s.batch = @batch AND s.kind = 'new' AND s.children_json IS NOT NULL`;

const INSERT_LINKS = `
  INSERT INTO pending_links (pending, booked, batch)
  SELECT s.match, s.number + @shift, s.batch FROM staged_rows s
  WHERE s.batch = @batch AND ${DECIDED} AND s.kind = 'new'`;

const SETTLE = `
  UPDATE transactions SET state = 'removed' WHERE number IN (SELECT pending FROM pending_links WHERE batch = @batch)`;

/** Another wording of a row the ledger has: its fingerprint is remembered, so that next time it is known at once. */
const INSERT_ALIASES = `
  INSERT OR IGNORE INTO fingerprint_aliases
  SELECT t.account, s.booking_date, s.fingerprint, s.fingerprint_version, t.number, s.batch
  FROM staged_rows s JOIN transactions t ON t.number = s.match
  WHERE s.batch = @batch AND ${DECIDED} AND s.kind = 'known' AND s.source_state = t.source_state
    AND (t.fingerprint <> s.fingerprint OR t.booking_date <> s.booking_date)`;

const RELIANCE = `
  INSERT INTO batch_reliance
  SELECT s.batch, t.batch, count(*) FROM staged_rows s JOIN transactions t ON t.number = s.match
  WHERE s.batch = @batch AND ${DECIDED} AND s.kind <> 'doubtful' AND t.batch <> s.batch GROUP BY t.batch`;

/** New rows have the highest numbers. */
const INSERT_SEARCH = `
  INSERT INTO transaction_search (rowid, words) SELECT number, words FROM transaction_words
  WHERE number >= (SELECT first_placed FROM batches WHERE number = @batch)`;

const INSERT_BALANCES = `
  INSERT INTO balances (account, batch, type, date, amount_minor, currency, recorded_at)
  SELECT st.account, st.batch, b.value ->> 'type', b.value ->> 'date', CAST(b.value ->> 'amountMinor' AS INTEGER),
    b.value ->> 'currency', (SELECT created_at FROM batches WHERE number = st.batch)
  FROM statements st, json_each(st.balances_json) b WHERE st.batch = @batch AND st.account IS NOT NULL`;

const COMPLETE = 'EXISTS (SELECT 1 FROM json_each(b.complete_json) c WHERE c.value = st.resource_id)';

/** Only resources whose answers were complete say how far the account is complete, and only as far as their last booked day. */
const INSERT_SOURCES = `
  INSERT INTO account_sources (account, batch, connection_id, resource_id, complete_through, as_of)
  SELECT st.account, st.batch, b.connection_id, max(st.resource_id), max(CASE WHEN ${COMPLETE} THEN st.last_booked END),
    max(CASE WHEN b.kind = 'file' THEN min(b.created_at, coalesce(st.closing_date, st.to_date, st.last_booked) || 'T23:59:59.999Z')
      WHEN ${COMPLETE} THEN b.created_at END)
  FROM statements st JOIN batches b ON b.number = st.batch
  WHERE st.batch = @batch AND st.account IS NOT NULL GROUP BY st.account`;

const FACTS = `
  SELECT b.payload_sha256 AS payloadSha256, b.payload_bytes AS payloadBytes, b.reader, b.tls_json AS tls,
    (SELECT min(coalesce(st.from_date, st.first_booked)) FROM statements st WHERE st.batch = b.number) AS "from",
    (SELECT max(coalesce(st.to_date, st.last_booked)) FROM statements st WHERE st.batch = b.number) AS "to"
  FROM batches b WHERE b.number = @batch`;

/** A doubtful row counts as what it was decided to be. */
const COUNTS = `
  SELECT coalesce(sum(new_count), 0) + d.separate AS new, coalesce(sum(known_count), 0) + d.same AS known,
    coalesce(sum(changed_count), 0) AS changed, coalesce(sum(doubtful_count), 0) - d.separate - d.same AS doubtful
  FROM statements, (
    SELECT coalesce(sum(decision = 'separate'), 0) AS separate, coalesce(sum(decision = 'same'), 0) AS same
    FROM staged_rows WHERE batch = @batch AND kind = 'doubtful'
  ) d WHERE statements.batch = @batch`;

const SUMS = `
  SELECT currency, ${asText('sum(amount_minor)')} AS amountMinor FROM transactions WHERE batch = @batch AND source_state = 'booked'
  GROUP BY currency ORDER BY currency`;

/** Doubtful rows stay for the review; raw blocks stay where a row still points at them. */
const TIDY = [
  `DELETE FROM staged_rows WHERE batch = @batch AND kind <> 'doubtful'`,
  `DELETE FROM raw_blocks WHERE batch = @batch AND number NOT IN (
     SELECT raw_block FROM transactions WHERE batch = @batch UNION SELECT raw_block FROM staged_rows WHERE batch = @batch
     UNION SELECT t.raw_block FROM edits e JOIN transactions t ON t.number = e.transaction_number WHERE e.batch = @batch)`,
  `UPDATE batches SET state = 'committed' WHERE number = @batch`,
  'UPDATE ledger_state SET generation = generation + 1',
];

/** Columns a later delivery of a row may change, and by which an edit restores it. */
export const CHANGEABLE_COLUMNS = [
  'booking_date',
  'value_date',
  'transaction_date',
  'amount_minor',
  'description',
  'counterparty',
  'counterparty_account',
  'end_to_end_id',
  'source_id',
  'bank_code',
  'balance_after_minor',
  'raw_amount',
  'raw_sign',
  'raw_block',
  'raw_position',
] as const;

/** A row's changeable columns as one JSON text; amounts as text and the fingerprint as hex, so that nothing is rounded. */
export function snapshotOf(alias: string): string {
  const pairs = CHANGEABLE_COLUMNS.map((column) =>
    column.endsWith('_minor') ? `'${column}', ${asText(`${alias}.${column}`)}` : `'${column}', ${alias}.${column}`,
  );
  return `json_object(${pairs.join(', ')}, 'fingerprint', hex(${alias}.fingerprint))`;
}

const EDITS = `
  INSERT INTO edits (transaction_number, batch, at, user_id, user_name, before_json, after_json)
  SELECT t.number, s.batch, @at, @userId, @userName,
    json_set(${snapshotOf('t')}, '$.occurrence', t.occurrence), ${snapshotOf('s')}
  FROM staged_rows s JOIN transactions t ON t.number = s.match WHERE s.batch = @batch AND ${DECIDED} AND s.kind = 'changed' ORDER BY s.number`;

/** The wording before the change stays findable: the old file imported again is known. */
const OLD_WORDING = `
  INSERT OR IGNORE INTO fingerprint_aliases
  SELECT t.account, t.booking_date, t.fingerprint, t.fingerprint_version, t.number, s.batch
  FROM staged_rows s JOIN transactions t ON t.number = s.match WHERE s.batch = @batch AND ${DECIDED} AND s.kind = 'changed'`;

export const FORGET_WORDS = `
  INSERT INTO transaction_search (transaction_search, rowid, words) SELECT 'delete', number, words FROM transaction_words
  WHERE number IN (SELECT transaction_number FROM edits WHERE batch = @batch)`;
export const LEARN_WORDS = `
  INSERT INTO transaction_search (rowid, words) SELECT number, words FROM transaction_words
  WHERE number IN (SELECT transaction_number FROM edits WHERE batch = @batch)`;

const CHANGE = `
  UPDATE transactions SET ${CHANGEABLE_COLUMNS.map((column) => `${column} = s.${column}`).join(', ')}, fingerprint = s.fingerprint,
    fingerprint_version = s.fingerprint_version,
    occurrence = 1 + coalesce((SELECT max(o.occurrence) FROM transactions o WHERE o.account = transactions.account
      AND o.booking_date = s.booking_date AND o.fingerprint = s.fingerprint AND o.source_state = transactions.source_state), 0)
  FROM staged_rows s WHERE s.number = @staged AND transactions.number = s.match`;

function createChanges(database: Database): (batch: number, stamp: Stamp) => void {
  const changed = database
    .prepare<[object], number>(
      `SELECT number FROM staged_rows WHERE batch = @batch AND ${DECIDED} AND kind = 'changed' ORDER BY number`,
    )
    .pluck();
  const before = [EDITS, OLD_WORDING, FORGET_WORDS].map((sql) => database.prepare(sql));
  const change = database.prepare(CHANGE);
  const learn = database.prepare(LEARN_WORDS);
  return (batch, stamp) => {
    const rows = changed.all({ batch });
    if (rows.length === 0) return;
    for (const statement of before) statement.run({ batch, ...stamp });
    for (const staged of rows) change.run({ staged });
    learn.run({ batch });
  };
}

type FactsRow = Omit<CommitFacts, 'tls' | 'counts' | 'sums'> & { readonly tls: string | null };

function createFacts(database: Database): (batch: number) => CommitFacts {
  const facts = database.prepare<[object], FactsRow>(FACTS);
  const counts = database.prepare<[object], CommitFacts['counts']>(COUNTS);
  const sums = database.prepare<[object], CommitFacts['sums'][number]>(SUMS);
  return (batch) => {
    const row = facts.get({ batch });
    const count = counts.get({ batch });
    if (!row || !count) throw new TypeError('a batch has facts');
    const tls = row.tls === null ? null : TlsSeen.parse(JSON.parse(row.tls));
    return { ...row, tls, counts: count, sums: sums.all({ batch }) };
  };
}

const NEW_ACCOUNTS = `
  SELECT st.new_account_key AS key, st.source_account_json AS account, coalesce(json_extract(st.source_account_json, '$.currency'), (
    SELECT currency FROM staged_rows r WHERE r.batch = st.batch AND r.statement = st.number ORDER BY r.number LIMIT 1)) AS currency
  FROM statements st WHERE st.batch = ? AND st.account IS NULL AND st.new_account_key IS NOT NULL
  GROUP BY st.new_account_key HAVING st.number = min(st.number) ORDER BY st.number`;

const CREATE_ACCOUNT = `
  INSERT INTO accounts (id, iban, institution, source_number, number_mask, currency, kind, name, created_at, created_by, made_unnamed)
  VALUES (@id, @iban, @institution, @sourceNumber, @numberMask, @currency, @kind, @name, @createdAt, @batch, @unnamed)`;

/** A file's name without its path and ending. */
function titleOf(fileName: string | undefined): string {
  const last = fileName?.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/\.[^.]{1,5}$/, '') || last;
}

function createAccounts(database: Database): Pick<BatchStore, 'newAccounts' | 'createAccount'> {
  const keys = createKeys(database);
  const missing = database.prepare<[number], { key: string; account: string; currency: string | null }>(NEW_ACCOUNTS);
  const insert = database.prepare(CREATE_ACCOUNT);
  const source = database.prepare<[number], string>('SELECT source FROM batches WHERE number = ?').pluck();
  const assign = database.prepare('UPDATE statements SET account = ? WHERE batch = ? AND new_account_key = ?');
  return {
    newAccounts: (batchId) =>
      missing
        .all(keys.batch(batchId).number)
        .flatMap(({ key, account, currency }) =>
          currency === null ? [] : [{ key, account: SourceAccount.parse(JSON.parse(account)), currency }],
        ),
    createAccount: (batchId, key, { id, account, currency, createdAt }) => {
      const batch = keys.batch(batchId).number;
      const { iban, institution, kind } = account;
      const unnamed = isUnnamed(account);
      const numberMask = maskOf(account);
      const name = account.name ?? (unnamed ? titleOf(source.get(batch)) : `${institution ?? ''} ${numberMask}`.trim());
      const sourceNumber = account.id;
      const row = { id, iban, institution, sourceNumber, numberMask, currency, kind, name, createdAt, batch };
      const { lastInsertRowid } = insert.run({ ...row, unnamed: unnamed ? 1 : 0 });
      assign.run(lastInsertRowid, batch, key);
    },
  };
}

interface Move {
  readonly batch: number;
  readonly shift: number | undefined;
}

/** New rows become rows of the ledger. */
function createInsert(database: Database): (move: Move) => void {
  const withLikes = database.prepare<[Move], number>(WITH_LIKES).pluck();
  const insertFirst = database.prepare(INSERT_FIRST);
  const leftOut = database.prepare<[Move], number>(LEFT_OUT).pluck();
  const insertFurther = database.prepare(INSERT_FURTHER);
  return (move) => {
    insertFirst.run({ ...move, withLikes: JSON.stringify(withLikes.all(move)) });
    for (const staged of leftOut.all(move)) insertFurther.run({ staged, shift: move.shift });
  };
}

/** The writing half of a commit. */
export function createCommit(database: Database): Pick<BatchStore, 'newAccounts' | 'createAccount' | 'apply'> {
  const keys = createKeys(database);
  const place = database.prepare(PLACE);
  const insert = createInsert(database);
  const steps = [INSERT_CHILDREN, INSERT_LINKS, SETTLE, INSERT_ALIASES, RELIANCE, INSERT_SEARCH];
  const applied = [...steps, INSERT_BALANCES, INSERT_SOURCES].map((sql) => database.prepare(sql));
  const shift = database.prepare<[object], number>(SHIFT).pluck();
  const tidy = TIDY.map((sql) => database.prepare(sql));
  const change = createChanges(database);
  const facts = createFacts(database);
  const decisions = createDecisions(database);
  return {
    ...createAccounts(database),
    apply: (batchId, stamp) => {
      const { number: batch } = keys.batch(batchId);
      const move = { batch, shift: shift.get({ batch }) };
      place.run(move);
      insert(move);
      for (const statement of applied) statement.run(move);
      change(batch, stamp);
      decisions.apply(batch);
      const result = facts(batch);
      for (const statement of tidy) statement.run({ batch });
      return result;
    },
  };
}
