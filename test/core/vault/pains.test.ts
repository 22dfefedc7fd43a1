// The pains of this field's users that the ledger answers, by their number in the domain's list, each from two kinds of sources.
import { describe, expect, test } from 'vitest';
import type { SourceTransaction } from '../../../shared/model/source.ts';
import { createClientVault, type ClientVault, type ImportOptions } from '../../builders/client-vault.ts';
import { aSourceAccount, aSourceRow, statementEvents } from '../../builders/ledger.ts';

const BANK: ImportOptions = {
  kind: 'connection',
  reader: 'uk-open-banking-4.0',
  resourceId: 'r1',
  source: 'Practice Bank',
};
const OFX: ImportOptions = { reader: 'ofx 1.02', source: 'a.ofx' };
const CAMT: ImportOptions = { reader: 'camt 053.001.08', source: 'a.xml' };
const everything = { accountId: null, from: null, to: null, search: null, state: null };

function rowsOf(vault: ClientVault, state: SourceTransaction['state'] | 'removed' | null = null) {
  return vault.store.transactions.page({
    filter: { ...everything, state },
    sort: { by: 'bookingDate', direction: 'ascending' },
    offset: 0,
    limit: 500,
  });
}

const row = aSourceRow;

describe.each([
  ['a bank', BANK],
  ['OFX files', OFX],
] as const)('%s', (_name, how) => {
  test('1: a pending row that settles under the same id counts once', () => {
    const vault = createClientVault();
    vault.bring(statementEvents({ rows: [row({ state: 'pending', sourceId: 'x1', amountMinor: '-1000' })] }), how);
    expect(rowsOf(vault).totals).toMatchObject([{ booked: 0, bookedMinor: '0', pending: 1, pendingMinor: '-1000' }]);
    const receipt = vault.bring(
      statementEvents({ rows: [row({ sourceId: 'x1', amountMinor: '-1000', bookingDate: '2026-03-04' })] }),
      how,
    );
    expect(receipt.counts.new).toBe(1);
    expect(rowsOf(vault)).toMatchObject({ total: 1, totals: [{ booked: 1, bookedMinor: '-1000', pending: 0 }] });
    const [pending] = rowsOf(vault, 'removed').rows;
    const detail = vault.store.transactions.get(pending!.id);
    expect(detail).toMatchObject({
      state: 'removed',
      bookingDate: '2026-03-02',
      linked: { state: 'booked', bookingDate: '2026-03-04' },
    });
    expect(vault.store.transactions.get(detail.linked!.id).linked).toMatchObject({ id: pending!.id, state: 'pending' });
  });

  test('1: under another id, by amount and name; with a tip, by name', () => {
    const vault = createClientVault();
    const dinner = { description: 'Restaurant Luigi', counterparty: 'Luigi' };
    vault.bring(
      statementEvents({
        rows: [
          row({ state: 'pending', sourceId: 'p1', amountMinor: '-1000' }),
          row({ ...dinner, state: 'pending', sourceId: 'p2', amountMinor: '-5000' }),
        ],
      }),
      how,
    );
    const batch = vault.stage(
      statementEvents({
        rows: [
          row({ sourceId: 'b1', bookingDate: '2026-03-04', amountMinor: '-1000' }),
          row({ ...dinner, sourceId: 'b2', bookingDate: '2026-03-04', amountMinor: '-5750' }),
        ],
      }),
      how,
    );
    expect(
      vault.store.batches
        .diff(batch.id as never, { kind: null, offset: 0, limit: 10 })
        .rows.map(({ reason }) => reason),
    ).toEqual(['settles-pending', 'settles-pending']);
    vault.commit(batch.id);
    expect(rowsOf(vault).totals).toMatchObject([{ booked: 2, bookedMinor: '-6750', pending: 0, pendingMinor: '0' }]);
    // The same again: the settled pending rows don't come back.
    vault.bring(statementEvents({ rows: [row({ state: 'pending', sourceId: 'p1', amountMinor: '-1000' })] }), how);
    expect(rowsOf(vault).totals).toMatchObject([{ pending: 0 }]);
  });

  test('2: changed wording under the same id updates the row and keeps where it came from; the old file stays known', () => {
    const vault = createClientVault();
    const old = [row({ sourceId: 'x1', description: 'AMZN MKTP 77' })];
    vault.bring(statementEvents({ rows: old }), how);
    const receipt = vault.bring(
      statementEvents({ rows: [row({ sourceId: 'x1', description: 'Amazon Marketplace' })] }),
      how,
    );
    expect(receipt.counts).toEqual({ new: 0, known: 0, changed: 1, doubtful: 0 });
    expect(rowsOf(vault).rows.map(({ description }) => description)).toEqual(['Amazon Marketplace']);
    expect(vault.bring(statementEvents({ rows: old }), how).counts).toMatchObject({ new: 0, doubtful: 0 });
    expect(vault.store.transactionCount()).toBe(1);
  });

  test('2: reissued ids bring nothing new where whole days come again', () => {
    const vault = createClientVault();
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'];
    const slice = (issue: string) =>
      days.map((bookingDate, at) => row({ bookingDate, sourceId: `${issue}-${at}`, description: `Rent ${at}` }));
    vault.bring(statementEvents({ rows: slice('first') }), how);
    expect(vault.bring(statementEvents({ rows: slice('second') }), how).counts).toEqual({
      new: 0,
      known: 4,
      changed: 0,
      doubtful: 0,
    });
  });

  test('2: one row at the edge under another id is doubted, not doubled and not dropped', () => {
    const vault = createClientVault();
    vault.bring(statementEvents({ rows: [row({ sourceId: 'x1' })] }), how);
    const batch = vault.stage(statementEvents({ rows: [row({ sourceId: 'y1' })] }), how);
    expect(batch.counts).toEqual({ new: 0, known: 0, changed: 0, doubtful: 1 });
    vault.commit(batch.id);
    expect(vault.store.transactionCount()).toBe(1);
    expect(vault.store.batches.diff(batch.id as never, { kind: 'doubtful', offset: 0, limit: 10 }).total).toBe(1);
  });

  test('4: twins stay two rows, again and again', () => {
    const vault = createClientVault();
    const twins = [row(), row(), row({ bookingDate: '2026-03-03' })];
    vault.bring(statementEvents({ rows: twins }), how);
    expect(vault.bring(statementEvents({ rows: twins }), how).counts).toMatchObject({ new: 0, known: 3 });
    expect(vault.bring(statementEvents({ rows: [row(), row(), row()] }), how).counts).toMatchObject({
      new: 1,
      known: 2,
    });
    const rows = rowsOf(vault).rows.filter(({ bookingDate }) => bookingDate === '2026-03-02');
    expect(rows.map(({ id }) => vault.store.transactions.get(id).occurrence)).toEqual([1, 2, 3]);
  });

  test('4: the running balance decides between twins that come one by one', () => {
    const vault = createClientVault();
    vault.bring(statementEvents({ rows: [row({ balanceAfterMinor: '9650' })] }), how);
    expect(vault.bring(statementEvents({ rows: [row({ balanceAfterMinor: '9300' })] }), how).counts).toMatchObject({
      new: 1,
    });
    expect(
      vault.bring(
        statementEvents({ rows: [row({ balanceAfterMinor: '9650' }), row({ balanceAfterMinor: '9300' })] }),
        how,
      ).counts,
    ).toMatchObject({ new: 0, known: 2 });
  });

  test('4: a twin under an id of its own is a row of its own where the source keeps its ids', () => {
    const vault = createClientVault();
    const other = row({ sourceId: 'x2', description: 'Lunch' });
    vault.bring(statementEvents({ rows: [row({ sourceId: 'x1' }), other] }), how);
    const receipt = vault.bring(statementEvents({ rows: [other, row({ sourceId: 'x3' })] }), how);
    expect(receipt.counts).toEqual({ new: 1, known: 1, changed: 0, doubtful: 0 });
  });

  test('4: the same id in two accounts is two rows', () => {
    const vault = createClientVault();
    const other = aSourceAccount({ id: '404400 87654321', name: 'Savings' });
    vault.bring(
      [
        ...statementEvents({ rows: [row({ sourceId: 'x1' })] }),
        ...statementEvents({ account: other, rows: [row({ sourceId: 'x1' })] }),
      ],
      how.resourceId ? { ...how } : how,
    );
    expect(vault.store.transactionCount()).toBe(2);
    expect(vault.store.accounts.list().map(({ transactions }) => transactions)).toEqual([1, 1]);
  });

  test('14: the largest amounts stay exact', () => {
    const vault = createClientVault();
    const amounts = ['999999999999999999', '-999999999999999998', '16020'];
    vault.bring(
      statementEvents({ rows: amounts.map((amountMinor, at) => row({ amountMinor, description: `row ${at}` })) }),
      how,
    );
    expect(rowsOf(vault)).toMatchObject({ totals: [{ bookedMinor: '16021' }] });
    expect(
      rowsOf(vault)
        .rows.map(({ amountMinor }) => amountMinor)
        .sort(),
    ).toEqual(amounts.toSorted());
    expect(vault.store.accounts.list()[0]!.bookedMinor).toBe('16021');
  });

  test('16: a row excluded with a reason is not brought back', () => {
    const vault = createClientVault();
    vault.bring(statementEvents({ rows: [row(), row({ description: 'Other' })] }), how);
    vault.database.exec(`
      UPDATE transactions SET state = 'removed' WHERE description = 'Other';
      INSERT INTO tombstones SELECT number, 'booked', 'not the client''s', 'now', 'u', 'u' FROM transactions WHERE description = 'Other'`);
    expect(vault.bring(statementEvents({ rows: [row(), row({ description: 'Other' })] }), how).counts).toMatchObject({
      new: 0,
      known: 2,
    });
    expect(rowsOf(vault).total).toBe(1);
  });
});

