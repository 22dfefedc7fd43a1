// A person's word on doubtful rows: kept with the staged row, put into the ledger or taken out of it. Which rows are doubtful is decided elsewhere.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { DiffRow } from '../../../shared/ipc/contract/batches.ts';
import type { AccountId, BatchId } from '../../../shared/model/ids.ts';
import type { BatchStore, Stamp } from '../../core/ports/ledger-store.ts';
import { createKeys, RECORD_COLUMNS } from './client-rows.ts';
import type { Database } from './open-database.ts';

type Decision = DiffRow['decision'];

/**
 * The ledger's row a staged row `s` of batch `b` and statement `st` is compared with. After the commit an equal row may have come in another
 * batch: then the question is whether it is that one.
 */
export const COUNTERPART = `
  CASE WHEN s.decision = 'same' THEN s.decided WHEN s.kind = 'doubtful' AND b.state = 'committed' THEN coalesce((
    SELECT min(t.number) FROM transactions t WHERE t.account = st.account AND t.booking_date = s.booking_date
      AND t.fingerprint = s.fingerprint AND t.source_state = s.source_state AND t.batch <> s.batch AND t.number >= b.first_placed), s.match)
  ELSE s.match END`;

/** A doubtful row with its counterpart, where that one still exists. */
const DOUBTFUL = `
  SELECT d.staged, d.decision, d.decided, d.accountId, t.number AS counterpart FROM (
    SELECT s.number AS staged, s.decision, s.decided, a.id AS accountId, ${COUNTERPART} AS counterpart
    FROM staged_rows s JOIN batches b ON b.number = s.batch JOIN statements st ON st.number = s.statement
      LEFT JOIN accounts a ON a.number = st.account
    WHERE s.batch = @batch AND s.kind = 'doubtful' AND b.first_staged + @row - 1 = s.number
  ) d LEFT JOIN transactions t ON t.number = d.counterpart`;

const INSERT_ROW = `
  INSERT INTO transactions (account, state, batch, statement, occurrence, ${RECORD_COLUMNS.join(', ')})
  SELECT st.account, s.source_state, s.batch, s.statement, 1 + coalesce((
      SELECT max(t.occurrence) FROM transactions t WHERE t.account = st.account AND t.booking_date = s.booking_date
        AND t.fingerprint = s.fingerprint AND t.source_state = s.source_state), 0),
    ${RECORD_COLUMNS.map((column) => `s.${column}`).join(', ')}
  FROM staged_rows s JOIN statements st ON st.number = s.statement WHERE s.number = @staged`;

const INSERT_CHILDREN = `
  INSERT INTO transaction_children (transaction_number, position, child_json)
  SELECT @placed, c.key, c.value FROM staged_rows s, json_each(s.children_json) c
  WHERE s.number = @staged AND s.children_json IS NOT NULL`;

const INSERT_WORDS = `
  INSERT INTO transaction_search (rowid, words) SELECT number, words FROM transaction_words WHERE number = @placed`;

/** Taken out again in this order. */
const REMOVE_ROW = [
  `INSERT INTO transaction_search (transaction_search, rowid, words)
   SELECT 'delete', number, words FROM transaction_words WHERE number = @placed`,
  'DELETE FROM transaction_children WHERE transaction_number = @placed',
  'DELETE FROM transactions WHERE number = @placed',
];

/** A booked row is called the same as a pending one only where that is excluded. */
const INSERT_ALIAS = `
  INSERT OR IGNORE INTO fingerprint_aliases
  SELECT t.account, s.booking_date, s.fingerprint, s.fingerprint_version, t.number, s.batch
  FROM staged_rows s JOIN transactions t ON t.number = @placed
    LEFT JOIN tombstones x ON x.transaction_number = t.number
  WHERE s.number = @staged AND (s.source_state = t.source_state OR x.transaction_number IS NOT NULL)
    AND (t.fingerprint <> s.fingerprint OR t.booking_date <> s.booking_date OR t.source_state <> s.source_state)`;

