// What the transactions screen shows, kept in the address so that Back and links from other screens restore it.
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { AccountId, type ClientId } from '../../../shared/model/ids.ts';
import { TransactionFilter, TransactionSort } from '../../../shared/ipc/contract/transactions.ts';

export type LedgerFilter = Omit<TransactionFilter, 'clientId'>;
export interface LedgerView extends LedgerFilter {
  readonly sort: TransactionSort;
}

export const NEWEST_FIRST: TransactionSort = { by: 'bookingDate', direction: 'descending' };
export const NO_FILTER: LedgerFilter = { accountId: null, from: null, to: null, search: null, state: null };

function valueOf<T>(
  schema: { safeParse(value: unknown): { success: boolean; data?: T } },
  text: string | null,
): T | null {
  const parsed = schema.safeParse(text);
  return parsed.success && parsed.data !== undefined ? parsed.data : null;
}

/** The view an address describes; whatever is not valid in it is left out. */
export function readView(parameters: URLSearchParams): LedgerView {
  const sort = TransactionSort.safeParse({ by: parameters.get('sort'), direction: parameters.get('direction') });
  return {
    accountId: valueOf(AccountId, parameters.get('account')),
    from: valueOf(CalendarDate, parameters.get('from')),
    to: valueOf(CalendarDate, parameters.get('to')),
    search: parameters.get('search')?.slice(0, 200) || null,
    state: valueOf(TransactionFilter.shape.state, parameters.get('state')),
    sort: sort.success ? sort.data : NEWEST_FIRST,
  };
}

/** The address of a view. Defaults are left out. */
export function writeView(view: LedgerView): URLSearchParams {
  const parameters = new URLSearchParams();
  const entries = { account: view.accountId, from: view.from, to: view.to, search: view.search, state: view.state };
  for (const [name, value] of Object.entries(entries)) if (value !== null) parameters.set(name, value);
  if (view.sort.by !== NEWEST_FIRST.by || view.sort.direction !== NEWEST_FIRST.direction) {
    parameters.set('sort', view.sort.by);
    parameters.set('direction', view.sort.direction);
  }
  return parameters;
}

export function filterOf(clientId: ClientId, view: LedgerView): TransactionFilter {
  const { accountId, from, to, state } = view;
  return { clientId, accountId, from, to, state, search: view.search?.trim() || null };
}

export function isFiltered(view: LedgerView): boolean {
  return [view.accountId, view.from, view.to, view.search, view.state].some((value) => value !== null);
}

/** The sort after a click on a column: the other way round, or the column's natural first direction. */
export function sortAfterClick(current: TransactionSort, by: TransactionSort['by']): TransactionSort {
  if (current.by === by) return { by, direction: current.direction === 'ascending' ? 'descending' : 'ascending' };
  return { by, direction: by === 'bookingDate' || by === 'amount' ? 'descending' : 'ascending' };
}

/** A column's key as the sort it stands for. */
export function sortOf(column: string): TransactionSort['by'] {
  return TransactionSort.shape.by.catch(NEWEST_FIRST.by).parse(column);
}