test('3 and 20: a second provider and a file fill the same account without doubles', () => {
  const vault = createClientVault();
  const iban = 'GB33BUKB20201555555555';
  const rows = (words: string) =>
    ['2026-03-01', '2026-03-02', '2026-03-03'].map((bookingDate, at) =>
      row({
        bookingDate,
        amountMinor: String(-100 * (at + 1)),
        description: `${words} Acme ${at}`,
        sourceId: `${words}${at}`,
      }),
    );
  vault.bring(statementEvents({ account: aSourceAccount({ id: 'resource-1', iban }), rows: rows('api') }), BANK);
  const file = vault.bring(
    statementEvents({
      account: aSourceAccount({ id: iban, iban, institution: 'PRCTGB2L', name: null }),
      rows: rows('SEPA'),
    }),
    CAMT,
  );
  expect(file.counts).toEqual({ new: 0, known: 3, changed: 0, doubtful: 0 });
  const again = vault.bring(
    statementEvents({ account: aSourceAccount({ id: '20201555555555', institution: null }), rows: rows('memo') }),
    OFX,
  );
  expect(again.counts).toMatchObject({ new: 0, known: 3 });
  const reconsent = vault.bring(
    statementEvents({ account: aSourceAccount({ id: 'resource-2', iban }), rows: rows('api') }),
    { ...BANK, resourceId: 'r2' },
  );
  expect(reconsent.counts).toMatchObject({ new: 0, known: 3 });
  expect(vault.store.accounts.list()).toHaveLength(1);
  expect(rowsOf(vault).rows.map(({ description }) => description)).toEqual(['api Acme 0', 'api Acme 1', 'api Acme 2']);
});

