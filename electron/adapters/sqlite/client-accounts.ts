// Accounts of a client's database: identity, balances by type, sources, and the figures a commit derives. The proof itself is core's.
import { AppError } from '../../../shared/errors/app-error.ts';
import { AccountDetail, AccountSummary, type AccountProof } from '../../../shared/ipc/contract/accounts.ts';
import type { AccountId, ClientId } from '../../../shared/model/ids.ts';
import type { AccountFacts, AccountStore, StatementFacts } from '../../core/ports/ledger-store.ts';
import { createIdentity } from './client-identity.ts';
import { asText, createKeys, OVERDUE } from './client-rows.ts';
import type { Database } from './open-database.ts';

const NO_PROOF: AccountProof = {
  result: 'absent',
  from: null,
  to: null,
  openingMinor: null,
  sumMinor: null,
  closingMinor: null,
  firstBrokenDay: null,
  differenceMinor: null,
};

interface AccountTableRow {
  readonly institution: string | null;
  readonly proof: string | null;
}

const SUMMARY = `
  SELECT a.id, a.name, a.institution, a.kind, a.currency, a.iban, a.number_mask AS numberMask,
    ${asText('a.booked_minor')} AS bookedMinor, ${asText('a.pending_minor')} AS pendingMinor,
    a.booked_count + a.pending_count AS transactions, a.data_as_of AS dataAsOf, a.proof_json AS proof,
    (SELECT s.connection_id FROM account_sources s JOIN batches b ON b.number = s.batch
      WHERE s.account = a.number AND s.connection_id IS NOT NULL AND b.state = 'committed' ORDER BY s.batch DESC LIMIT 1) AS connectionId
  FROM accounts a`;

const BALANCES = `
  SELECT type, date, ${asText('amount_minor')} AS amountMinor, currency, recorded_at AS recordedAt
  FROM balances WHERE account = ? ORDER BY number`;

const SOURCES = `
  SELECT b.source AS name, b.kind, min(b.created_at) AS first, max(b.created_at) AS last, count(*) AS batches
  FROM account_sources s JOIN batches b ON b.number = s.batch WHERE s.account = ? AND b.state = 'committed'
  GROUP BY b.kind, b.source ORDER BY first, name`;

const STATEMENTS = `
  SELECT st.from_date AS "from", st.first_booked AS firstBooked, st.last_booked AS lastBooked, st.closing_date AS closingDate,
    ${asText('st.opening_minor')} AS openingMinor, ${asText('st.closing_minor')} AS closingMinor
  FROM statements st JOIN batches b ON b.number = st.batch WHERE st.account = ? AND b.state = 'committed' ORDER BY st.number`;

const RECOUNT = [
  'DELETE FROM account_days WHERE account = @account',
  `INSERT INTO account_days SELECT account, booking_date, sum(amount_minor), count(*) FROM transactions
   WHERE account = @account AND state = 'booked' AND currency = (SELECT currency FROM accounts WHERE number = @account)
   GROUP BY booking_date`,
  `UPDATE accounts SET
     booked_count = (SELECT coalesce(sum(booked_count), 0) FROM account_days WHERE account = @account),
     pending_count = (SELECT count(*) FROM transactions WHERE account = @account AND state = 'pending'),
     pending_minor = (SELECT coalesce(sum(amount_minor), 0) FROM transactions WHERE account = @account AND state = 'pending'),
     data_as_of = (SELECT max(s.as_of) FROM account_sources s JOIN batches b ON b.number = s.batch
       WHERE s.account = @account AND b.state = 'committed')
   WHERE number = @account`,
];

/** Touched by the undone batch and with nothing of any other batch. */
const EMPTY = `
  SELECT a.number FROM accounts a JOIN account_sources own ON own.account = a.number AND own.batch = @batch
  WHERE NOT EXISTS (SELECT 1 FROM account_sources s JOIN batches b ON b.number = s.batch WHERE s.account = a.number AND b.state = 'committed')`;

const REMOVE = [
  'DELETE FROM account_days WHERE account = @account',
  'DELETE FROM account_sources WHERE account = @account',
  'UPDATE statements SET account = NULL WHERE account = @account',
  'DELETE FROM accounts WHERE number = @account',
];

/** An answer fetched before an earlier batch was undone doesn't cover what that one had brought. */
const COMPLETE_THROUGH = `
  SELECT max(s.complete_through) FROM account_sources s JOIN batches b ON b.number = s.batch
  WHERE s.account = @account AND s.connection_id = @connectionId AND b.state = 'committed' AND NOT EXISTS (
    SELECT 1 FROM account_sources u JOIN batches ub ON ub.number = u.batch
    WHERE u.account = s.account AND u.connection_id = s.connection_id AND ub.state = 'undone'
      AND ub.number < b.number AND ub.undone_at >= b.created_at)`;

