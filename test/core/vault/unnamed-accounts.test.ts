// Accounts that a file did not name: what they learn from a later file that does, and where several currencies of one file go.
import { expect, test } from 'vitest';
import { StatementStream } from '../../../electron/adapters/statements/read-statement.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { UNNAMED_ACCOUNT, type SourceAccount, type SourceEvent } from '../../../shared/model/source.ts';
import { createClientVault, type ClientVault, type ImportOptions } from '../../builders/client-vault.ts';
import { aCsvProfile, named as namedColumn } from '../../builders/csv-profiles.ts';
import { aSourceAccount, aSourceRow, statementEvents } from '../../builders/ledger.ts';

const CSV: ImportOptions = { reader: 'csv', source: 'paypal.csv' };
const CAMT: ImportOptions = { reader: 'camt 053.001.08', source: 'march.xml' };
const IBAN = 'GB33BUKB20201555555555';

const unnamed = (currency: string | null = 'GBP') =>
  aSourceAccount({
    id: UNNAMED_ACCOUNT,
    name: null,
    institution: null,
    currency: currency as SourceAccount['currency'],
  });
const named = aSourceAccount({ id: IBAN, iban: IBAN, institution: 'BUKBGB22', name: 'Business current' });
const row = (currency: string, bookingDate = '2026-03-02') =>
  aSourceRow({ currency, bookingDate, description: `Payment in ${currency}` });
const statementIn = (currency: string, date?: string): SourceEvent[] =>
  statementEvents({ account: unnamed(currency), rows: [row(currency, date)] });

const accounts = (vault: ClientVault) => vault.store.accounts.list();
const inCurrency = (vault: ClientVault, currency: string) =>
  accounts(vault).find((account) => account.currency === currency) ?? expect.fail(currency);

/** An account made from a file that named none. */
function withUnnamed() {
  const vault = createClientVault();
  const batch = vault.stage(statementIn('GBP'), { ...CSV, source: 'march.csv' });
  vault.assign(batch.id, 0, null);
  vault.commit(batch.id);
  return { vault, batch };
}

test('a named statement that a person assigns tells the account its IBAN; the next file finds it alone', () => {
  const { vault } = withUnnamed();
  const [before] = accounts(vault);
  expect(before).toMatchObject({ name: 'march', iban: null, numberMask: '' });
  const batch = vault.stage(statementEvents({ account: named, rows: [row('GBP')] }), CAMT);
  expect(batch.statements[0]?.accountId).toBeNull();
  vault.assign(batch.id, 0, before!.id);
  vault.commit(batch.id);
  expect(accounts(vault)).toMatchObject([
    { id: before!.id, name: 'march', iban: IBAN, numberMask: expect.stringContaining('5555'), institution: 'BUKBGB22' },
  ]);
  const next = vault.stage(statementEvents({ account: named, rows: [row('GBP', '2026-03-09')] }), CAMT);
  expect(next.statements[0]?.accountId).toBe(before!.id);
  const byNumber = aSourceAccount({ id: '20201555555555', institution: null });
  expect(vault.stage(statementEvents({ account: byNumber, rows: [row('GBP')] })).statements[0]?.accountId).toBe(
    before!.id,
  );
});

test('undoing that batch makes the account nameless again, unless another told it too', () => {
  const { vault } = withUnnamed();
  const [account] = accounts(vault);
  const dump = () => vault.database.prepare('SELECT * FROM accounts').all();
  const before = dump();
  const bring = (source: string, date: string) => {
    const batch = vault.stage(statementEvents({ account: named, rows: [row('GBP', date)] }), { ...CAMT, source });
    if (!batch.statements[0]?.accountId) vault.assign(batch.id, 0, account!.id);
    vault.commit(batch.id);
    return batch.id;
  };
  const first = bring('first.xml', '2026-03-10');
  const second = bring('second.xml', '2026-03-20');
  vault.undo(first);
  expect(accounts(vault)[0]?.iban).toBe(IBAN);
  vault.undo(second);
  expect(dump()).toEqual(before);
});

test('an account that has a name keeps it, whatever is assigned to it', () => {
  const vault = createClientVault();
  vault.bring(statementEvents({ account: named, rows: [row('GBP')] }), CAMT);
  const other = aSourceAccount({ id: '404400 12345674', institution: 'Another' });
  const batch = vault.stage(statementEvents({ account: other, rows: [row('GBP', '2026-03-08')] }));
  vault.assign(batch.id, 0, accounts(vault)[0]!.id);
  vault.commit(batch.id);
  expect(accounts(vault)).toMatchObject([{ iban: IBAN, institution: 'BUKBGB22' }]);
});

