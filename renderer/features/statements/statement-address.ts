// What the statements screen shows, kept in the address: the grid's year and cell, or one account's proof with its period.
import { addDays, CalendarDate, parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import { AccountId } from '../../../shared/model/ids.ts';

export interface DateRange {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** The cell one came from; a null month is the account itself. */
export interface CellAddress {
  readonly accountId: string;
  readonly month: string | null;
}

export interface ProofView extends DateRange {
  readonly accountId: AccountId;
  readonly exporting: boolean;
}

const PATH = '/statements';
const YEAR = /^(19|20)\d\d$/;
const MONTH = /^(19|20)\d\d-(0[1-9]|1[0-2])$/;

/** First and last day of a year (`2026`) or a month (`2026-03`). */
export function daysOf(period: string): DateRange {
  if (period.length === 4)
    return { from: parseCalendarDate(`${period}-01-01`), to: parseCalendarDate(`${period}-12-31`) };
  const next = addDays(parseCalendarDate(`${period}-28`), 4).slice(0, 7);
  return { from: parseCalendarDate(`${period}-01`), to: addDays(parseCalendarDate(`${next}-01`), -1) };
}

function dateOf(text: string | null): CalendarDate | null {
  const parsed = CalendarDate.safeParse(text);
  return parsed.success ? parsed.data : null;
}

/** Null where the address names no account: then it is the grid. A period that is not valid is this year's. */
export function readProof(parameters: URLSearchParams, today: CalendarDate): ProofView | null {
  const account = AccountId.safeParse(parameters.get('account'));
  if (!account.success) return null;
  const from = dateOf(parameters.get('from'));
  const to = dateOf(parameters.get('to'));
  const range = from !== null && to !== null && from <= to ? { from, to } : daysOf(today.slice(0, 4));
  return { accountId: account.data, ...range, exporting: parameters.get('view') === 'export' };
}

export function readYear(parameters: URLSearchParams, today: CalendarDate): number {
  const year = parameters.get('year') ?? '';
  return Number(YEAR.test(year) ? year : today.slice(0, 4));
}

export function readCell(parameters: URLSearchParams): CellAddress | null {
  const accountId = parameters.get('at');
  const month = parameters.get('month') ?? '';
  return accountId === null ? null : { accountId, month: MONTH.test(month) ? month : null };
}

export function gridAddress(year: number, cell: CellAddress | null = null): string {
  const parameters = new URLSearchParams({ year: String(year) });
  if (cell !== null) parameters.set('at', cell.accountId);
  if (cell?.month) parameters.set('month', cell.month);
  return `${PATH}?${parameters}`;
}

export function proofAddress(accountId: string, { from, to }: DateRange, exporting = false): string {
  const parameters = new URLSearchParams({ account: accountId, from, to });
  if (exporting) parameters.set('view', 'export');
  return `${PATH}?${parameters}`;
}

/** The account's rows of these days on the transactions screen. */
export function rowsAddress(accountId: string, { from, to }: DateRange, state: string | null = null): string {
  const parameters = new URLSearchParams({ account: accountId, from, to });
  if (state !== null) parameters.set('state', state);
  return `/transactions?${parameters}`;
}

export const batchAddress = (batchId: string): string => `/import?batch=${batchId}`;

/** Rows that wait for a decision. */
export const DOUBTS_ADDRESS = '/import?view=doubts';
