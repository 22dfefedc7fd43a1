// What matching reads from and writes to a client's database. The decisions are core's.
import type { AccountId } from '../../../shared/model/ids.ts';
import { SourceAccount, UNNAMED_ACCOUNT } from '../../../shared/model/source.ts';
import type { AccountIdentity, Coverage, IncomingRow, LedgerRow, Match } from '../../core/ports/ledger-rows.ts';
import type { MatchingStore, StagedStatement } from '../../core/ports/ledger-store.ts';
import { asText, createKeys, DECIDED } from './client-rows.ts';
import { createSigns } from './client-signs.ts';
import type { Database } from './open-database.ts';

interface StatementRow extends Omit<StagedStatement, 'account' | 'declaredEmpty' | 'inverted' | 'signsChosen'> {
  readonly account: string;
  readonly declaredEmpty: number;
  readonly inverted: number;
  readonly signsChosen: number;
}

type LedgerTableRow = Omit<LedgerRow, 'aliases' | 'excluded'> & {
  readonly aliases: string | null;
  readonly excluded: number;
};

const INCOMING = `
  SELECT s.number, s.source_state AS state, s.booking_date AS bookingDate, ${asText('s.amount_minor')} AS amountMinor,
    lower(hex(s.fingerprint)) AS fingerprint, s.source_id AS sourceId, ${asText('s.balance_after_minor')} AS balanceAfterMinor
  FROM staged_rows s JOIN statements st ON st.number = s.statement
  WHERE s.batch = ? AND st.account = ? AND s.kind = 'new' ORDER BY s.number`;

const LEDGER = `
  SELECT t.number, t.state, t.source_state AS sourceState, t.booking_date AS bookingDate, ${asText('t.amount_minor')} AS amountMinor,
    lower(hex(t.fingerprint)) AS fingerprint, t.source_id AS sourceId, ${asText('t.balance_after_minor')} AS balanceAfterMinor,
    b.reader AS reader, EXISTS (SELECT 1 FROM tombstones x WHERE x.transaction_number = t.number) AS excluded,
    (SELECT json_group_array(json_object('bookingDate', a.booking_date, 'fingerprint', lower(hex(a.fingerprint))))
      FROM fingerprint_aliases a WHERE a.transaction_number = t.number) AS aliases
  FROM transactions t JOIN batches b ON b.number = t.batch
  WHERE t.account = ? AND t.booking_date BETWEEN ? AND ? ORDER BY t.number`;

/** The second and further rows of one account with equal id and content. */
const MARK_REPEATS = `
  UPDATE staged_rows SET kind = 'known', reason = 'same-source-id' WHERE number IN (
    SELECT number FROM (
      SELECT s.number, row_number() OVER (
        PARTITION BY coalesce(st.account, st.new_account_key, st.number), s.source_id, s.fingerprint, s.source_state ORDER BY s.number
      ) AS nth
      FROM staged_rows s JOIN statements st ON st.number = s.statement
      WHERE s.batch = ? AND s.source_id IS NOT NULL
    ) WHERE nth > 1
  )`;

const COVERAGE = `
  SELECT min(coalesce(min(st.from_date, coalesce(st.first_booked, st.from_date)), st.first_booked, r.first)) AS first,
    max(coalesce(max(st.to_date, coalesce(st.last_booked, st.to_date)), st.last_booked, r.last)) AS last
  FROM statements st LEFT JOIN (
    SELECT statement, min(booking_date) AS first, max(booking_date) AS last FROM staged_rows WHERE batch = @batch GROUP BY statement
  ) r ON r.statement = st.number
  WHERE st.batch = @batch AND st.account = @account`;

const SUMMARISE = `
  UPDATE statements SET
    new_count = coalesce(c.new_count, 0), known_count = coalesce(c.known_count, 0),
    changed_count = coalesce(c.changed_count, 0), doubtful_count = coalesce(c.doubtful_count, 0),
    proof = CASE WHEN opening_minor IS NULL OR closing_minor IS NULL THEN 'absent'
      WHEN opening_minor + booked_minor = closing_minor THEN 'pass' ELSE 'fail' END
  FROM (SELECT number AS n FROM statements WHERE batch = @batch) LEFT JOIN (
    SELECT statement, sum(kind = 'new') AS new_count, sum(kind = 'known') AS known_count,
      sum(kind = 'changed') AS changed_count, sum(kind = 'doubtful') AS doubtful_count
    FROM staged_rows WHERE batch = @batch GROUP BY statement
  ) c ON c.statement = n
  WHERE statements.number = n`;

const STATEMENTS = `
  SELECT st.position, st.source_account_json AS account, st.rows, st.resolution, a.id AS accountId, st.new_account_key AS newAccountKey,
    st.declared_empty AS declaredEmpty, st.inverted, st.signs_chosen_in IS st.batch AS signsChosen,
    coalesce(json_extract(st.source_account_json, '$.currency'),
      (SELECT currency FROM staged_rows r WHERE r.batch = st.batch AND r.statement = st.number ORDER BY r.number LIMIT 1)) AS currency
  FROM statements st LEFT JOIN accounts a ON a.number = st.account WHERE st.batch = ? ORDER BY st.position`;

/** In one file, without a name: what a person said of one of them tells where the others go. */
const BROUGHT_WITH = `
  SELECT DISTINCT a.id FROM statements own JOIN batches b ON b.number = own.batch
    JOIN statements st ON st.batch = own.batch AND st.account <> own.account JOIN accounts a ON a.number = st.account
  WHERE own.account = @account AND b.state = 'committed' AND st.source_account_json ->> 'id' = '${UNNAMED_ACCOUNT}'
    AND own.source_account_json ->> 'id' = '${UNNAMED_ACCOUNT}' ORDER BY a.number`;

