// Pages of the ledger with exact totals, and one row with all its provenance. Filters and orders come from the columns, rows from their primary key.
import { AppError } from '../../../shared/errors/app-error.ts';
import {
  TransactionDetail,
  type TransactionPage,
  type TransactionRow,
} from '../../../shared/ipc/contract/transactions.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { TransactionQuery, TransactionStore } from '../../core/ports/ledger-store.ts';
import { AMOUNT_HALF, loadColumns, STATES, type Columns } from './client-columns.ts';
import { createExclusions } from './client-exclusions.ts';
import { createRawRecords } from './client-raw-records.ts';
import { asText, createKeys, OVERDUE, transactionIdOf, transactionNumberOf } from './client-rows.ts';
import { createSearch, searchExpression } from './client-search.ts';
import type { Database } from './open-database.ts';

const ROW = `
  t.number, a.id AS accountId, a.name AS accountName, t.state, t.booking_date AS bookingDate, t.value_date AS valueDate,
  ${asText('t.amount_minor')} AS amountMinor, t.currency, t.exponent, t.description, t.counterparty, t.children,
  (${OVERDUE}) AS overdue`;

/** Rows of a page by primary key, in the order asked for. */
export const PAGE_ROWS = `
  SELECT ${ROW} FROM json_each(?) p CROSS JOIN transactions t ON t.number = p.value JOIN accounts a ON a.number = t.account
  ORDER BY p.key`;

const DETAIL = `
  SELECT ${ROW}, t.transaction_date AS transactionDate, t.raw_amount AS rawAmount, t.raw_sign AS rawSign,
    ${asText('t.foreign_amount_minor')} AS foreignAmountMinor, t.foreign_currency AS foreignCurrency,
    t.foreign_exponent AS foreignExponent, t.foreign_rate AS foreignRate, t.counterparty_account AS counterpartyAccount,
    t.end_to_end_id AS endToEndId, t.source_id AS sourceId, t.bank_code AS bankCode,
    ${asText('t.balance_after_minor')} AS balanceAfterMinor, t.occurrence, t.fingerprint_version AS fingerprintVersion,
    t.raw_block AS rawBlock, t.raw_position AS rawPosition, b.id AS batchId, b.source, b.kind, r.receipt_json AS receipt,
    iif(x.transaction_number IS NULL, NULL, json_object('reason', x.reason, 'at', x.at, 'by', x.user_name)) AS excluded
  FROM transactions t JOIN accounts a ON a.number = t.account JOIN batches b ON b.number = t.batch JOIN receipts r ON r.batch = b.number
    LEFT JOIN tombstones x ON x.transaction_number = t.number
  WHERE t.number = ?`;

const LINKED = `
  SELECT t.number, t.source_state AS state, t.booking_date AS bookingDate, ${asText('t.amount_minor')} AS amountMinor
  FROM pending_links l JOIN transactions t ON t.number = iif(l.booked = @number, l.pending, l.booked)
  WHERE l.booked = @number OR l.pending = @number`;

const CHILDREN = 'SELECT child_json FROM transaction_children WHERE transaction_number = ? ORDER BY position';

type PageRow = Omit<TransactionRow, 'id' | 'overdue'> & { readonly number: number; readonly overdue: number };
interface DetailRow extends PageRow {
  readonly foreignAmountMinor: string | null;
  readonly foreignCurrency: string | null;
  readonly foreignExponent: number | null;
  readonly foreignRate: string | null;
  readonly rawBlock: number;
  readonly rawPosition: number;
  readonly batchId: string;
  readonly source: string;
  readonly kind: string;
  readonly receipt: string;
  readonly excluded: string | null;
}

/** What passes a filter: one mark a row, and the totals. */
interface Selection {
  readonly marks: Uint8Array;
  readonly total: number;
  readonly totals: TransactionPage['totals'];
}

interface Sum {
  count: number;
  high: number;
  low: number;
}

const noSum = (): Sum => ({ count: 0, high: 0, low: 0 });
const minorOf = ({ high, low }: Sum): string => (BigInt(high) * BigInt(AMOUNT_HALF) + BigInt(low)).toString();

function totalsOf(columns: Columns, marks: Uint8Array): Pick<Selection, 'total' | 'totals'> {
  const sums = columns.currencies.map(() => STATES.map(noSum));
  let total = 0;
  for (let at = 0; at < columns.size; at += 1) {
    if (marks[at] === 0) continue;
    total += 1;
    const sum = sums[columns.currency[at] ?? 0]?.[columns.state[at] ?? 0];
    if (!sum) continue;
    sum.count += 1;
    sum.high += columns.high[at] ?? 0;
    sum.low += columns.low[at] ?? 0;
  }
  const totals = columns.currencies.map((currency, index) => {
    const [pending = noSum(), booked = noSum()] = sums[index] ?? [];
    return {
      currency,
      booked: booked.count,
      bookedMinor: minorOf(booked),
      pending: pending.count,
      pendingMinor: minorOf(pending),
    };
  });
  const seen = totals.filter(({ booked, pending }) => booked + pending > 0);
  return { total, totals: seen.sort((left, right) => left.currency.localeCompare(right.currency, 'en')) };
}

const dateNumber = (date: string): number => Number(date.replaceAll('-', ''));

