// One page of an account's transactions: the window that consent and query allow, newest first, behind an opaque cursor.
import { z } from 'zod';
import { refuseWith } from './answer.ts';
import type { Consent } from './consents.ts';
import type { LedgerAccount, LedgerRow } from './ledger/ledger-row.ts';

const Cursor = z.strictObject({ from: z.string(), to: z.string(), offset: z.int().nonnegative(), again: z.boolean() });
type Cursor = z.infer<typeof Cursor>;

export type TransactionsPage = {
  readonly rows: readonly LedgerRow[];
  readonly next: string | null;
  readonly totalPages: number;
};

export type PageQuery = {
  readonly consent: Consent;
  readonly parameters: URLSearchParams;
  readonly pageSize: number;
  /** The second page repeats the first. */
  readonly repeatFirst: boolean;
};

/** Local digits only: "if the date time contains a timezone, the ASPSP must ignore the timezone component". */
function localDigits(text: string | null | undefined, fallback: string): string {
  if (text === null || text === undefined) return fallback;
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(text);
  if (!match) refuseWith(400, 'U002', 'A date is not in ISO 8601.');
  return `${match[1] ?? ''}T${match[2] ?? '00:00:00'}`;
}

const laterOf = (one: string, other: string): string => (one > other ? one : other);
const earlierOf = (one: string, other: string): string => (one < other ? one : other);

function firstCursor({ consent, parameters }: PageQuery): Cursor {
  const { TransactionFromDateTime: consentFrom, TransactionToDateTime: consentTo } = consent.request;
  return {
    from: laterOf(localDigits(parameters.get('fromBookingDateTime'), '0000'), localDigits(consentFrom, '0000')),
    to: earlierOf(localDigits(parameters.get('toBookingDateTime'), '9999'), localDigits(consentTo, '9999')),
    offset: 0,
    again: false,
  };
}

function readCursor(query: PageQuery): Cursor {
  const page = query.parameters.get('page');
  if (page === null) return firstCursor(query);
  try {
    return Cursor.parse(JSON.parse(Buffer.from(page, 'base64url').toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) refuseWith(400, 'U002', 'The page is unknown.');
    throw error;
  }
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function nextCursor(cursor: Cursor, query: PageQuery, count: number): string | null {
  if (query.repeatFirst && cursor.offset === 0 && !cursor.again) return writeCursor({ ...cursor, again: true });
  const offset = cursor.offset + query.pageSize;
  return offset < count ? writeCursor({ ...cursor, offset, again: false }) : null;
}

/** @throws {AnswerError} 400 for a date or a page that cannot be read */
export function transactionsPage(account: LedgerAccount, query: PageQuery): TransactionsPage {
  const cursor = readCursor(query);
  const permissions = query.consent.request.Permissions;
  const allowed = (row: LedgerRow): boolean =>
    permissions.includes(row.amountMinor < 0n ? 'ReadTransactionsDebits' : 'ReadTransactionsCredits');
  const rows = account.rows
    .filter((row) => row.bookedAt >= cursor.from && row.bookedAt.slice(0, 19) <= cursor.to && allowed(row))
    .reverse();
  return {
    rows: rows.slice(cursor.offset, cursor.offset + query.pageSize),
    next: nextCursor(cursor, query, rows.length),
    totalPages: Math.max(1, Math.ceil(rows.length / query.pageSize)),
  };
}

/** First and last instant that the bank would show for this consent. */
export function availableWindow(
  account: LedgerAccount,
  consent: Consent,
  today: string,
): { first: string; last: string } {
  const first = laterOf(`${account.openedOn}T00:00:00`, localDigits(consent.request.TransactionFromDateTime, '0000'));
  const last = earlierOf(`${today}T23:59:59`, localDigits(consent.request.TransactionToDateTime, '9999'));
  return { first: `${first}+00:00`, last: `${last}+00:00` };
}
