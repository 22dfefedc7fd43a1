// Rows of a batch as they are shown: with their number, their counterpart in the ledger and what was decided about them. It changes nothing.
import { DiffRow, DoubtfulRow } from '../../../shared/ipc/contract/batches.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { BatchStore } from '../../core/ports/ledger-store.ts';
import { COUNTERPART } from './client-decisions.ts';
import { asText, createKeys, transactionIdOf } from './client-rows.ts';
import type { Database } from './open-database.ts';

const COUNTERPART_COLUMNS = `
    c.number AS counterpartNumber, c.state AS counterpartState, c.booking_date AS counterpartDate,
    ${asText('c.amount_minor')} AS counterpartAmount, c.description AS counterpartDescription, c.counterparty AS counterpartName,
    cb.source AS counterpartSource`;

const COUNTERPART_TABLES = `LEFT JOIN transactions c ON c.number = d.counterpart LEFT JOIN batches cb ON cb.number = c.batch`;

const ROW = `s.source_state AS state, s.booking_date AS bookingDate, ${asText('s.amount_minor')} AS amountMinor, s.currency, s.exponent,
      s.description, s.counterparty`;

const STAGED = `
    SELECT s.number AS place, b.number AS batch, b.id AS batchId, b.source, coalesce(a.name, '') AS accountName,
      st.source_account_json AS account, s.number - b.first_staged + 1 AS number, s.kind, s.reason, st.position AS statement, ${ROW}, s.decision,
      ${COUNTERPART} AS counterpart
    FROM staged_rows s JOIN batches b ON b.number = s.batch JOIN statements st ON st.number = s.statement
      LEFT JOIN accounts a ON a.number = st.account`;

const DIFF_STAGED = `
  SELECT d.*, ${COUNTERPART_COLUMNS} FROM (
    ${STAGED} WHERE s.batch = @batch AND (@kind IS NULL OR s.kind = @kind) ORDER BY s.number LIMIT @limit OFFSET @offset
  ) d ${COUNTERPART_TABLES} ORDER BY d.place`;
/** Staged rows of a batch; of a committed one only doubtful rows are still there. */
const DIFF_STAGED_TOTAL = 'SELECT count(*) FROM staged_rows WHERE batch = @batch AND (@kind IS NULL OR kind = @kind)';

/** Rows that a decision placed are shown as the doubtful rows they were. */
const BROUGHT = `
  FROM transactions s JOIN batches b ON b.number = s.batch WHERE s.batch = @batch AND (@kind IS NULL OR @kind = 'new') AND s.number NOT IN (
    SELECT decided FROM staged_rows WHERE batch = @batch AND kind = 'doubtful' AND decision = 'separate')`;
const DIFF_COMMITTED = `
  SELECT d.*, CASE WHEN d.counterpart IS NULL THEN 'no-match' ELSE 'settles-pending' END AS reason, st.position AS statement,
    ${COUNTERPART_COLUMNS}
  FROM (
    SELECT 'new' AS kind, s.number AS place, s.number - b.first_placed + 1 AS number, s.statement AS statementNumber, ${ROW}, NULL AS decision,
      (SELECT pending FROM pending_links l WHERE l.booked = s.number) AS counterpart
    ${BROUGHT} ORDER BY s.number LIMIT @limit OFFSET @offset
  ) d JOIN statements st ON st.number = d.statementNumber ${COUNTERPART_TABLES} ORDER BY d.place`;
const DIFF_COMMITTED_TOTAL = `SELECT count(*) ${BROUGHT}`;

const OPEN = `s.kind = 'doubtful' AND s.decision IS NULL AND b.state IN ('staged', 'committed')`;
const DOUBTS = `
  SELECT d.*, ${COUNTERPART_COLUMNS} FROM (${STAGED} WHERE ${OPEN} ORDER BY b.number, s.number LIMIT @limit OFFSET @offset) d
  ${COUNTERPART_TABLES} ORDER BY d.batch, d.place`;
const DOUBTS_TOTAL = `SELECT count(*) FROM staged_rows s JOIN batches b ON b.number = s.batch WHERE ${OPEN}`;

interface TableRow extends Record<string, unknown> {
  readonly counterpartNumber: number | null;
  readonly accountName: string;
  readonly account: string;
}

function toDiffRow(clientId: ClientId, row: TableRow): Record<keyof DiffRow, unknown> {
  const { kind, reason, statement, state, bookingDate, amountMinor, currency, exponent, description, counterparty } =
    row;
  const { number, decision, counterpartNumber } = row;
  const counterpart = counterpartNumber !== null && {
    transactionId: transactionIdOf(clientId, counterpartNumber),
    state: row['counterpartState'],
    bookingDate: row['counterpartDate'],
    amountMinor: row['counterpartAmount'],
    description: row['counterpartDescription'],
    counterparty: row['counterpartName'],
    source: row['counterpartSource'],
  };
  const shown = {
    kind,
    reason,
    statement,
    state,
    bookingDate,
    amountMinor,
    currency,
    exponent,
    description,
    counterparty,
  };
  return { ...shown, number, counterpart: counterpart || null, decision };
}

function toDoubtfulRow(clientId: ClientId, row: TableRow): DoubtfulRow {
  const { batchId, source } = row;
  const { name, id } = JSON.parse(row.account) as { name: string | null; id: string };
  return DoubtfulRow.parse({
    ...toDiffRow(clientId, row),
    batchId,
    source,
    accountName: row.accountName || (name ?? id),
  });
}

export function createDiff(database: Database, clientId: ClientId): Pick<BatchStore, 'diff' | 'doubts'> {
  const keys = createKeys(database);
  const staged = database.prepare<[object], TableRow>(DIFF_STAGED);
  const stagedTotal = database.prepare<[object], number>(DIFF_STAGED_TOTAL).pluck();
  const committed = database.prepare<[object], TableRow>(DIFF_COMMITTED);
  const committedTotal = database.prepare<[object], number>(DIFF_COMMITTED_TOTAL).pluck();
  const open = database.prepare<[object], TableRow>(DOUBTS);
  const openTotal = database.prepare<[], number>(DOUBTS_TOTAL).pluck();
  const shown = (rows: readonly TableRow[]): DiffRow[] => rows.map((row) => DiffRow.parse(toDiffRow(clientId, row)));
  return {
    diff: (batchId, page) => {
      const { number: batch, state } = keys.batch(batchId);
      const query = { batch, ...page };
      if (state === 'staged') return { rows: shown(staged.all(query)), total: stagedTotal.get(query) ?? 0 };
      const brought = committed.all(query);
      const total = committedTotal.get(query) ?? 0;
      const after = { ...query, limit: page.limit - brought.length, offset: Math.max(0, page.offset - total) };
      return { rows: shown([...brought, ...staged.all(after)]), total: total + (stagedTotal.get(query) ?? 0) };
    },
    doubts: (page) => ({
      rows: open.all(page).map((row) => toDoubtfulRow(clientId, row)),
      total: openTotal.get() ?? 0,
    }),
  };
}