const OF_RESOURCE = `
  SELECT a.id FROM account_sources s JOIN accounts a ON a.number = s.account
  WHERE s.connection_id = @connectionId AND s.resource_id = @resourceId ORDER BY s.batch DESC LIMIT 1`;

const WITH_OVERDUE = `
  SELECT a.id, a.name FROM accounts a WHERE EXISTS (SELECT 1 FROM transactions t WHERE t.account = a.number AND ${OVERDUE})
  ORDER BY a.name COLLATE NOCASE, a.number`;

type StatementRow = {
  readonly [Key in keyof StatementFacts]: string | null;
};
type BalanceRow = {
  readonly type: string;
  readonly date: string;
  readonly amountMinor: string;
  readonly currency: string;
};

const minor = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

function createFacts(database: Database): AccountStore['facts'] {
  const keys = createKeys(database);
  const currency = database.prepare<[number], string>('SELECT currency FROM accounts WHERE number = ?').pluck();
  const days = database.prepare<[number], { date: string; bookedMinor: string }>(
    `SELECT booking_date AS date, ${asText('booked_minor')} AS bookedMinor FROM account_days WHERE account = ? ORDER BY booking_date`,
  );
  const statements = database.prepare<[number], StatementRow>(STATEMENTS);
  const balances = database.prepare<[number], BalanceRow>(BALANCES);
  return (accountId): AccountFacts => {
    const account = keys.account(accountId);
    return {
      currency: currency.get(account) ?? '',
      days: days.all(account).map(({ date, bookedMinor }) => ({ date, bookedMinor: BigInt(bookedMinor) })),
      statements: statements
        .all(account)
        .map((row) => ({ ...row, openingMinor: minor(row.openingMinor), closingMinor: minor(row.closingMinor) })),
      balances: balances.all(account).map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) })),
    };
  };
}

function createDerived(database: Database): Pick<AccountStore, 'recount' | 'saveDerived' | 'removeEmpty'> {
  const keys = createKeys(database);
  const recount = RECOUNT.map((sql) => database.prepare(sql));
  const save = database.prepare('UPDATE accounts SET booked_minor = ?, proof_json = ? WHERE number = ?');
  const empty = database.prepare<[object], number>(EMPTY).pluck();
  const remove = REMOVE.map((sql) => database.prepare(sql));
  return {
    recount: (accountId) => {
      const account = keys.account(accountId);
      for (const statement of recount) statement.run({ account });
    },
    saveDerived: (accountId, { bookedMinor, proof }) =>
      void save.run(bookedMinor, JSON.stringify(proof), keys.account(accountId)),
    removeEmpty: (batchId) => {
      for (const account of empty.all({ batch: keys.batch(batchId).number })) {
        for (const statement of remove) statement.run({ account });
      }
    },
  };
}

export function createAccountRepository(database: Database, clientId: ClientId): AccountStore {
  const keys = createKeys(database);
  const list = database.prepare<[], AccountTableRow>(`${SUMMARY} ORDER BY a.name COLLATE NOCASE, a.number`);
  const one = database.prepare<[string], AccountTableRow>(`${SUMMARY} WHERE a.id = ?`);
  const exists = database.prepare<[string], number>('SELECT 1 FROM accounts WHERE id = ?').pluck();
  const pending = database.prepare<[], number>('SELECT coalesce(sum(pending_count), 0) FROM accounts').pluck();
  const balances = database.prepare<[number], BalanceRow>(BALANCES);
  const sources = database.prepare<[number]>(SOURCES);
  const overdue = database.prepare<[], { id: AccountId; name: string }>(WITH_OVERDUE);
  const through = database.prepare<[object], string | null>(COMPLETE_THROUGH).pluck();
  const ofResource = database.prepare<[object], AccountId>(OF_RESOURCE).pluck();

  function shapeOf({ proof, ...row }: AccountTableRow): object {
    const parsed: unknown = proof === null ? NO_PROOF : JSON.parse(proof);
    return { ...row, clientId, institution: row.institution ?? '', proof: parsed };
  }

  return {
    ...createDerived(database),
    ...createIdentity(database),
    facts: createFacts(database),
    list: () => list.all().map((row) => AccountSummary.parse(shapeOf(row))),
    get: (accountId) => {
      const row = one.get(accountId);
      if (!row) throw new AppError('ACCOUNT_NOT_FOUND', { account: accountId });
      const account = keys.account(accountId);
      const detail = { ...shapeOf(row), balances: balances.all(account), sources: sources.all(account) };
      return AccountDetail.omit({ daily: true }).parse(detail);
    },
    pendingCount: () => pending.get() ?? 0,
    overdue: () => overdue.all(),
    exists: (accountId) => exists.get(accountId) === 1,
    completeThrough: (accountId, connectionId) =>
      through.get({ account: keys.account(accountId), connectionId }) ?? null,
    ofResource: (connectionId, resourceId) => ofResource.get({ connectionId, resourceId }) ?? null,
  };
}
