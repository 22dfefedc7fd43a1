// An account's statements, days and rows over time, as coverage, proof and exports read them. It judges nothing.
import type { AccountFacts } from '../../core/ports/ledger-store.ts';
import type {
  AccountHistory,
  HistoryStatement,
  StatementHistoryStore,
  Suspect,
} from '../../core/ports/statement-history.ts';
import type { AccountId, ClientId } from '../../../shared/model/ids.ts';
import { createExtract } from './client-extract.ts';
import { asText, createKeys, transactionIdOf } from './client-rows.ts';
import type { Database } from './open-database.ts';

const DAYS = `
  SELECT booking_date AS date, ${asText('booked_minor')} AS bookedMinor, booked_count AS rows FROM account_days
  WHERE account = ? ORDER BY booking_date`;

const STATEMENTS = `
  SELECT b.id AS batchId, b.source, st.from_date AS "from", st.to_date AS "to", st.first_booked AS firstBooked, st.last_booked AS lastBooked,
    st.closing_date AS closingDate, ${asText('st.opening_minor')} AS openingMinor, ${asText('st.closing_minor')} AS closingMinor,
    st.rows, ${asText('st.booked_minor')} AS bookedMinor, st.proof
  FROM statements st JOIN batches b ON b.number = st.batch WHERE st.account = ? AND b.state = 'committed' ORDER BY st.number`;

const UNDECIDED = `
  FROM statements st JOIN batches b ON b.number = st.batch JOIN staged_rows s ON s.batch = st.batch AND s.statement = st.number
  WHERE st.account = @account AND b.state = 'committed' AND s.kind = 'doubtful' AND s.decision IS NULL`;
const DOUBTS = `SELECT s.booking_date ${UNDECIDED} ORDER BY s.booking_date, s.number`;

const FITS = `booking_date BETWEEN @from AND @to AND currency = (SELECT currency FROM accounts WHERE number = @account)
    AND amount_minor IN (SELECT CAST(value AS INTEGER) FROM json_each(@amounts))`;

/** Pending rows that settled are removed and explain nothing. */
const SUSPECTS = `
  SELECT t.number, iif(x.transaction_number IS NULL, t.state, 'excluded') AS state, t.booking_date AS bookingDate,
    ${asText('t.amount_minor')} AS amountMinor, t.description
  FROM transactions t LEFT JOIN tombstones x ON x.transaction_number = t.number
  WHERE t.account = @account AND t.${FITS} AND (t.state <> 'removed' OR x.transaction_number IS NOT NULL)
  ORDER BY t.number LIMIT 1000`;
const DOUBTFUL_SUSPECTS = `
  SELECT NULL AS number, 'doubtful' AS state, s.booking_date AS bookingDate, ${asText('s.amount_minor')} AS amountMinor, s.description
  ${UNDECIDED} AND s.${FITS} ORDER BY s.number LIMIT 100`;

type InText<T> = { readonly [Key in keyof T]: T[Key] extends bigint | null ? string | null : T[Key] };
type StatementRow = InText<HistoryStatement>;
type DayRow = { readonly date: string; readonly bookedMinor: string; readonly rows: number };
type SuspectRow = Omit<Suspect, 'transactionId' | 'amountMinor'> & {
  readonly number: number | null;
  readonly amountMinor: string;
};

const minor = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

function toStatement(row: StatementRow): HistoryStatement {
  const { openingMinor, closingMinor, bookedMinor, ...rest } = row;
  return {
    ...rest,
    openingMinor: minor(openingMinor),
    closingMinor: minor(closingMinor),
    bookedMinor: BigInt(bookedMinor ?? 0),
  };
}

/** `facts` are the account's stated balances and currency. */
export function createStatementHistory(
  database: Database,
  clientId: ClientId,
  facts: (accountId: AccountId) => AccountFacts,
): StatementHistoryStore {
  const keys = createKeys(database);
  const days = database.prepare<[number], DayRow>(DAYS);
  const statements = database.prepare<[number], StatementRow>(STATEMENTS);
  const doubts = database.prepare<[object], string>(DOUBTS).pluck();
  const suspects = database.prepare<[object], SuspectRow>(SUSPECTS);
  const doubtful = database.prepare<[object], SuspectRow>(DOUBTFUL_SUSPECTS);

  const toSuspect = ({ number, amountMinor, ...row }: SuspectRow): Suspect => ({
    ...row,
    transactionId: number === null ? null : transactionIdOf(clientId, number),
    amountMinor: BigInt(amountMinor),
  });

  return {
    of: (accountId): AccountHistory => {
      const account = keys.account(accountId);
      const { currency, balances } = facts(accountId);
      return {
        currency,
        balances,
        days: days.all(account).map(({ bookedMinor, ...day }) => ({ ...day, bookedMinor: BigInt(bookedMinor) })),
        statements: statements.all(account).map(toStatement),
        doubts: doubts.all({ account }),
      };
    },
    suspects: (accountId, { from, to }, amounts) => {
      const account = keys.account(accountId);
      const query = { account, from, to, amounts: JSON.stringify(amounts.map(String)) };
      return [...suspects.all(query), ...doubtful.all(query)].map(toSuspect);
    },
    extract: createExtract(database, clientId),
  };
}
