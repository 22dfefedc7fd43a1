// Staged batches in a client's database: statements and rows that wait to be matched and committed. Nothing here touches the ledger's tables.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SourceTransaction } from '../../../shared/model/source.ts';
import type { FingerprintedRow, StagingStore } from '../../core/ports/ledger-store.ts';
import { createRawRecords } from './client-raw-records.ts';
import { createKeys, RECORD_COLUMNS } from './client-rows.ts';
import type { Database } from './open-database.ts';

interface Place {
  readonly batch: number;
  readonly statement: number;
  readonly block: number;
}

const STAGED_COLUMNS = ['batch', 'statement', 'children_json', ...RECORD_COLUMNS];

/** A row's values in the order of STAGED_COLUMNS. Amounts go in as decimal text: a STRICT integer column takes them without loss. */
function valuesOf({ row, fingerprint, version }: FingerprintedRow, place: Place, position: number): unknown[] {
  const { foreign } = row;
  return [
    place.batch,
    place.statement,
    row.children.length === 0 ? null : JSON.stringify(row.children),
    row.state,
    row.bookingDate,
    row.amountMinor,
    row.currency,
    row.description,
    row.counterparty,
    row.counterpartyAccount,
    row.endToEndId,
    row.sourceId,
    row.bankCode,
    row.valueDate,
    row.transactionDate,
    row.exponent,
    row.rawAmount,
    row.rawSign,
    foreign?.amountMinor ?? null,
    foreign?.currency ?? null,
    foreign?.exponent ?? null,
    foreign?.rate ?? null,
    row.balanceAfterMinor,
    row.children.length,
    Buffer.from(fingerprint, 'hex'),
    version,
    place.block,
    position,
  ];
}

interface Booked {
  readonly sum: bigint;
  readonly first: string | null;
  readonly last: string | null;
}

function bookedOf(rows: readonly SourceTransaction[]): Booked {
  let [sum, first, last] = [0n, null as string | null, null as string | null];
  for (const row of rows) {
    if (row.state !== 'booked') continue;
    sum += BigInt(row.amountMinor);
    if (first === null || row.bookingDate < first) first = row.bookingDate;
    if (last === null || row.bookingDate > last) last = row.bookingDate;
  }
  return { sum, first, last };
}

function prepare(database: Database) {
  return {
    create: database.prepare(
      `INSERT INTO batches (id, state, kind, source, connection_id, reader, created_at)
       VALUES (@id, 'open', @kind, @source, @connectionId, @reader, @createdAt)`,
    ),
    position: database.prepare<[number], number>('SELECT count(*) FROM statements WHERE batch = ?').pluck(),
    openStatement: database.prepare(
      `INSERT INTO statements (batch, position, resource_id, source_account_json, statement_id) VALUES (?, ?, ?, ?, ?)`,
    ),
    lastStatement: database
      .prepare<[number, string | null], number>(
        'SELECT max(number) FROM statements WHERE batch = ? AND resource_id IS ?',
      )
      .pluck(),
    addRow: database.prepare(
      `INSERT INTO staged_rows (${STAGED_COLUMNS.join(', ')}) VALUES (${STAGED_COLUMNS.map(() => '?').join(', ')})`,
    ),
    countRows: database.prepare(
      `UPDATE statements SET rows = rows + @rows, booked_minor = booked_minor + @sum,
         first_booked = min(coalesce(first_booked, @first), coalesce(@first, first_booked)),
         last_booked = max(coalesce(last_booked, @last), coalesce(@last, last_booked))
       WHERE number = @statement`,
    ),
    closeStatement: database.prepare(
      `UPDATE statements SET from_date = @from, to_date = @to, opening_minor = @openingMinor, opening_date = @openingDate,
         closing_minor = @closingMinor, closing_date = @closingDate, balances_json = @balances, declared_empty = @declaredEmpty
       WHERE number = @statement`,
    ),
    warn: database.prepare(
      `UPDATE batches SET warnings_json = json_insert(warnings_json, '$[#]', json(?)) WHERE number = ?`,
    ),
    seal: database.prepare(
      `UPDATE batches SET state = 'staged', payload_sha256 = @payloadSha256, payload_bytes = @payloadBytes, reader = @reader,
         tls_json = @tls, complete_json = @complete,
         first_staged = (SELECT min(number) FROM staged_rows WHERE batch = @batch) WHERE number = @batch`,
    ),
    drop: ['staged_rows', 'raw_blocks', 'statements', 'row_decisions'].map((table) =>
      database.prepare(`DELETE FROM ${table} WHERE batch = ?`),
    ),
    dropBatch: database.prepare('DELETE FROM batches WHERE number = ?'),
  };
}

