// Batches of a client's database as they are shown: summaries with their statements, diff pages, receipts. Changing the ledger is client-commit.ts.
import { AppError } from '../../../shared/errors/app-error.ts';
import { BatchSummary, Receipt, type BatchStatement } from '../../../shared/ipc/contract/batches.ts';
import type { AccountId, ClientId } from '../../../shared/model/ids.ts';
import { SourceAccount } from '../../../shared/model/source.ts';
import type { BatchStore } from '../../core/ports/ledger-store.ts';
import { createDiff } from './client-diff.ts';
import { asText } from './client-rows.ts';
import type { Database } from './open-database.ts';

interface BatchTableRow {
  readonly number: number;
  readonly id: string;
  readonly state: string;
  readonly kind: string;
  readonly source: string;
  readonly reader: string;
  readonly connectionId: string | null;
  readonly createdAt: string;
  readonly warnings: string;
  readonly receipt: string | null;
  readonly undecided: number;
}

type StatementTableRow = Omit<BatchStatement, 'account' | 'counts' | 'inverted' | 'first'> & {
  readonly account: string;
  readonly resolution: string;
  readonly inverted: number;
  readonly first: number;
} & BatchStatement['counts'];

const BATCHES = `
  SELECT b.number, b.id, b.state, b.kind, b.source, b.reader, b.connection_id AS connectionId, b.created_at AS createdAt,
    b.warnings_json AS warnings, r.receipt_json AS receipt, (
      SELECT count(*) FROM staged_rows s WHERE s.batch = b.number AND s.kind = 'doubtful' AND s.decision IS NULL) AS undecided
  FROM batches b LEFT JOIN receipts r ON r.batch = b.number WHERE b.state <> 'open'`;

const UNDECIDED = `b.number IN (
    SELECT s.batch FROM staged_rows s WHERE s.kind = 'doubtful' AND s.decision IS NULL) AND b.state IN ('staged', 'committed')`;

/** No batch committed before statement `st`'s own brought its account rows; of an ambiguous statement nothing is known. */
const FIRST = `st.resolution <> 'ambiguous' AND NOT EXISTS (
      SELECT 1 FROM statements o JOIN batches ob ON ob.number = o.batch
      WHERE o.account = st.account AND o.batch <> st.batch AND o.rows > 0 AND ob.state = 'committed'
        AND (b.first_placed IS NULL OR ob.first_placed < b.first_placed))`;

/** Whose word the signs of statement `st` follow. */
const SIGNS = `CASE st.signs_chosen_in WHEN st.batch THEN 'chosen' ELSE iif(st.signs_chosen_in IS NULL, 'source', 'remembered') END`;

const STATEMENTS = `
  SELECT st.position AS "index", st.source_account_json AS account, a.id AS accountId, coalesce(a.name, '') AS accountName,
    st.from_date AS "from", st.to_date AS "to", st.rows, ${asText('st.opening_minor')} AS openingMinor,
    ${asText('st.closing_minor')} AS closingMinor, ${asText('st.booked_minor')} AS bookedMinor, st.proof, st.resolution,
    st.inverted, ${SIGNS} AS signs, ${FIRST} AS first, st.new_count AS new, st.known_count AS known, st.changed_count AS changed, st.doubtful_count AS doubtful
  FROM statements st JOIN batches b ON b.number = st.batch LEFT JOIN accounts a ON a.number = st.account
  WHERE st.batch = ? ORDER BY st.position`;

type Sums = BatchStatement['counts'];

function addCounts(statements: readonly { readonly counts: Sums }[]): Sums {
  const sum = { new: 0, known: 0, changed: 0, doubtful: 0 };
  for (const { counts } of statements) {
    sum.new += counts.new;
    sum.known += counts.known;
    sum.changed += counts.changed;
    sum.doubtful += counts.doubtful;
  }
  return sum;
}

function toStatement(row: StatementTableRow): BatchStatement {
  const { new: added, known, changed, doubtful, resolution, inverted, first, ...rest } = row;
  const account = SourceAccount.parse(JSON.parse(row.account));
  const counts = { new: added, known, changed, doubtful };
  const accountName = row.accountName || (account.name ?? account.id);
  const ambiguous = resolution === 'ambiguous';
  return { ...rest, account, accountName, ambiguous, counts, inverted: inverted === 1, first: first === 1 };
}

type Reading = Pick<
  BatchStore,
  | 'list'
  | 'staged'
  | 'undecided'
  | 'get'
  | 'diff'
  | 'doubts'
  | 'accountsOf'
  | 'lastReceiptHash'
  | 'saveReceipt'
  | 'receipts'
>;

/** The hash before a client's first receipt. */
const NO_RECEIPT = '0'.repeat(64);

function createReceipts(database: Database): Pick<Reading, 'lastReceiptHash' | 'saveReceipt' | 'receipts'> {
  const last = database.prepare<[], string>('SELECT hash FROM receipts ORDER BY sequence DESC LIMIT 1').pluck();
  const all = database.prepare<[], string>('SELECT receipt_json FROM receipts ORDER BY sequence').pluck();
  const insert = database.prepare(
    `INSERT INTO receipts SELECT (SELECT coalesce(max(sequence), 0) + 1 FROM receipts), number, @json, @previousHash, @hash
     FROM batches WHERE id = @batchId`,
  );
  return {
    lastReceiptHash: () => last.get() ?? NO_RECEIPT,
    saveReceipt: ({ batchId, previousHash, hash, ...rest }) =>
      void insert.run({ batchId, previousHash, hash, json: JSON.stringify({ batchId, ...rest, previousHash, hash }) }),
    receipts: () => all.all().map((json) => Receipt.parse(JSON.parse(json))),
  };
}

export function createBatchReading(database: Database, clientId: ClientId): Reading {
  const list = database.prepare<[], BatchTableRow>(`${BATCHES} ORDER BY b.number DESC`);
  const staged = database.prepare<[], BatchTableRow>(`${BATCHES} AND b.state = 'staged' ORDER BY b.number DESC`);
  const undecided = database.prepare<[], BatchTableRow>(`${BATCHES} AND ${UNDECIDED} ORDER BY b.number DESC`);
  const one = database.prepare<[string], BatchTableRow>(`${BATCHES} AND b.id = ?`);
  const statements = database.prepare<[number], StatementTableRow>(STATEMENTS);
  const accounts = database
    .prepare<[string], AccountId>(
      `SELECT DISTINCT a.id FROM statements st JOIN accounts a ON a.number = st.account JOIN batches b ON b.number = st.batch WHERE b.id = ? ORDER BY a.number`,
    )
    .pluck();

  function toSummary(batch: BatchTableRow): BatchSummary {
    const rows = statements.all(batch.number);
    const shown = rows.map(toStatement);
    const { number: _number, ...rest } = batch;
    return BatchSummary.parse({
      ...rest,
      clientId,
      counts: addCounts(shown),
      statements: shown,
      warnings: JSON.parse(batch.warnings) as unknown,
      receipt: batch.receipt === null ? null : (JSON.parse(batch.receipt) as unknown),
    });
  }

  return {
    ...createReceipts(database),
    ...createDiff(database, clientId),
    list: () => list.all().map(toSummary),
    staged: () => staged.all().map(toSummary),
    undecided: () => undecided.all().map(toSummary),
    get: (batchId) => {
      const found = one.get(batchId);
      if (!found) throw new AppError('BATCH_NOT_FOUND', { batch: batchId });
      return toSummary(found);
    },
    accountsOf: (batchId) => accounts.all(batchId),
  };
}
