// Views over 100,000 rows: full-text search encrypted against plain, and the first page of filtered views against a primary-key fetch.
import type { Database } from '../../electron/adapters/sqlite/open-database.ts';
import type { TransactionFilter, TransactionSort } from '../../shared/ipc/contract/transactions.ts';
import { addDays, parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { CLIENT, type ClientVault } from '../builders/client-vault.ts';
import { benchFolder, statementOf } from './client-databases.ts';
import { compare, type Bench, type Comparison, type Figure, type Table, tableOf } from './harness.ts';

const ROWS = 100_000;
const PAGE = 200;
const FAR_FUTURE = parseCalendarDate('2090-01-01');
const EVERYTHING: TransactionFilter = {
  clientId: CLIENT,
  accountId: null,
  from: null,
  to: null,
  search: null,
  state: null,
};
const NEWEST: TransactionSort = { by: 'bookingDate', direction: 'descending' };

let asked = 0;

/** Asks for a page with a filter that was never asked before (its last day moves through the far future), so that no kept selection answers. */
function page(
  vault: ClientVault,
  filter: Partial<Record<keyof TransactionFilter, unknown>>,
  sort = NEWEST,
  offset = 0,
): void {
  asked += 1;
  const to = addDays(FAR_FUTURE, asked);
  const input = { filter: { ...EVERYTHING, to, ...filter } as TransactionFilter, sort, offset, limit: PAGE };
  const answer = vault.handlers.transactions.list(input, vault.context);
  if (answer instanceof Promise) throw new TypeError('a page is read synchronously');
}

/** The same 200 rows by primary key, as raw as SQLite gives them. */
function fetchByKey(database: Database): () => void {
  const statement = database.prepare('SELECT * FROM transactions WHERE number IN (SELECT value FROM json_each(?))');
  const ids = JSON.stringify(Array.from({ length: PAGE }, (_, index) => 1 + index * Math.floor(ROWS / PAGE)));
  return () => void statement.all(ids);
}

const VIEWS: readonly (readonly [
  name: string,
  filter: Partial<Record<keyof TransactionFilter, unknown>>,
  sort?: TransactionSort,
  offset?: number,
])[] = [
  ['newest first', {}],
  ['from a day on', { from: '2024-01-01' }],
  ['pending only', { state: 'pending' }],
  ['a word, newest first', { search: 'Northgate' }],
  ['a word and a year, by amount', { search: 'invoice', from: '2024-01-01' }, { by: 'amount', direction: 'ascending' }],
  ['by counterparty', {}, { by: 'counterparty', direction: 'ascending' }],
  ['jump to row 90,000', {}, NEWEST, 90_000],
];

export const bench: Bench = {
  title: `Views over ${ROWS.toLocaleString('en')} rows`,
  run: async (): Promise<Table[]> => {
    const folder = benchFolder();
    try {
      const [encrypted, plain] = [folder.open('encrypted'), folder.open('plain')];
      const events = statementOf(ROWS);
      for (const { vault } of [encrypted, plain]) vault.bring(events);
      const byKey = fetchByKey(encrypted.database);
      const search =
        ({ vault }: typeof plain) =>
        (): void =>
          page(vault, { search: 'Northgate energy' });
      const comparisons: Comparison[] = [
        {
          name: 'full-text search with exact totals: SQLCipher against plain SQLite',
          goal: '≤ 1.18× time',
          meets: (ratio) => ratio <= 1 / 0.85,
          ours: search(encrypted),
          reference: search(plain),
        },
        ...VIEWS.map(([name, filter, sort, offset]): Comparison => ({
          name: `first page with exact totals: ${name}`,
          goal: '≤ 1.5× key fetch + 10 ms',
          meets: (_, oursMs, referenceMs) => oursMs <= 1.5 * referenceMs + 10,
          ours: () => page(encrypted.vault, filter, sort, offset),
          reference: byKey,
        })),
      ];
      const figures: Figure[] = [];
      for (const comparison of comparisons) figures.push(await compare(comparison));
      return [tableOf(figures)];
    } finally {
      folder.remove();
    }
  },
};
