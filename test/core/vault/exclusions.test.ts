// Rows a person excluded with a reason: out of every figure, found again by every source, restored at will, and in nobody's way.
import { expect, test } from 'vitest';
import type { SourceTransaction } from '../../../shared/model/source.ts';
import { CLIENT, createClientVault, type ClientVault, type ImportOptions } from '../../builders/client-vault.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';

const OFX: ImportOptions = { reader: 'ofx 1.02', source: 'march.ofx' };
const CAMT: ImportOptions = { reader: 'camt 053.001.08', source: 'march.xml' };
const BANK: ImportOptions = {
  kind: 'connection',
  reader: 'uk-open-banking-4.0',
  resourceId: 'r1',
  source: 'Practice Bank',
};
const everything = { accountId: null, from: null, to: null, search: null, state: null };
const page = { sort: { by: 'bookingDate', direction: 'ascending' }, offset: 0, limit: 100 } as const;

const rent = aSourceRow({ bookingDate: '2026-03-03', amountMinor: '-4999', description: 'Rent of the shop' });
const march = [
  aSourceRow({ bookingDate: '2026-03-01', amountMinor: '10000', description: 'Sales' }),
  rent,
  aSourceRow({ bookingDate: '2026-03-09', amountMinor: '-100', description: 'Fee' }),
];
const sumOf = (rows: readonly SourceTransaction[]): bigint =>
  rows.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
const file = (rows: readonly SourceTransaction[]) =>
  statementEvents({ rows, openingMinor: 100_000n, closingMinor: 100_000n + sumOf(rows) });

const rowsOf = (vault: ClientVault, state: 'pending' | 'booked' | 'removed' | null = null) =>
  vault.store.transactions.page({ filter: { ...everything, state }, ...page });
const idOf = (vault: ClientVault, description: string, nth = 0): string =>
  rowsOf(vault).rows.filter((row) => row.description === description)[nth]?.id ?? expect.fail(description);
const account = (vault: ClientVault) => vault.store.accounts.list()[0]!;

function withMarch(how: ImportOptions = OFX, rows: readonly SourceTransaction[] = march) {
  const vault = createClientVault();
  const batch = vault.stage(file(rows), how);
  vault.commit(batch.id);
  return { vault, batch };
}

test('an excluded row leaves views, totals and balances, says who and why, and is shown when asked for', () => {
  const { vault } = withMarch();
  const id = idOf(vault, 'Rent of the shop');
  const detail = vault.exclude(id, 'The landlord’s own payment');
  expect(detail).toMatchObject({
    state: 'removed',
    excluded: { reason: 'The landlord’s own payment', by: 'Ada Owner' },
    linked: null,
  });
  expect(rowsOf(vault)).toMatchObject({ total: 2, totals: [{ booked: 2, bookedMinor: '9900' }] });
  expect(rowsOf(vault, 'removed').rows.map((row) => row.id)).toEqual([id]);
  expect(account(vault)).toMatchObject({ transactions: 2, proof: { result: 'fail', differenceMinor: '-4999' } });
  expect(vault.store.transactions.get(id as never).excluded).toMatchObject({ at: detail.excluded!.at });
});

test('restored, everything is as it was before', () => {
  const { vault } = withMarch();
  const before = [account(vault), rowsOf(vault)];
  const id = idOf(vault, 'Rent of the shop');
  vault.exclude(id);
  expect(vault.restore(id)).toMatchObject({ state: 'booked', excluded: null });
  expect([account(vault), rowsOf(vault)]).toEqual(before);
  expect(vault.database.prepare('SELECT count(*) FROM tombstones').pluck().get()).toBe(0);
});

test('both leave an entry with who, when and why', () => {
  const { vault } = withMarch();
  const id = idOf(vault, 'Rent of the shop');
  vault.exclude(id, 'A test of the bank');
  vault.restore(id);
  const entries = vault.store.audit.records({ after: 0, limit: 100 }).slice(-2);
  expect(JSON.stringify(entries)).toContain('A test of the bank');
  expect(JSON.stringify(entries).split(id)).toHaveLength(3);
});

test('what no longer counts can’t be excluded, and what counts can’t be restored', () => {
  const vault = createClientVault();
  vault.bring(file([aSourceRow({ state: 'pending', sourceId: 'x1', description: 'Taxi' })]));
  const pending = idOf(vault, 'Taxi');
  vault.bring(file([aSourceRow({ sourceId: 'x1', description: 'Taxi', bookingDate: '2026-03-04' })]));
  const notExcludable = expect.objectContaining({ code: 'TRANSACTION_NOT_EXCLUDABLE' });
  expect(() => vault.exclude(pending)).toThrow(notExcludable);
  const booked = idOf(vault, 'Taxi');
  expect(() => vault.restore(booked)).toThrow(expect.objectContaining({ code: 'TRANSACTION_NOT_EXCLUDED' }));
  vault.exclude(booked);
  expect(() => vault.exclude(booked)).toThrow(notExcludable);
  expect(() => vault.restore(pending)).toThrow(expect.objectContaining({ code: 'TRANSACTION_NOT_EXCLUDED' }));
  const nobody = `transaction_${CLIENT.slice(7, 15)}${'f'.repeat(12)}`;
  expect(() => vault.exclude(nobody)).toThrow(expect.objectContaining({ code: 'TRANSACTION_NOT_FOUND' }));
});