interface Limits {
  readonly account: number | null;
  readonly found: Uint8Array | null;
}

function select(columns: Columns, filter: TransactionQuery['filter'], { account, found }: Limits): Selection {
  const from = filter.from === null ? 0 : dateNumber(filter.from);
  const to = filter.to === null ? 99_999_999 : dateNumber(filter.to);
  const removed = STATES.indexOf('removed');
  const state = filter.state === null ? null : STATES.indexOf(filter.state);
  const marks = new Uint8Array(columns.size);
  for (let at = 0; at < columns.size; at += 1) {
    const date = columns.date[at] ?? 0;
    const has = columns.state[at];
    const inState = state === null ? has !== removed : has === state;
    const inAccount = account === null || columns.account[at] === account;
    const inSearch = found === null || found[at] === 1;
    if (inState && inAccount && inSearch && date >= from && date <= to) marks[at] = 1;
  }
  return { marks, ...totalsOf(columns, marks) };
}

function pageNumbers(columns: Columns, { marks }: Selection, { sort, offset, limit }: TransactionQuery): number[] {
  const order = columns.order(sort.by);
  const step = sort.direction === 'ascending' ? 1 : -1;
  const numbers: number[] = [];
  let skipped = 0;
  for (let at = step === 1 ? 0 : order.length - 1; at >= 0 && at < order.length; at += step) {
    const position = order[at] ?? 0;
    if (marks[position] === 0) continue;
    if (skipped < offset) skipped += 1;
    else if (numbers.push(columns.number[position] ?? 0) === limit) break;
  }
  return numbers;
}

/** Columns and the latest selection, until the ledger's generation moves on. */
function createView(database: Database) {
  const generation = database.prepare<[], number>('SELECT generation FROM ledger_state').pluck();
  const search = createSearch(database);
  const keys = createKeys(database);
  let loaded: { readonly generation: number; readonly columns: Columns } | null = null;
  let latest: { readonly key: string; readonly columns: Columns; readonly selection: Selection } | null = null;

  function columnsNow(): Columns {
    const now = generation.get() ?? 0;
    if (loaded?.generation !== now) loaded = { generation: now, columns: loadColumns(database) };
    return loaded.columns;
  }

  function selectionOf(columns: Columns, filter: TransactionQuery['filter']): Selection {
    const key = JSON.stringify(filter);
    if (latest?.key === key && latest.columns === columns) return latest.selection;
    const expression = filter.search === null ? null : searchExpression(filter.search);
    const found = expression === null ? null : columns.mark(search(expression));
    const account = filter.accountId === null ? null : keys.account(filter.accountId);
    const selection = select(columns, filter, { account, found });
    latest = { key, columns, selection };
    return selection;
  }

  return (query: TransactionQuery) => {
    const columns = columnsNow();
    const { total, totals, ...rest } = selectionOf(columns, query.filter);
    return { numbers: pageNumbers(columns, { total, totals, ...rest }, query), total, totals };
  };
}

function createDetail(database: Database, clientId: ClientId): TransactionStore['get'] {
  const raw = createRawRecords(database);
  const detail = database.prepare<[number], DetailRow>(DETAIL);
  const linked = database.prepare<[object], { number: number }>(LINKED);
  const children = database.prepare<[number], string>(CHILDREN).pluck();
  return (id) => {
    const number = transactionNumberOf(clientId, id);
    const row = number === null ? undefined : detail.get(number);
    if (!row) throw new AppError('TRANSACTION_NOT_FOUND', { transaction: id });
    const { foreignAmountMinor, foreignCurrency, foreignExponent, foreignRate, rawBlock, rawPosition, ...rest } = row;
    const { batchId, source, kind, receipt, excluded, number: own, ...shown } = rest;
    const { committedAt, committedBy, hash: receiptHash } = JSON.parse(receipt) as Record<string, string>;
    const foreign = {
      amountMinor: foreignAmountMinor,
      currency: foreignCurrency,
      exponent: foreignExponent,
      rate: foreignRate,
    };
    const other = linked.get({ number: own });
    const link =
      other &&
      (({ number: linkedNumber, ...values }) => ({ ...values, id: transactionIdOf(clientId, linkedNumber) }))(other);
    return TransactionDetail.parse({
      ...shown,
      id,
      clientId,
      overdue: shown.overdue === 1,
      foreign: foreignAmountMinor === null ? null : foreign,
      details: children.all(own).map((json) => JSON.parse(json) as unknown),
      raw: raw.read(rawBlock, rawPosition),
      batch: { id: batchId, source, kind, committedAt, committedBy, receiptHash },
      linked: link ?? null,
      excluded: excluded === null ? null : (JSON.parse(excluded) as unknown),
    });
  };
}

export function createTransactionRepository(database: Database, clientId: ClientId): TransactionStore {
  const view = createView(database);
  const rowsOf = database.prepare<[string], PageRow>(PAGE_ROWS);
  return {
    page: (query) => {
      const { numbers, total, totals } = view(query);
      const rows = rowsOf.all(JSON.stringify(numbers)).map(({ number, ...row }) => ({
        ...row,
        id: transactionIdOf(clientId, number),
        overdue: row.overdue === 1,
      }));
      return { rows, offset: query.offset, total, totals };
    },
    get: createDetail(database, clientId),
    ...createExclusions(database, clientId),
  };
}