type Statements = ReturnType<typeof prepare>;

function dropBatch(statements: Statements, batch: number): void {
  for (const statement of statements.drop) statement.run(batch);
  statements.dropBatch.run(batch);
}

/** Drops batches that a crash left half staged. Idempotent; runs whenever a client's database is opened. */
export function dropUnfinishedBatches(database: Database): void {
  const unfinished = database.prepare<[], number>(`SELECT number FROM batches WHERE state = 'open'`).pluck().all();
  if (unfinished.length === 0) return;
  const statements = prepare(database);
  database.transaction(() => {
    for (const batch of unfinished) dropBatch(statements, batch);
  })();
}

function endValues(end: Parameters<StagingStore['closeStatement']>[2]): object {
  return {
    from: end.from,
    to: end.to,
    openingMinor: end.opening?.amountMinor ?? null,
    openingDate: end.opening?.date ?? null,
    closingMinor: end.closing?.amountMinor ?? null,
    closingDate: end.closing?.date ?? null,
    balances: JSON.stringify(end.balances),
    declaredEmpty: end.declaredEmpty === true ? 1 : 0,
  };
}

export function createStagingRepository(database: Database): StagingStore {
  const statements = prepare(database);
  const keys = createKeys(database);
  const raw = createRawRecords(database);

  function statementOf(batch: number, resourceId: string | null): number {
    const found = statements.lastStatement.get(batch, resourceId);
    if (typeof found !== 'number') throw new AppError('STATEMENT_MALFORMED', { reason: 'rows before their account' });
    return found;
  }

  return {
    create: (batch) => void statements.create.run(batch),
    assertOpen: (batchId) => {
      if (keys.batch(batchId).state !== 'open') throw new AppError('BATCH_NOT_STAGED', { batch: batchId });
    },
    openStatement: (batchId, resourceId, { account, statementId }) => {
      const batch = keys.batch(batchId).number;
      const position = statements.position.get(batch) ?? 0;
      statements.openStatement.run(batch, position, resourceId, JSON.stringify(account), statementId);
    },
    addRows: (batchId, resourceId, rows) => {
      if (rows.length === 0) return;
      const batch = keys.batch(batchId).number;
      const statement = statementOf(batch, resourceId);
      const block = raw.add(
        batch,
        rows.map(({ row }) => row.raw),
      );
      const place = { batch, statement, block };
      rows.forEach((row, position) => void statements.addRow.run(...valuesOf(row, place, position)));
      const booked = bookedOf(rows.map(({ row }) => row));
      statements.countRows.run({ ...booked, rows: rows.length, statement });
    },
    closeStatement: (batchId, resourceId, end) => {
      const batch = keys.batch(batchId).number;
      statements.closeStatement.run({ ...endValues(end), statement: statementOf(batch, resourceId) });
    },
    addWarning: (batchId, { warning }) => void statements.warn.run(JSON.stringify(warning), keys.batch(batchId).number),
    seal: (batchId, { tls, complete, ...facts }) =>
      void statements.seal.run({
        ...facts,
        tls: tls && JSON.stringify(tls),
        complete: JSON.stringify(complete),
        batch: keys.batch(batchId).number,
      }),
    drop: (batchId) => {
      const { number, state } = keys.batch(batchId);
      if (state !== 'open' && state !== 'staged') throw new AppError('BATCH_NOT_STAGED', { batch: batchId });
      dropBatch(statements, number);
    },
  };
}
