// The columns of a ledger as a table, the same for CSV and XLSX. It formats nothing.
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { LedgerAccount, LedgerRecord } from '../../core/ports/statement-writer.ts';
import type { WrittenAmount } from './amounts.ts';
import { printable } from './texts.ts';

/** What a cell is, so that each format can write it as what it is. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'date'; readonly date: CalendarDate }
  | { readonly kind: 'amount'; readonly amount: WrittenAmount }
  | { readonly kind: 'count'; readonly count: number };

/** What a row is seen with: its account and the booked balance after it. */
export interface RowContext {
  readonly account: LedgerAccount;
  readonly balanceMinor: bigint | null;
}

/** `width` is in characters, for formats that have widths. A null cell is empty. */
export interface Column {
  readonly title: string;
  readonly width: number;
  cell(row: LedgerRecord, context: RowContext): Cell | null;
}

const text = (value: string | null): Cell | null =>
  value === null || value === '' ? null : { kind: 'text', text: printable(value) };
const date = (value: CalendarDate | null): Cell | null => (value === null ? null : { kind: 'date', date: value });

/** Batch details are only counted: their amounts beside those of the rows would count twice in a sum. */
export const COLUMNS: readonly Column[] = [
  { title: 'Account', width: 26, cell: (_row, { account }) => text(account.iban ?? account.number) },
  { title: 'Booking date', width: 12, cell: (row) => date(row.bookingDate) },
  { title: 'Value date', width: 12, cell: (row) => date(row.valueDate) },
  { title: 'Amount', width: 16, cell: (row) => ({ kind: 'amount', amount: row }) },
  { title: 'Currency', width: 9, cell: (row) => text(row.currency) },
  { title: 'Balance', width: 16, cell: (_row, context) => balanceCell(context) },
  { title: 'Counterparty', width: 32, cell: (row) => text(row.counterparty) },
  { title: 'Counterparty account', width: 26, cell: (row) => text(row.counterpartyAccount) },
  { title: 'Description', width: 60, cell: (row) => text(row.description) },
  { title: 'End-to-end reference', width: 24, cell: (row) => text(row.endToEndId) },
  { title: 'Bank reference', width: 24, cell: (row) => text(row.sourceId) },
  { title: 'Bank code', width: 16, cell: (row) => text(row.bankCode) },
  { title: 'Transaction date', width: 12, cell: (row) => date(row.transactionDate) },
  { title: 'Original amount', width: 16, cell: ({ foreign }) => foreign && { kind: 'amount', amount: foreign } },
  { title: 'Original currency', width: 9, cell: ({ foreign }) => text(foreign?.currency ?? null) },
  { title: 'Exchange rate', width: 14, cell: ({ foreign }) => text(foreign?.rate ?? null) },
  { title: 'Batch details', width: 9, cell: ({ children }) => detailsCell(children.length) },
  { title: 'Transaction ID', width: 34, cell: (row) => text(row.transactionId) },
];

/** In the account's currency, also beside a row in another one, which does not move it. */
function balanceCell({ account, balanceMinor }: RowContext): Cell | null {
  if (balanceMinor === null) return null;
  return { kind: 'amount', amount: { amountMinor: balanceMinor.toString(), exponent: account.exponent } };
}

function detailsCell(count: number): Cell | null {
  return count === 0 ? null : { kind: 'count', count };
}