const currenciesOf = (vault: ClientVault, batch: BatchSummary) =>
  batch.statements.map(({ accountId }) => accounts(vault).find(({ id }) => id === accountId)?.currency ?? null);

test('statements of one file in several currencies go each to an account of its own', () => {
  const { vault } = withUnnamed();
  const { id } = inCurrency(vault, 'GBP');
  const file = (date?: string) => ['GBP', 'EUR', 'USD'].flatMap((currency) => statementIn(currency, date));
  const first = vault.stage(file(), { ...CSV, accountId: id });
  expect([currenciesOf(vault, first), first.warnings]).toEqual([['GBP', null, null], []]);
  vault.commit(first.id);
  expect(
    accounts(vault)
      .map(({ currency }) => currency)
      .toSorted(),
  ).toEqual(['EUR', 'GBP', 'USD']);
  const next = vault.stage(file('2026-04-02'), { ...CSV, accountId: inCurrency(vault, 'EUR').id });
  expect([currenciesOf(vault, next), next.warnings]).toEqual([['GBP', 'EUR', 'USD'], []]);
  vault.commit(next.id);
  expect(accounts(vault)).toHaveLength(3);
});

test('where another account of the currency could be meant, a person is asked', () => {
  const { vault } = withUnnamed();
  vault.bring(
    statementEvents({ account: aSourceAccount({ id: 'DE-EUR', currency: 'EUR' as never }), rows: [row('EUR')] }),
    CAMT,
  );
  const file = ['GBP', 'EUR'].flatMap((currency) => statementIn(currency, '2026-04-02'));
  const batch = vault.stage(file, { ...CSV, accountId: inCurrency(vault, 'GBP').id });
  expect(currenciesOf(vault, batch)).toEqual(['GBP', null]);
  expect(batch.statements.map(({ ambiguous }) => ambiguous)).toEqual([false, true]);
  vault.assign(batch.id, 1, null);
  vault.commit(batch.id);
  const next = vault.stage(
    ['GBP', 'EUR'].flatMap((currency) => statementIn(currency, '2026-05-02')),
    { ...CSV, accountId: inCurrency(vault, 'GBP').id },
  );
  expect([currenciesOf(vault, next), next.warnings]).toEqual([['GBP', 'EUR'], []]);
});

test('an account in a currency that no statement of the file has is refused', () => {
  const { vault } = withUnnamed();
  const { id } = inCurrency(vault, 'GBP');
  expect(() => vault.stage(statementIn('EUR'), { ...CSV, accountId: id })).toThrow(
    expect.objectContaining({ code: 'ACCOUNT_CURRENCY_DIFFERS', params: { statement: 'EUR', account: 'GBP' } }),
  );
});

test('statements that name their account are not moved by the choice', () => {
  const { vault } = withUnnamed();
  const { id } = inCurrency(vault, 'GBP');
  const events = [...statementEvents({ account: named, rows: [row('GBP')] }), ...statementIn('GBP')];
  const batch = vault.stage(events, { ...CSV, accountId: id });
  expect(batch.statements.map(({ accountId }) => accountId)).toEqual([null, id]);
});

test('a table in several currencies, read and brought twice over two months', () => {
  const profile = aCsvProfile({ currency: null, currencyColumn: namedColumn('Currency', 3) });
  const table = (month: string): string =>
    [
      'Date,Text,Amount,Currency',
      `${month}-02,Sale,25.00,GBP`,
      `${month}-03,Sale,12.50,EUR`,
      `${month}-04,Fee,-1.05,GBP`,
      `${month}-05,Sale,3000,JPY`,
      '',
    ].join('\n');
  const eventsOf = (text: string): SourceEvent[] => {
    const stream = new StatementStream(profile);
    return [...stream.write(Buffer.from(text)), ...stream.end()];
  };
  const { vault } = withUnnamed();
  const { id } = inCurrency(vault, 'GBP');
  for (const month of ['2026-03', '2026-04', '2026-03'])
    vault.commit(vault.stage(eventsOf(table(month)), { ...CSV, accountId: id }).id);
  const sums = ['EUR', 'GBP', 'JPY'].map((currency) => {
    const { bookedMinor, transactions } = inCurrency(vault, currency);
    return [currency, bookedMinor, transactions];
  });
  expect(accounts(vault)).toHaveLength(3);
  // The pound account has a payment of 3.50 out from before.
  expect(sums).toEqual([
    ['EUR', '2500', 2],
    ['GBP', '4440', 5],
    ['JPY', '6000', 2],
  ]);
});
