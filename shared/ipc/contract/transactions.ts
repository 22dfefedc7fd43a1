// The ledger: pages of a filtered, sorted view, and one row with its whole provenance.
import { z } from 'zod';
import { CalendarDate } from '../../model/calendar-date.ts';
import { AccountId, BatchId, ClientId, TransactionId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { ForeignAmount, SourceChild, TransactionState } from '../../model/source.ts';
import { call } from '../call.ts';

/** What narrows a view. Every field narrows further; null means no limit. */
export const TransactionFilter = z.strictObject({
  clientId: ClientId,
  accountId: AccountId.nullable(),
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
  /** Words that must all occur in description, counterparty or references, accents and case ignored; the last may be a beginning. */
  search: z.string().max(200).nullable(),
  /** Null shows pending and booked rows; removed ones (settled pending, excluded) only when asked for. */
  state: TransactionState.nullable(),
});
export type TransactionFilter = z.infer<typeof TransactionFilter>;

export const TransactionSort = z.strictObject({
  by: z.enum(['bookingDate', 'amount', 'counterparty', 'description']),
  direction: z.enum(['ascending', 'descending']),
});
export type TransactionSort = z.infer<typeof TransactionSort>;

export const TransactionRow = z.strictObject({
  id: TransactionId,
  accountId: AccountId,
  accountName: z.string(),
  state: TransactionState,
  bookingDate: CalendarDate,
  valueDate: CalendarDate.nullable(),
  amountMinor: z.string(),
  currency: z.string(),
  exponent: z.int(),
  description: z.string(),
  counterparty: z.string().nullable(),
  children: z.int(),
  /** A pending row that no booked one settled although the account's data reach more than eight days past it. */
  overdue: z.boolean(),
});
export type TransactionRow = z.infer<typeof TransactionRow>;

/** A page and the exact totals of all that is filtered, a currency each. Pending rows are counted apart, never in `bookedMinor`. */
export const TransactionPage = z.strictObject({
  rows: z.array(TransactionRow),
  offset: z.int(),
  total: z.int(),
  totals: z.array(
    z.strictObject({
      currency: z.string(),
      booked: z.int(),
      bookedMinor: z.string(),
      pending: z.int(),
      pendingMinor: z.string(),
    }),
  ),
});
export type TransactionPage = z.infer<typeof TransactionPage>;

export const TransactionDetail = TransactionRow.extend({
  clientId: ClientId,
  transactionDate: CalendarDate.nullable(),
  rawAmount: z.string(),
  rawSign: z.string().nullable(),
  foreign: ForeignAmount.nullable(),
  counterpartyAccount: z.string().nullable(),
  endToEndId: z.string().nullable(),
  sourceId: z.string().nullable(),
  bankCode: z.string().nullable(),
  balanceAfterMinor: z.string().nullable(),
  details: z.array(SourceChild),
  /** Which of several identical rows of that day this one is, from 1. */
  occurrence: z.int(),
  fingerprintVersion: z.int(),
  raw: z.string(),
  batch: z.strictObject({
    id: BatchId,
    source: z.string(),
    kind: z.enum(['connection', 'file']),
    committedAt: Instant,
    committedBy: z.string(),
    receiptHash: z.string(),
  }),
  /** The pending row this one settled, or the booked row that settled this one. */
  linked: z
    .strictObject({ id: TransactionId, state: TransactionState, bookingDate: CalendarDate, amountMinor: z.string() })
    .nullable(),
  /** Who excluded the row and why; null for a row that counts, or is removed because it settled. */
  excluded: z.strictObject({ reason: z.string(), at: Instant, by: z.string() }).nullable(),
});
export type TransactionDetail = z.infer<typeof TransactionDetail>;

const TransactionReference = z.strictObject({ clientId: ClientId, transactionId: TransactionId });

export const transactions = {
  list: call(
    { permission: 'transactions.read' },
    z.strictObject({
      filter: TransactionFilter,
      sort: TransactionSort,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    TransactionPage,
  ),
  get: call({ permission: 'transactions.read' }, TransactionReference, TransactionDetail),
  /**
   * Takes a row out of totals, balance and views, for a reason and until it is restored. The row keeps its identity: a source that brings it again
   * finds it (`known`, reason `excluded`) and never brings it back.
   * @throws {AppError} TRANSACTION_NOT_EXCLUDABLE (settled, or excluded already)
   */
  exclude: call(
    { permission: 'batches.write', audited: true },
    TransactionReference.extend({ reason: z.string().trim().min(1).max(500) }),
    TransactionDetail,
  ),
  /** @throws {AppError} TRANSACTION_NOT_EXCLUDED */
  restore: call({ permission: 'batches.write', audited: true }, TransactionReference, TransactionDetail),
};
