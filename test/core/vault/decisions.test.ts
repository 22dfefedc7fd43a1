// Doubtful rows and what a person says of them: before the commit and after it, taken back, and taken along by undo. Undecided ones never count.
import { expect, test } from 'vitest';
import { verifyReceiptChain } from '../../../electron/core/vault/receipt-chain.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { UNNAMED_ACCOUNT } from '../../../shared/model/source.ts';
import { CLIENT, createClientVault, type ClientVault } from '../../builders/client-vault.ts';
import { aSourceAccount, aSourceRow, statementEvents } from '../../builders/ledger.ts';

const child = { amount: null, description: 'part', counterparty: null };
const details = [{ ...child, counterpartyAccount: null, endToEndId: null, sourceId: null }];
const first = [
  aSourceRow({ bookingDate: '2026-03-01', amountMinor: '-100', description: 'Start' }),
  aSourceRow({
    bookingDate: '2026-03-03',
    amountMinor: '-4999',
    description: 'Rent of the shop',
    counterparty: 'Owner',
  }),
  aSourceRow({ bookingDate: '2026-03-09', amountMinor: '-100', description: 'End' }),
];
/** The same day and amount as the rent in words of their own: the source's own earlier wording, or another payment. */
const doubtful = aSourceRow({
  bookingDate: '2026-03-03',
  amountMinor: '-4999',
  description: 'Zebra crossing 77',
  counterparty: 'Harbour',
  children: details,
});
const second = [first[0]!, doubtful, first[2]!];

function withDoubt(): { vault: ClientVault; batch: BatchSummary } {
  const vault = createClientVault();
  vault.bring(statementEvents({ rows: first }), { source: 'march.ofx' });
  const batch = vault.stage(statementEvents({ rows: second }), { source: 'again.ofx' });
  expect(batch.counts).toEqual({ new: 0, known: 2, changed: 0, doubtful: 1 });
  return { vault, batch };
}

const page = { offset: 0, limit: 50 };
const diff = ({ store }: ClientVault, batch: BatchSummary) =>
  store.batches.diff(batch.id, { ...page, kind: null }).rows;
const doubts = ({ store }: ClientVault) => store.batches.doubts(page);
const booked = ({ store }: ClientVault): string => store.accounts.list()[0]!.bookedMinor;
const numberOf = (vault: ClientVault, batch: BatchSummary): number =>
  diff(vault, batch).find(({ kind }) => kind === 'doubtful')!.number;

function tables({ database }: ClientVault): unknown {
  database.exec(`INSERT INTO transaction_search (transaction_search, rank) VALUES ('integrity-check', 1)`);
  return [
    'transactions',
    'transaction_children',
    'fingerprint_aliases',
    'batch_reliance',
    'account_days',
    'staged_rows',
  ].map((table) => database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all());
}

const found = ({ database }: ClientVault, word: string): number[] =>
  database
    .prepare<[string], number>('SELECT rowid FROM transaction_search WHERE transaction_search MATCH ?')
    .pluck()
    .all(word);

