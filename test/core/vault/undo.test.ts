// Undo takes back exactly what a batch brought: every table as it was, to the last column; and it refuses where something counts on the batch.
import { expect, test } from 'vitest';
import { createClientVault, type ClientVault } from '../../builders/client-vault.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';
import type { Database } from '../../../electron/adapters/sqlite/open-database.ts';

/** What a batch may change. Batches, statements, receipts, sources and audit only grow: they are the history of the undo itself. */
const LEDGER_TABLES = [
  'accounts',
  'balances',
  'account_days',
  'raw_blocks',
  'transactions',
  'transaction_children',
  'fingerprint_aliases',
  'pending_links',
  'edits',
  'tombstones',
  'batch_reliance',
  'staged_rows',
];

function dump(database: Database): Record<string, unknown[]> {
  database.exec(`INSERT INTO transaction_search (transaction_search, rank) VALUES ('integrity-check', 1)`);
  const words = database
    .prepare('SELECT rowid FROM transaction_search WHERE transaction_search MATCH ? ORDER BY rowid')
    .pluck();
  const searches = ['coffee', 'amazon', 'amzn', 'taxi', 'lunch'].map((word) => [word, words.all(word)]);
  const tables = LEDGER_TABLES.map((table) => [table, database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()]);
  return Object.fromEntries([...tables, ['searches', searches]]) as Record<string, unknown[]>;
}

const pendingTaxi = aSourceRow({
  state: 'pending',
  bookingDate: '2026-03-05',
  amountMinor: '-1200',
  description: 'Taxi',
  sourceId: 'p1',
});
const amazon = aSourceRow({
  bookingDate: '2026-03-03',
  amountMinor: '-4999',
  description: 'AMZN MKTP 123',
  counterparty: null,
  sourceId: 'a1',
});
const child = {
  amount: null,
  description: 'part',
  counterparty: null,
  counterpartyAccount: null,
  endToEndId: null,
  sourceId: null,
};
const first = [
  aSourceRow({ sourceId: 'c1', children: [child, child] }),
  aSourceRow({ sourceId: 'c2' }),
  amazon,
  pendingTaxi,
];

function withFirst(): ClientVault {
  const vault = createClientVault();
  vault.bring(statementEvents({ rows: first, openingMinor: 100_000n, closingMinor: 94_301n }));
  return vault;
}

const second = [
  aSourceRow({ sourceId: 'c2' }),
  { ...amazon, description: 'Amazon Marketplace', balanceAfterMinor: '94301' as typeof amazon.amountMinor },
  aSourceRow({ bookingDate: '2026-03-06', amountMinor: '-1350', description: 'Taxi', sourceId: 'b9' }),
  aSourceRow({
    bookingDate: '2026-03-07',
    amountMinor: '-900',
    description: 'Lunch',
    sourceId: 'n1',
    children: [child],
  }),
];

test('new rows, a changed row, a settled pending row, balances and figures are all as before', () => {
  const vault = withFirst();
  const before = dump(vault.database);
  const batch = vault.stage(
    statementEvents({
      rows: second,
      balances: [{ type: 'closing-booked', amountMinor: '92051', currency: 'GBP', date: '2026-03-07' } as never],
    }),
  );
  expect(batch.counts).toEqual({ new: 2, known: 1, changed: 1, doubtful: 0 });
  vault.commit(batch.id);
  const after = dump(vault.database);
  expect(after['edits']).toHaveLength(1);
  expect(after['pending_links']).toHaveLength(1);
  expect(after).not.toEqual(before);
  vault.undo(batch.id);
  expect(dump(vault.database)).toEqual(before);
});

test('committing the same again after an undo gives the same ledger', () => {
  const vault = withFirst();
  const batch = vault.stage(statementEvents({ rows: second }));
  vault.commit(batch.id);
  const shown = (): unknown[] =>
    vault.database
      .prepare(
        'SELECT booking_date, amount_minor, description, state, occurrence FROM transactions ORDER BY booking_date, amount_minor, state',
      )
      .all();
  const once = shown();
  vault.undo(batch.id);
  vault.bring(statementEvents({ rows: second }));
  expect(shown()).toEqual(once);
});

test('a batch that a later one counts on is undone after it, never before', () => {
  const vault = createClientVault();
  const a = vault.stage(statementEvents({ rows: first }));
  vault.commit(a.id);
  const b = vault.stage(statementEvents({ rows: second }), { source: 'later.ofx' });
  vault.commit(b.id);
  expect(() => vault.undo(a.id)).toThrow(
    expect.objectContaining({ code: 'BATCH_CHANGED_SINCE', params: { batch: a.id, by: 'later.ofx' } }),
  );
  vault.undo(b.id);
  expect(vault.undo(a.id).state).toBe('undone');
  expect(vault.store.transactionCount()).toBe(0);
});

test('a person’s own edit on a row keeps its batch', () => {
  const vault = createClientVault();
  const batch = vault.stage(statementEvents({ rows: first }));
  vault.commit(batch.id);
  vault.database.exec(
    `INSERT INTO edits (transaction_number, at, user_id, user_name, before_json, after_json) SELECT min(number), 'x', 'u', 'u', '{}', '{}' FROM transactions`,
  );
  expect(() => vault.undo(batch.id)).toThrow(expect.objectContaining({ code: 'BATCH_CHANGED_SINCE' }));
});

test('states are kept apart: staged is not undone, committed is not discarded, undone is neither', () => {
  const vault = createClientVault();
  const batch = vault.stage(statementEvents({ rows: first }));
  expect(() => vault.undo(batch.id)).toThrow(expect.objectContaining({ code: 'BATCH_NOT_COMMITTED' }));
  vault.commit(batch.id);
  expect(() => vault.commit(batch.id)).toThrow(expect.objectContaining({ code: 'BATCH_NOT_STAGED' }));
  vault.undo(batch.id);
  expect(() => vault.undo(batch.id)).toThrow(expect.objectContaining({ code: 'BATCH_NOT_COMMITTED' }));
});

test('a diff that another commit overtook is matched again before it commits', () => {
  const vault = createClientVault();
  const one = vault.stage(statementEvents({ rows: first }));
  const two = vault.stage(statementEvents({ rows: first }));
  expect(two.counts.new).toBe(4);
  vault.commit(one.id);
  expect(vault.commit(two.id).counts).toMatchObject({ new: 0, known: 4 });
  expect(vault.store.transactionCount()).toBe(4);
});