const REMOVE_ALIAS = `
  DELETE FROM fingerprint_aliases WHERE transaction_number = @placed AND EXISTS (
    SELECT 1 FROM staged_rows s WHERE s.number = @staged AND s.batch = fingerprint_aliases.batch
      AND s.booking_date = fingerprint_aliases.booking_date AND s.fingerprint = fingerprint_aliases.fingerprint)`;

/** Unlike an upsert's WHERE, the SELECT's own keeps its condition before ON CONFLICT unambiguous. @see https://www.sqlite.org/lang_upsert.html §2.2 */
const RELY = `
  INSERT INTO batch_reliance SELECT s.batch, t.batch, 1 FROM staged_rows s JOIN transactions t ON t.number = @placed
  WHERE s.number = @staged AND t.batch <> s.batch
  ON CONFLICT (batch, relies_on) DO UPDATE SET rows = rows + 1`;

const UNRELY = [
  `UPDATE batch_reliance SET rows = rows - 1 WHERE batch = (SELECT batch FROM staged_rows WHERE number = @staged)
     AND relies_on = (SELECT batch FROM transactions WHERE number = @placed)`,
  'DELETE FROM batch_reliance WHERE rows = 0',
];

/** What counts on a row that a decision placed: a batch committed after it, or a person's own change. */
const COUNTED_ON = `
  SELECT b.source FROM transactions t JOIN batch_reliance r ON r.relies_on = t.batch JOIN batches b ON b.number = r.batch
  WHERE t.number = @placed AND b.state = 'committed' AND b.first_placed > t.number
  UNION ALL SELECT 'edit' FROM edits WHERE transaction_number = @placed
  UNION ALL SELECT 'exclusion' FROM tombstones WHERE transaction_number = @placed
  LIMIT 1`;

const NOTE = `
  INSERT INTO row_decisions (batch, row, decision, at, user_id, user_name) VALUES (@batch, @row, @decision, @at, @userId, @userName)`;

interface Doubtful {
  readonly staged: number;
  readonly decision: Decision;
  readonly decided: number | null;
  readonly accountId: AccountId | null;
  readonly counterpart: number | null;
}

interface Effect {
  readonly staged: number;
  readonly placed: number;
}

export interface Decisions {
  readonly decide: BatchStore['decide'];
  /** Gives the decisions of a batch that is being committed their effect. */
  apply(batch: number): void;
}

function prepareAll(database: Database, sqls: readonly string[]): (parameters: object) => void {
  const statements = sqls.map((sql) => database.prepare(sql));
  return (parameters) => {
    for (const statement of statements) statement.run(parameters);
  };
}

/** What decisions do to the ledger. */
function createEffects(database: Database) {
  const insert = database.prepare(INSERT_ROW);
  const complete = prepareAll(database, [INSERT_CHILDREN, INSERT_WORDS]);
  const remember = prepareAll(database, [INSERT_ALIAS, RELY]);
  const forget = prepareAll(database, [REMOVE_ALIAS, ...UNRELY]);
  const remove = prepareAll(database, REMOVE_ROW);
  const keep = database.prepare('UPDATE staged_rows SET decided = @placed WHERE number = @staged');
  const countedOn = database.prepare<[object], string>(COUNTED_ON).pluck();
  return {
    separate: (staged: number): void => {
      const placed = Number(insert.run({ staged }).lastInsertRowid);
      complete({ staged, placed });
      keep.run({ staged, placed });
    },
    same: (effect: Effect): void => {
      remember(effect);
      keep.run(effect);
    },
    countedOn: (placed: number): string | undefined => countedOn.get({ placed }),
    takeBack: (effect: Effect, decision: NonNullable<Decision>): void => {
      if (decision === 'separate') remove(effect);
      else forget(effect);
    },
  };
}

