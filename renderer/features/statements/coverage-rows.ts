// The grid's rows from the vault's answer: accounts under their clients, those that are wanted, and where a key leads. It judges no month.
import type { AccountCoverage, CoverageState } from '../../../shared/ipc/contract/statements.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';

export type GridRow =
  | { readonly kind: 'client'; readonly client: ClientSummary }
  | { readonly kind: 'account'; readonly coverage: AccountCoverage };

/** States that ask somebody to do something. */
export const OPEN_STATES: readonly CoverageState[] = ['mismatch', 'duplicate', 'missing'];

export interface Wanted {
  readonly search: string;
  readonly onlyOpen: boolean;
}

function isWanted({ name, numberMask, months }: AccountCoverage, { search, onlyOpen }: Wanted): boolean {
  const text = `${name} ${numberMask}`.toLocaleLowerCase();
  return (
    text.includes(search.trim().toLocaleLowerCase()) &&
    (!onlyOpen || months.some(({ state }) => OPEN_STATES.includes(state)))
  );
}

/** Accounts alone where `clients` is one; else each client's name before its accounts. */
export function rowsOf(
  coverage: readonly AccountCoverage[],
  clients: readonly ClientSummary[],
  wanted: Wanted,
): GridRow[] {
  const byClient = Map.groupBy(
    coverage.filter((account) => isWanted(account, wanted)),
    ({ clientId }) => clientId,
  );
  return clients.flatMap((client): GridRow[] => {
    const own = (byClient.get(client.id) ?? []).map((each): GridRow => ({ kind: 'account', coverage: each }));
    return own.length > 0 && clients.length > 1 ? [{ kind: 'client', client }, ...own] : own;
  });
}

/** How many months are in each state. */
export function countStates(coverage: readonly AccountCoverage[]): Map<CoverageState, number> {
  const counts = new Map<CoverageState, number>();
  for (const { months } of coverage) for (const { state } of months) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

/** `column` 0 is the account itself, then its months. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

const ACROSS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  h: -1,
  ArrowRight: 1,
  l: 1,
  Home: -Infinity,
  End: Infinity,
};
const DOWN: Readonly<Record<string, number>> = { ArrowUp: -1, k: -1, ArrowDown: 1, j: 1, PageUp: -10, PageDown: 10 };

const clamp = (value: number, last: number): number => Math.max(0, Math.min(last, value));

/** The account row that is `steps` account rows away, or the last one on the way. */
function accountRow(rows: readonly GridRow[], from: number, steps: number): number {
  const accounts = rows.flatMap(({ kind }, index) => (kind === 'account' ? [index] : []));
  const now = Math.max(0, accounts.indexOf(from));
  return accounts[clamp(now + steps, accounts.length - 1)] ?? from;
}

/** Where a key leads; null where it leads nowhere. With Ctrl, Home and End go to the first and last account. */
export function moved(
  rows: readonly GridRow[],
  at: Position,
  press: { readonly key: string; readonly ctrl: boolean },
): Position | null {
  const across = ACROSS[press.key];
  const down = press.ctrl ? across : DOWN[press.key];
  if (down !== undefined && (!press.ctrl || Math.abs(down) === Infinity))
    return { ...at, row: accountRow(rows, at.row, down) };
  return across === undefined || press.ctrl ? null : { ...at, column: clamp(at.column + across, 12) };
}

/** The account a position stands on. */
export function accountAt(rows: readonly GridRow[], row: number): AccountCoverage | null {
  const found = rows[row];
  return found?.kind === 'account' ? found.coverage : null;
}

/** The position of an account's month, or of the first account. */
export function positionOf(rows: readonly GridRow[], accountId: string | null, month: string | null): Position {
  const row = rows.findIndex((each) => each.kind === 'account' && each.coverage.accountId === accountId);
  if (row < 0) return { row: accountRow(rows, -1, 0), column: 0 };
  const column = accountAt(rows, row)?.months.findIndex((each) => each.month === month) ?? -1;
  return { row, column: column + 1 };
}