function prepare(database: Database) {
  return {
    broughtWith: database.prepare<[object], AccountId>(BROUGHT_WITH).pluck(),
    reader: database.prepare<[number], string>('SELECT reader FROM batches WHERE number = ?').pluck(),
    statements: database.prepare<[number], StatementRow>(STATEMENTS),
    resolve: database.prepare(
      'UPDATE statements SET resolution = @type, account = @account, new_account_key = @key WHERE batch = @batch AND position = @position',
    ),
    identities: database.prepare<[], AccountIdentity>(
      'SELECT id, iban, institution, source_number AS sourceNumber, currency FROM accounts ORDER BY number',
    ),
    reset: database.prepare(
      `UPDATE staged_rows SET kind = 'new', reason = 'no-match', match = NULL
       WHERE batch = ? AND ${DECIDED}`,
    ),
    markRepeats: database.prepare(MARK_REPEATS),
    hasRows: database.prepare<[number], number>('SELECT EXISTS (SELECT 1 FROM transactions WHERE account = ?)').pluck(),
    incoming: database.prepare<[number, number], IncomingRow>(INCOMING),
    coverage: database.prepare<[{ batch: number; account: number }], { first: string | null; last: string | null }>(
      COVERAGE,
    ),
    ledger: database.prepare<[number, string, string], LedgerTableRow>(LEDGER),
    incomingText: database
      .prepare<[number], string>(
        `SELECT description || ' ' || coalesce(counterparty, '') FROM staged_rows WHERE number = ?`,
      )
      .pluck(),
    ledgerText: database
      .prepare<[number], string>(
        `SELECT description || ' ' || coalesce(counterparty, '') FROM transactions WHERE number = ?`,
      )
      .pluck(),
    save: database.prepare(
      'UPDATE staged_rows SET kind = @kind, reason = @reason, match = @ledger WHERE number = @incoming',
    ),
    summarise: database.prepare(SUMMARISE),
    forget: database.prepare(
      `UPDATE staged_rows SET decision = NULL, decided = NULL
       WHERE batch = ? AND decision IS NOT NULL AND (kind <> 'doubtful' OR match IS NOT decided)`,
    ),
    note: database.prepare(
      'UPDATE batches SET matched_generation = (SELECT generation FROM ledger_state) WHERE number = ?',
    ),
    stale: database
      .prepare<[number], number>(
        'SELECT matched_generation IS NOT (SELECT generation FROM ledger_state) FROM batches WHERE number = ?',
      )
      .pluck(),
  };
}

function toLedgerRow({ aliases, excluded, ...row }: LedgerTableRow): LedgerRow {
  const parsed = aliases === null || aliases === '[]' ? [] : (JSON.parse(aliases) as LedgerRow['aliases']);
  return { ...row, excluded: excluded === 1, aliases: parsed };
}

function toStatement(row: StatementRow): StagedStatement {
  return {
    ...row,
    account: SourceAccount.parse(JSON.parse(row.account)),
    declaredEmpty: row.declaredEmpty === 1,
    inverted: row.inverted === 1,
    signsChosen: row.signsChosen === 1,
  };
}

function toCoverage(found: { first: string | null; last: string | null } | undefined): Coverage | null {
  return found && found.first !== null && found.last !== null ? { first: found.first, last: found.last } : null;
}

export function createMatchingRepository(database: Database): MatchingStore {
  const sql = prepare(database);
  const keys = createKeys(database);
  const batchOf = (batchId: Parameters<typeof keys.batch>[0]): number => keys.batch(batchId).number;
  return {
    readerOf: (batchId) => sql.reader.get(batchOf(batchId)) ?? '',
    ...createSigns(database),
    statements: (batchId) => sql.statements.all(batchOf(batchId)).map(toStatement),
    resolve: (batchId, position, resolution) => {
      const account = 'accountId' in resolution ? keys.account(resolution.accountId) : null;
      const key = 'key' in resolution ? resolution.key : null;
      sql.resolve.run({ type: resolution.type, account, key, batch: batchOf(batchId), position });
    },
    identities: () => sql.identities.all(),
    broughtWith: (accountId) => sql.broughtWith.all({ account: keys.account(accountId) }),
    reset: (batchId) => void sql.reset.run(batchOf(batchId)),
    markRepeats: (batchId) => void sql.markRepeats.run(batchOf(batchId)),
    hasRows: (accountId) => sql.hasRows.get(keys.account(accountId)) === 1,
    incoming: (batchId, accountId) => sql.incoming.all(batchOf(batchId), keys.account(accountId)),
    coverage: (batchId, accountId) =>
      toCoverage(sql.coverage.get({ batch: batchOf(batchId), account: keys.account(accountId) })),
    ledger: (accountId, first, last) => sql.ledger.all(keys.account(accountId), first, last).map(toLedgerRow),
    incomingText: (number) => sql.incomingText.get(number) ?? '',
    ledgerText: (number) => sql.ledgerText.get(number) ?? '',
    save: (matches: readonly Match[]) => {
      for (const match of matches) sql.save.run(match);
    },
    summarise: (batchId) => {
      const batch = batchOf(batchId);
      sql.forget.run(batch);
      sql.summarise.run({ batch });
      sql.note.run(batch);
    },
    isStale: (batchId) => sql.stale.get(batchOf(batchId)) === 1,
  };
}