function assertCounterpart(batchId: BatchId, { counterpart }: Doubtful, decision: Decision): void {
  if (decision === 'same' && counterpart === null)
    throw new AppError('BATCH_CHANGED_SINCE', { batch: batchId, by: 'undo' });
}

/** Doubtful rows with what was said of them. */
function createRows(database: Database) {
  const keys = createKeys(database);
  const doubtful = database.prepare<[object], Doubtful>(DOUBTFUL);
  const mark = database.prepare(
    'UPDATE staged_rows SET decision = @decision, decided = @decided WHERE number = @staged',
  );
  return {
    batch: (batchId: BatchId) => keys.batch(batchId),
    find: (batchId: BatchId, row: number): Doubtful => {
      const found = doubtful.get({ batch: keys.batch(batchId).number, row });
      if (!found) throw new AppError('BATCH_ROW_NOT_DOUBTFUL', { batch: batchId, row: String(row) });
      return found;
    },
    mark: (row: Pick<Doubtful, 'staged' | 'decision' | 'decided'>): void => void mark.run(row),
  };
}

type Effects = ReturnType<typeof createEffects>;
type Rows = ReturnType<typeof createRows>;

/** In a committed batch the word counts at once: what was said before is taken back first. */
function createDecideNow(database: Database, rows: Rows, effects: Effects): BatchDecision {
  const moveOn = database.prepare('UPDATE ledger_state SET generation = generation + 1');

  function reopen(batchId: BatchId, { staged, decision, decided }: Doubtful): void {
    if (decision === null || decided === null) return;
    const by = decision === 'separate' ? effects.countedOn(decided) : undefined;
    if (by !== undefined) throw new AppError('BATCH_CHANGED_SINCE', { batch: batchId, by });
    effects.takeBack({ staged, placed: decided }, decision);
    rows.mark({ staged, decision: null, decided: null });
  }

  return (batchId, row, decision) => {
    reopen(batchId, rows.find(batchId, row));
    const open = rows.find(batchId, row);
    assertCounterpart(batchId, open, decision);
    const { staged, counterpart } = open;
    rows.mark({ staged, decision, decided: null });
    if (decision === 'separate') effects.separate(staged);
    else if (decision === 'same' && counterpart !== null) effects.same({ staged, placed: counterpart });
    moveOn.run();
  };
}

type BatchDecision = (batchId: BatchId, row: number, decision: Decision) => void;

/** In a staged batch the word waits for the commit, with the counterpart that it is about. */
function createDecideLater(rows: Rows): BatchDecision {
  return (batchId, row, decision) => {
    const found = rows.find(batchId, row);
    assertCounterpart(batchId, found, decision);
    rows.mark({ staged: found.staged, decision, decided: decision === null ? null : found.counterpart });
  };
}

type Decided = Effect & { readonly decision: NonNullable<Decision> };

export function createDecisions(database: Database): Decisions {
  const rows = createRows(database);
  const effects = createEffects(database);
  const [now, later] = [createDecideNow(database, rows, effects), createDecideLater(rows)];
  const note = database.prepare(NOTE);
  const decidedOf = database.prepare<[number], Decided>(
    `SELECT number AS staged, decision, decided AS placed FROM staged_rows
     WHERE batch = ? AND kind = 'doubtful' AND decision IS NOT NULL ORDER BY number`,
  );
  return {
    decide: (batchId, { number: row, decision }, stamp: Stamp) => {
      const { number: batch, state } = rows.batch(batchId);
      const found = rows.find(batchId, row);
      if (found.decision === decision) return null;
      const decideIt = state === 'committed' ? now : later;
      decideIt(batchId, row, decision);
      note.run({ batch, row, decision, ...stamp });
      return state === 'committed' ? found.accountId : null;
    },
    apply: (batch) => {
      for (const { decision, ...effect } of decidedOf.all(batch)) {
        if (decision === 'separate') effects.separate(effect.staged);
        else effects.same(effect);
      }
    },
  };
}