test('the comparison shows the row’s number, its counterpart and no decision', () => {
  const { vault, batch } = withDoubt();
  const rows = diff(vault, batch);
  expect(rows.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(rows[1]).toMatchObject({
    kind: 'doubtful',
    reason: 'similar-row',
    decision: null,
    counterpart: { state: 'booked', amountMinor: '-4999', description: 'Rent of the shop', source: 'march.ofx' },
  });
  expect(batch.undecided).toBe(1);
  expect(doubts(vault)).toMatchObject({
    total: 1,
    rows: [{ batchId: batch.id, source: 'again.ofx', accountName: 'Business current', number: 2 }],
  });
});

test('an undecided row never counts, before the commit nor after it', () => {
  const { vault, batch } = withDoubt();
  const before = booked(vault);
  const receipt = vault.commit(batch.id);
  expect(receipt.counts).toEqual({ new: 0, known: 2, changed: 0, doubtful: 1 });
  expect([booked(vault), vault.store.transactionCount()]).toEqual([before, 3]);
  expect(doubts(vault).total).toBe(1);
});

test.each([
  ['separate', { new: 1, known: 2, changed: 0, doubtful: 0 }, 4],
  ['same', { new: 0, known: 3, changed: 0, doubtful: 0 }, 3],
] as const)('%s, said of a staged row, counts at the commit and in its receipt', (decision, counts, rows) => {
  const { vault, batch } = withDoubt();
  expect(vault.decide(batch.id, 2, decision).undecided).toBe(0);
  expect(vault.store.transactionCount()).toBe(3);
  const receipt = vault.commit(batch.id);
  expect(receipt.counts).toEqual(counts);
  expect(receipt.sums).toEqual(decision === 'separate' ? [{ currency: 'GBP', amountMinor: '-4999' }] : []);
  expect(vault.store.transactionCount()).toBe(rows);
  const again = vault.stage(statementEvents({ rows: second }), { source: 'third.ofx' });
  expect(again.counts).toEqual({ new: 0, known: 3, changed: 0, doubtful: 0 });
});

test.each(['separate', 'same'] as const)(
  '%s, said after the commit, counts at once; opened again and undone it leaves nothing',
  (decision) => {
    const { vault, batch } = withDoubt();
    vault.commit(batch.id);
    const receipts = vault.store.batches.receipts();
    const [committed, before] = [tables(vault), booked(vault)];
    expect(vault.decide(batch.id, 2, decision).undecided).toBe(0);
    const separate = decision === 'separate';
    expect(BigInt(before) - BigInt(booked(vault))).toBe(separate ? 4999n : 0n);
    expect(found(vault, 'zebra')).toHaveLength(separate ? 1 : 0);
    expect(diff(vault, batch)).toMatchObject([{ kind: 'doubtful', number: 2, decision }]);
    expect(vault.store.batches.receipts()).toEqual(receipts);
    expect(verifyReceiptChain(receipts)).toBeNull();
    expect(doubts(vault).total).toBe(0);
    vault.decide(batch.id, 2, null);
    expect(tables(vault)).toEqual(committed);
    expect(doubts(vault).total).toBe(1);
    vault.decide(batch.id, 2, decision);
    vault.undo(batch.id);
    expect([booked(vault), vault.store.transactionCount(), doubts(vault).total]).toEqual([before, 3, 0]);
    expect(found(vault, 'zebra')).toEqual([]);
    const words = vault.database.prepare('SELECT row, decision, user_name FROM row_decisions').all();
    expect(words).toEqual(
      [decision, null, decision].map((said) => ({ row: 2, decision: said, user_name: 'Ada Owner' })),
    );
  },
);

test('one decision may be followed by the other', () => {
  const { vault, batch } = withDoubt();
  vault.commit(batch.id);
  vault.decide(batch.id, 2, 'separate');
  vault.decide(batch.id, 2, 'same');
  expect([vault.store.transactionCount(), found(vault, 'zebra')]).toEqual([3, []]);
  vault.decide(batch.id, 2, 'separate');
  expect(vault.store.transactionCount()).toBe(4);
});

test('a decision that a later batch counts on stays', () => {
  const { vault, batch } = withDoubt();
  vault.commit(batch.id);
  vault.decide(batch.id, 2, 'separate');
  vault.bring(statementEvents({ rows: second }), { source: 'third.ofx' });
  expect(() => vault.decide(batch.id, 2, null)).toThrow(
    expect.objectContaining({ code: 'BATCH_CHANGED_SINCE', params: { batch: batch.id, by: 'third.ofx' } }),
  );
  expect(vault.store.transactionCount()).toBe(4);
});

test('the same doubtful row in two committed batches is asked about the row it has become', () => {
  const { vault, batch } = withDoubt();
  vault.commit(batch.id);
  const other = vault.stage(statementEvents({ rows: second }), { source: 'third.ofx' });
  vault.commit(other.id);
  vault.decide(batch.id, 2, 'separate');
  const [open] = doubts(vault).rows;
  expect(open).toMatchObject({
    batchId: other.id,
    counterpart: { description: 'Zebra crossing 77', source: 'again.ofx' },
  });
  vault.decide(other.id, open!.number, 'same');
  expect([vault.store.transactionCount(), doubts(vault).total]).toEqual([4, 0]);
});

test('a counterpart that was undone meanwhile can’t be the same row; the row may still be one of its own', () => {
  const vault = createClientVault();
  const one = vault.stage(statementEvents({ rows: first.slice(1, 2) }), { source: 'one.ofx' });
  vault.commit(one.id);
  vault.bring(statementEvents({ rows: [first[0]!, first[2]!] }), { source: 'rest.ofx' });
  const batch = vault.stage(statementEvents({ rows: second }), { source: 'again.ofx' });
  expect(batch.counts.doubtful).toBe(1);
  vault.commit(batch.id);
  vault.undo(one.id);
  const number = numberOf(vault, batch);
  expect(diff(vault, batch)[0]!.counterpart).toBeNull();
  expect(() => vault.decide(batch.id, number, 'same')).toThrow(
    expect.objectContaining({ code: 'BATCH_CHANGED_SINCE' }),
  );
  vault.decide(batch.id, number, 'separate');
  expect(vault.store.transactionCount()).toBe(3);
});

test('a decision about another counterpart than the one found at the commit is asked anew', () => {
  const { vault, batch } = withDoubt();
  vault.decide(batch.id, 2, 'separate');
  const settled = vault.stage(statementEvents({ rows: second }), { source: 'first.ofx' });
  vault.decide(settled.id, 2, 'separate');
  vault.commit(settled.id);
  expect(vault.commit(batch.id).counts).toEqual({ new: 0, known: 3, changed: 0, doubtful: 0 });
  expect(vault.store.transactionCount()).toBe(4);
});

test('rows without doubt, and rows of an undone batch, have nothing to decide', () => {
  const { vault, batch } = withDoubt();
  for (const number of [1, 3, 4])
    expect(() => vault.decide(batch.id, number, 'same')).toThrow(
      expect.objectContaining({ code: 'BATCH_ROW_NOT_DOUBTFUL' }),
    );
  vault.commit(batch.id);
  vault.undo(batch.id);
  expect(() => vault.decide(batch.id, 2, 'same')).toThrow(expect.objectContaining({ code: 'BATCH_ROW_NOT_DOUBTFUL' }));
});

test('numbers stay the same over the commit', () => {
  const vault = createClientVault();
  vault.bring(statementEvents({ rows: first }));
  const rows = [...second, aSourceRow({ bookingDate: '2026-03-20', description: 'Later' })];
  const batch = vault.stage(statementEvents({ rows }));
  const numbers = () => diff(vault, batch).map(({ number, description }) => [number, description]);
  expect(numbers().map(([number]) => number)).toEqual([1, 2, 3, 4]);
  vault.commit(batch.id);
  expect(numbers()).toEqual([
    [4, 'Later'],
    [2, 'Zebra crossing 77'],
  ]);
});

test('a source that names no account waits for a person, who may choose one of its currency or a new one', () => {
  const vault = createClientVault();
  vault.bring(statementEvents({ rows: first }));
  const [account] = vault.store.accounts.list();
  const unnamed = aSourceAccount({ id: UNNAMED_ACCOUNT, name: null, institution: null });
  const csv = { source: 'exports/March.2026.csv', reader: 'csv' };
  const batch = vault.stage(statementEvents({ account: unnamed, rows: first }), csv);
  expect(batch.statements.map(({ ambiguous }) => ambiguous)).toEqual([true]);
  expect(() => vault.commit(batch.id)).toThrow(expect.objectContaining({ code: 'ACCOUNT_AMBIGUOUS' }));
  expect(vault.assign(batch.id, 0, account!.id).counts).toMatchObject({ new: 0, known: 3 });
  const euros = first.map((row) => ({ ...row, currency: 'EUR' as typeof row.currency }));
  const other = vault.stage(statementEvents({ account: { ...unnamed, currency: null }, rows: euros }), csv);
  expect(() => vault.assign(other.id, 0, account!.id)).toThrow(
    expect.objectContaining({ code: 'ACCOUNT_CURRENCY_DIFFERS', params: { statement: 'EUR', account: 'GBP' } }),
  );
  vault.assign(other.id, 0, null);
  vault.commit(other.id);
  expect(vault.store.accounts.list().map(({ name, currency }) => [name, currency])).toEqual([
    ['Business current', 'GBP'],
    ['March.2026', 'EUR'],
  ]);
  const third = vault.stage(statementEvents({ account: unnamed, rows: euros }), csv);
  expect(third.statements.map(({ ambiguous }) => ambiguous)).toEqual([true]);
  expect(vault.handlers.batches.doubts({ clientId: CLIENT, ...page }, vault.context)).toEqual({ rows: [], total: 0 });
});