test.each([
  ['the same file', OFX, OFX, (row: SourceTransaction) => row],
  ['another format in the same words', OFX, CAMT, (row: SourceTransaction) => row],
  [
    'another format in other words',
    OFX,
    CAMT,
    (row: SourceTransaction) => ({ ...row, description: `SEPA ${row.description}`, counterparty: 'Somebody' }),
  ],
  ['a bank after a file', OFX, BANK, (row: SourceTransaction) => ({ ...row, description: `${row.description} api` })],
  [
    'the same source that reworded its rows',
    BANK,
    BANK,
    (row: SourceTransaction) => ({ ...row, description: `${row.description} GmbH` }),
  ],
] as const)('%s finds the excluded row and does not bring it back', (_name, first, second, change) => {
  const brought = march.map((row, at) => ({ ...row, sourceId: `b${at}` }));
  const { vault } = withMarch(first, brought);
  vault.exclude(idOf(vault, 'Rent of the shop'));
  for (const round of ['first', 'again']) {
    const batch = vault.stage(file(brought.map(change)), { ...second, source: round });
    expect(batch.counts, round).toMatchObject({ new: 0, doubtful: 0 });
    const { rows } = vault.store.batches.diff(batch.id, { kind: null, offset: 0, limit: 10 });
    expect(rows[1]).toMatchObject({ kind: 'known', reason: 'excluded', counterpart: { state: 'removed' } });
    vault.commit(batch.id);
    expect(rowsOf(vault).totals).toMatchObject([{ booked: 2, bookedMinor: '9900' }]);
  }
});

test('of twins one goes and the other stays; the file again brings neither', () => {
  const { vault } = withMarch(OFX, [...march, rent]);
  expect(rowsOf(vault).total).toBe(4);
  vault.exclude(idOf(vault, 'Rent of the shop', 1));
  expect(rowsOf(vault)).toMatchObject({ total: 3, totals: [{ bookedMinor: '4901' }] });
  for (const how of [OFX, CAMT])
    expect(vault.bring(file([...march, rent]), how).counts).toMatchObject({ new: 0, known: 4 });
  expect(rowsOf(vault)).toMatchObject({ total: 3, totals: [{ bookedMinor: '4901' }] });
  expect(vault.bring(file([...march, rent, rent]), OFX).counts).toMatchObject({ new: 1, known: 4 });
});

test('a batch with an excluded row is undone after the row is restored', () => {
  const { vault, batch } = withMarch();
  const id = idOf(vault, 'Rent of the shop');
  vault.exclude(id);
  expect(() => vault.undo(batch.id)).toThrow(
    expect.objectContaining({ code: 'BATCH_CHANGED_SINCE', params: { batch: batch.id, by: 'exclusion' } }),
  );
  vault.restore(id);
  expect(vault.undo(batch.id).state).toBe('undone');
});

test('the proof names the excluded row as what would explain the difference', () => {
  const { vault } = withMarch();
  const id = idOf(vault, 'Rent of the shop');
  vault.exclude(id);
  const { findings } = vault.handlers.statements.proof(
    { clientId: CLIENT, accountId: account(vault).id, from: '2026-03-01', to: '2026-03-31' } as never,
    vault.context,
  ) as { findings: { candidates: { kind: string; transactionId: string | null }[] }[] };
  expect(findings[0]?.candidates[0]).toMatchObject({ kind: 'excluded', transactionId: id });
});

test('an excluded pending row is known when it comes again; its booked one is asked about and the answer remembered', () => {
  const vault = createClientVault();
  const hold = aSourceRow({ state: 'pending', description: 'Hotel Adria', amountMinor: '-9000' });
  const booked = aSourceRow({ description: 'Hotel Adria', amountMinor: '-9000', bookingDate: '2026-03-04' });
  vault.bring(file([hold]));
  vault.exclude(idOf(vault, 'Hotel Adria'));
  expect(vault.bring(file([hold])).counts).toMatchObject({ new: 0, known: 1 });
  const batch = vault.stage(file([booked]));
  expect(batch.counts).toMatchObject({ new: 0, doubtful: 1 });
  vault.decide(batch.id, 1, 'same');
  expect(vault.commit(batch.id).counts).toMatchObject({ new: 0, known: 1 });
  const again = vault.stage(file([booked]));
  expect(again.counts).toMatchObject({ new: 0, known: 1, doubtful: 0 });
  vault.commit(again.id);
  expect(rowsOf(vault)).toMatchObject({ total: 0, totals: [] });
});

test('of two holds of one amount the booked row settles the one that was not excluded', () => {
  const vault = createClientVault();
  const hold = aSourceRow({ state: 'pending', description: 'Hotel Adria', amountMinor: '-9000' });
  vault.bring(file([hold, hold]));
  vault.exclude(idOf(vault, 'Hotel Adria'));
  const booked = aSourceRow({ description: 'Hotel Adria', amountMinor: '-9000', bookingDate: '2026-03-04' });
  expect(vault.bring(file([booked])).counts).toMatchObject({ new: 1, doubtful: 0 });
  expect(rowsOf(vault).totals).toMatchObject([{ booked: 1, pending: 0 }]);
});
