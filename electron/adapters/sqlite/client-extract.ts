// The booked rows of an account and period in slices, for a file of them. Only their numbers are held in memory.
import { z } from 'zod';
import { CurrencyCode, currencyExponent } from '../../../shared/model/currency.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import { SourceChild, SourceTransaction } from '../../../shared/model/source.ts';
import type { StatementHistoryStore } from '../../core/ports/statement-history.ts';
import type { LedgerAccount, LedgerRecord, LedgerTotals } from '../../core/ports/statement-writer.ts';
import { asText, createKeys, transactionIdOf } from './client-rows.ts';
import type { Database } from './open-database.ts';
import { withSqliteErrors } from './sqlite-errors.ts';

const SLICE_ROWS = 500;

const ACCOUNT =
  'SELECT iban, source_number AS number, institution, name, currency, kind FROM accounts WHERE number = ?';

const BOOKED = `FROM transactions t WHERE t.account = @account AND t.booking_date BETWEEN @from AND @to AND t.state = 'booked'`;
const NUMBERS = `SELECT t.number ${BOOKED} ORDER BY t.booking_date, t.number`;

/** Sums as text; of no rows they are nothing. */
const TOTALS = `
  SELECT count(*) AS rows,
    count(*) FILTER (WHERE currency = @currency AND amount_minor >= 0) AS creditRows,
    ${asText('coalesce(sum(amount_minor) FILTER (WHERE currency = @currency AND amount_minor >= 0), 0)')} AS creditSum,
    count(*) FILTER (WHERE currency = @currency AND amount_minor < 0) AS debitRows,
    ${asText('coalesce(sum(amount_minor) FILTER (WHERE currency = @currency AND amount_minor < 0), 0)')} AS debitSum ${BOOKED}`;

const ROWS = `
  SELECT t.number, ${asText('t.amount_minor')} AS amountMinor, t.currency, t.exponent, t.booking_date AS bookingDate, t.value_date AS valueDate,
    t.transaction_date AS transactionDate, t.description, t.counterparty, t.counterparty_account AS counterpartyAccount,
    t.end_to_end_id AS endToEndId, t.source_id AS sourceId, t.bank_code AS bankCode,
    ${asText('t.foreign_amount_minor')} AS foreignAmountMinor, t.foreign_currency AS foreignCurrency,
    t.foreign_exponent AS foreignExponent, t.foreign_rate AS foreignRate, (
      SELECT json_group_array(json(c.child_json) ORDER BY c.position) FROM transaction_children c WHERE c.transaction_number = t.number
    ) AS children
  FROM json_each(?) p CROSS JOIN transactions t ON t.number = p.value ORDER BY p.key`;

const Totals = z.object({
  rows: z.int(),
  creditRows: z.int(),
  creditSum: SourceTransaction.shape.amountMinor,
  debitRows: z.int(),
  debitSum: SourceTransaction.shape.amountMinor,
});

const Account = z.object({
  iban: z.string().nullable(),
  number: z.string(),
  institution: z.string().nullable(),
  name: z.string(),
  currency: CurrencyCode,
  kind: z.enum(['current', 'savings', 'card', 'loan', 'other']),
});

const Fields = SourceTransaction.omit({
  children: true,
  foreign: true,
  state: true,
  raw: true,
  rawAmount: true,
  rawSign: true,
  balanceAfterMinor: true,
});
const Foreign = SourceTransaction.shape.foreign;
const Children = z.array(SourceChild);

interface Row extends Record<string, unknown> {
  readonly number: number;
  readonly children: string;
}

function toRecord(clientId: ClientId, row: Row): LedgerRecord {
  const { number, children, foreignAmountMinor, foreignCurrency, foreignExponent, foreignRate, ...fields } = row;
  const foreign = {
    amountMinor: foreignAmountMinor,
    currency: foreignCurrency,
    exponent: foreignExponent,
    rate: foreignRate,
  };
  return {
    ...Fields.parse(fields),
    transactionId: transactionIdOf(clientId, number),
    foreign: Foreign.parse(foreignAmountMinor === null ? null : foreign),
    children: Children.parse(JSON.parse(children)),
  };
}

function toTotals(row: unknown): LedgerTotals {
  const { rows, creditRows, creditSum, debitRows, debitSum } = Totals.parse(row);
  return { rows, credits: { rows: creditRows, sumMinor: creditSum }, debits: { rows: debitRows, sumMinor: debitSum } };
}

export function createExtract(database: Database, clientId: ClientId): StatementHistoryStore['extract'] {
  const keys = createKeys(database);
  const accountOf = database.prepare(ACCOUNT);
  const totalsOf = database.prepare(TOTALS);
  const numbersOf = database.prepare<[object], number>(NUMBERS).pluck();
  const rowsOf = database.prepare<[string], Row>(ROWS);

  function* slices(numbers: readonly number[]): Generator<LedgerRecord[]> {
    for (let at = 0; at < numbers.length; at += SLICE_ROWS) {
      const slice = withSqliteErrors(() => rowsOf.all(JSON.stringify(numbers.slice(at, at + SLICE_ROWS))));
      yield slice.map((row) => toRecord(clientId, row));
    }
  }

  return (accountId, { from, to }) => {
    const number = keys.account(accountId);
    const account = Account.parse(accountOf.get(number));
    const period = { account: number, from, to };
    const known: LedgerAccount = { ...account, exponent: currencyExponent(account.currency) };
    return {
      account: known,
      totals: toTotals(totalsOf.get({ ...period, currency: account.currency })),
      slices: () => slices(numbersOf.all(period)),
    };
  };
}
