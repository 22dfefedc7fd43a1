// Pending rows that nothing settled: flagged once the account's data reach more than eight days past them.
import { expect, test } from 'vitest';
import { createClientVault, type ClientVault, type ImportOptions } from '../../builders/client-vault.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';

const BANK: ImportOptions = {
  kind: 'connection',
  reader: 'uk-open-banking-4.0',
  resourceId: 'r1',
  source: 'Practice Bank',
};
const everything = { accountId: null, from: null, to: null, search: null, state: null };

const taxi = aSourceRow({ state: 'pending', description: 'Taxi', bookingDate: '2026-03-02', amountMinor: '-900' });
const day = (bookingDate: string) => aSourceRow({ bookingDate, description: `Booked ${bookingDate}` });

const overdue = (vault: ClientVault) =>
  vault.store.transactions
    .page({ filter: everything, sort: { by: 'bookingDate', direction: 'ascending' }, offset: 0, limit: 9 })
    .rows.filter((row) => row.overdue)
    .map((row) => row.description);

test.each([
  ['2026-03-10', []],
  ['2026-03-11', ['Taxi']],
])('a file that reaches to %s', (last, expected) => {
  const vault = createClientVault();
  vault.bring(statementEvents({ rows: [taxi] }));
  vault.bring(statementEvents({ rows: [day(last)] }));
  expect(overdue(vault)).toEqual(expected);
  expect(vault.store.accounts.overdue().map(({ name }) => name)).toEqual(expected.map(() => 'Business current'));
  const [row] = vault.store.transactions.page({
    filter: { ...everything, state: 'pending' },
    sort: { by: 'bookingDate', direction: 'ascending' },
    offset: 0,
    limit: 1,
  }).rows;
  expect(vault.store.transactions.get(row!.id).overdue).toBe(expected.length > 0);
});

test('a bank that answers in full months later says so too, one that failed does not', () => {
  const vault = createClientVault();
  vault.bring(statementEvents({ rows: [taxi] }), { ...BANK, complete: false });
  expect(overdue(vault)).toEqual([]);
  vault.bring(statementEvents({ rows: [] }), BANK);
  expect(overdue(vault)).toEqual(['Taxi']);
});

test('settled, excluded or booked, a row is never overdue', () => {
  const vault = createClientVault();
  vault.bring(statementEvents({ rows: [{ ...taxi, sourceId: 'x1' }] }));
  vault.bring(statementEvents({ rows: [day('2026-04-30')] }));
  expect(overdue(vault)).toEqual(['Taxi']);
  const [row] = vault.store.transactions.page({
    filter: { ...everything, state: 'pending' },
    sort: { by: 'bookingDate', direction: 'ascending' },
    offset: 0,
    limit: 1,
  }).rows;
  vault.exclude(row!.id);
  expect([overdue(vault), vault.store.accounts.overdue()]).toEqual([[], []]);
  vault.restore(row!.id);
  vault.bring(
    statementEvents({ rows: [aSourceRow({ ...taxi, state: 'booked', sourceId: 'x1', bookingDate: '2026-03-04' })] }),
  );
  expect([overdue(vault), vault.store.accounts.overdue()]).toEqual([[], []]);
});
