// Brings one account: balances, then page after page of transactions, as source events. It decides nothing about other accounts.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { SourceEvent, SourceTransaction, SourceWarning } from '../../../../shared/model/source.ts';
import type { ListedAccount } from './accounts.ts';
import { PageWalk } from './page-walk.ts';
import type { Resources } from './resources.ts';
import { StatementBalances } from './statement-balances.ts';
import { mapTransaction } from './transaction.ts';
import type { TransactionsPage } from './transactions-page.ts';

const ROWS_AN_EVENT = 1000;

export interface AccountRequest {
  readonly listed: ListedAccount;
  readonly from: CalendarDate;
}

/** Counts of records that became no row, by status. */
class Skipped {
  readonly #counts = new Map<string, number>();

  add(status: string): void {
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
  }

  warnings(): SourceWarning[] {
    if (this.#counts.size === 0) return [];
    const list = [...this.#counts].map(([status, count]) => `${count} × ${status}`).join(', ');
    return [{ code: 'ENTRIES_SKIPPED', text: `Entries that moved no money were left out: ${list}.` }];
  }
}

function mapPage(records: readonly unknown[], { listed }: AccountRequest, skipped: Skipped): SourceTransaction[] {
  const expected = { resourceId: listed.resourceId, currency: listed.account.currency };
  return records.flatMap((record, index) => {
    const mapped = mapTransaction(record, expected, `Data.Transaction.${index}`);
    if (mapped.row) return [mapped.row];
    skipped.add(mapped.skipped);
    return [];
  });
}

function inEvents(rows: readonly SourceTransaction[]): SourceEvent[] {
  const events: SourceEvent[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AN_EVENT)
    events.push({ type: 'transactions', items: rows.slice(start, start + ROWS_AN_EVENT) });
  return events;
}

function windowWarnings(page: TransactionsPage, from: CalendarDate): SourceWarning[] {
  if (page.firstAvailable === null || page.firstAvailable <= from) return [];
  const text = `The bank shows transactions from ${page.firstAvailable}; ${from} was asked for.`;
  return [{ code: 'WINDOW_SHORTENED', text }];
}

function repeatWarnings(walk: PageWalk): SourceWarning[] {
  if (walk.repeated === 0) return [];
  return [{ code: 'RECORDS_REPEATED', text: `The bank sent ${walk.repeated} records twice; each counts once.` }];
}

const toEvents = (warnings: readonly SourceWarning[]): SourceEvent[] =>
  warnings.map((warning) => ({ type: 'warning', warning }));

/** One yield a page; the last one ends the statement. @throws {AppError} BANK_*, TLS_* */
export async function* fetchAccount(
  resources: Resources,
  request: AccountRequest,
): AsyncGenerator<SourceEvent[], void> {
  const { listed, from } = request;
  const { balances, warnings } = await resources.balances(listed.resourceId);
  const [walk, skipped, proof] = [new PageWalk(), new Skipped(), new StatementBalances()];
  yield [{ type: 'statement', account: listed.account, statementId: null }, ...toEvents(warnings)];
  let url: string | null = resources.firstPage(listed.resourceId, from);
  let page: TransactionsPage | null = null;
  while (url !== null) {
    walk.visit(url);
    page = await resources.transactionsPage(url);
    const rows = mapPage(walk.take(page), request, skipped);
    for (const row of rows) proof.add(row);
    yield inEvents(rows);
    url = page.next;
  }
  walk.end();
  const closing = proof.closing(balances, listed.account.currency);
  const last = [...skipped.warnings(), ...repeatWarnings(walk), ...(page ? windowWarnings(page, from) : [])];
  yield [
    ...toEvents(last),
    { type: 'statement-end', from, to: closing?.date ?? null, opening: proof.opening(), closing, balances },
  ];
}