test('4: a page delivered twice by a bank is one page; twins that share an id in a file are two rows', () => {
  const twice = [row({ sourceId: 'x1' }), row({ sourceId: 'x1' })];
  const bank = createClientVault();
  expect(bank.bring(statementEvents({ rows: twice }), BANK).counts).toMatchObject({ new: 1, known: 1 });
  const file = createClientVault();
  expect(file.bring(statementEvents({ rows: twice }), OFX).counts).toMatchObject({ new: 2 });
  expect(file.bring(statementEvents({ rows: twice }), OFX).counts).toMatchObject({ new: 0, known: 2 });
});

test('10: only complete answers move the watermark, undo moves it back, and it never passes a hole', () => {
  const vault = createClientVault();
  const through = () =>
    vault.store.accounts.completeThrough(
      vault.store.accounts.list()[0]!.id,
      vault.store.batches.list()[0]!.connectionId!,
    );
  const day = (bookingDate: string) => statementEvents({ rows: [row({ bookingDate, description: bookingDate })] });
  vault.bring(day('2026-03-01'), { ...BANK, complete: false });
  expect(through()).toBeNull();
  vault.bring(day('2026-03-02'), BANK);
  expect(through()).toBe('2026-03-02');
  const hole = vault.stage(day('2026-03-10'), BANK);
  vault.commit(hole.id);
  vault.bring(day('2026-03-20'), BANK);
  expect(through()).toBe('2026-03-20');
  vault.pass(60_000);
  vault.undo(hole.id);
  expect(through()).toBe('2026-03-02');
});
