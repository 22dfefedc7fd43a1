// Statements whose signs a person turns round: rows and balances turn, the raw words stay, later files of the kind follow, undo takes it back.
import { expect, test } from 'vitest';
import { fingerprintOf } from '../../../electron/core/vault/matching/fingerprint.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { UNNAMED_ACCOUNT, type SourceTransaction } from '../../../shared/model/source.ts';
import { createClientVault, type ClientVault, type ImportOptions } from '../../builders/client-vault.ts';
import { aSourceAccount, aSourceRow, statementEvents } from '../../builders/ledger.ts';

const OFX: ImportOptions = { reader: 'ofx 1.02', source: 'card.ofx' };
const OFX2: ImportOptions = { reader: 'ofx 2.2', source: 'card-2.ofx' };
const CSV: ImportOptions = { reader: 'csv', source: 'card.csv' };
const card = aSourceAccount({ kind: 'card', name: 'Card' });
const everything = { accountId: null, from: null, to: null, search: null, state: null };

const part = { description: 'part', counterparty: null, counterpartyAccount: null, endToEndId: null, sourceId: null };
/** A card statement that writes purchases as plus and what is owed as plus. */
const rows = [
  aSourceRow({
    bookingDate: '2026-03-01',
    amountMinor: '20000',
    rawAmount: '200.00',
    rawSign: '+',
    description: 'Hotel',
    balanceAfterMinor: '20000',
    foreign: { amountMinor: '21500', currency: 'EUR', exponent: 2, rate: null },
    children: [
      { ...part, amount: { amountMinor: '20000', currency: 'GBP', exponent: 2 } },
      { ...part, amount: null },
    ],
  }),
  aSourceRow({ bookingDate: '2026-03-05', amountMinor: '11639', description: 'Train', balanceAfterMinor: '31639' }),
];
const balances = [
  { type: 'closing-booked', amountMinor: '31639', currency: 'GBP', date: '2026-03-05' },
] as unknown as Parameters<typeof statementEvents>[0]['balances'] & object;
const march = (account = card) => statementEvents({ account, rows, openingMinor: 0n, closingMinor: 31_639n, balances });
const april = (changes: Partial<SourceTransaction> = {}) =>
  statementEvents({
    account: card,
    rows: [aSourceRow({ bookingDate: '2026-04-02', amountMinor: '500', description: 'Tea', ...changes })],
    openingMinor: 31_639n,
    closingMinor: 32_139n,
  });

const shown = (vault: ClientVault) =>
  vault.store.transactions.page({
    filter: everything,
    sort: { by: 'bookingDate', direction: 'ascending' },
    offset: 0,
    limit: 20,
  });
const amounts = (vault: ClientVault) => shown(vault).rows.map(({ amountMinor }) => amountMinor);
const statement = (batch: BatchSummary, at = 0) => batch.statements[at] ?? expect.fail('no statement');

test('rows, balances, foreign amounts and details turn; what the source wrote stays; the proof still holds', () => {
  const vault = createClientVault();
  const staged = vault.stage(march(), OFX);
  expect(statement(staged)).toMatchObject({ inverted: false, first: true, proof: 'pass', closingMinor: '31639' });
  expect(statement(staged)).toMatchObject({ signs: 'source', bookedMinor: '31639' });
  const turned = vault.invert(staged.id, 0, true);
  expect(statement(turned)).toMatchObject({ inverted: true, openingMinor: '0', closingMinor: '-31639', proof: 'pass' });
  expect(statement(turned)).toMatchObject({ signs: 'chosen', bookedMinor: '-31639' });
  const diff = vault.store.batches.diff(staged.id, { kind: null, offset: 0, limit: 9 });
  expect(diff.rows.map(({ amountMinor }) => amountMinor)).toEqual(['-20000', '-11639']);
  expect(vault.commit(staged.id).sums).toEqual([{ currency: 'GBP', amountMinor: '-31639' }]);
  expect(shown(vault).totals).toMatchObject([{ bookedMinor: '-31639' }]);
  const [account] = vault.store.accounts.list();
  expect(account).toMatchObject({ bookedMinor: '-31639', proof: { result: 'pass' } });
  expect(vault.store.accounts.get(account!.id).balances).toMatchObject([{ amountMinor: '-31639' }]);
  expect(vault.store.transactions.get(shown(vault).rows[0]!.id)).toMatchObject({
    amountMinor: '-20000',
    rawAmount: '200.00',
    rawSign: '+',
    balanceAfterMinor: '-20000',
    foreign: { amountMinor: '-21500', currency: 'EUR' },
    details: [{ amount: { amountMinor: '-20000' } }, { amount: null }],
  });
});

test('the fingerprint is that of the turned row', () => {
  const vault = createClientVault();
  const batch = vault.stage(march(), OFX);
  vault.invert(batch.id, 0, true);
  const kept = vault.database.prepare<[], string>('SELECT lower(hex(fingerprint)) FROM staged_rows ORDER BY number');
  const expected = rows.map((row) =>
    fingerprintOf({ ...row, amountMinor: `-${row.amountMinor}` as typeof row.amountMinor }),
  );
  expect(kept.pluck().all()).toEqual(expected);
});

test('turned twice it is as it came', () => {
  const vault = createClientVault();
  const batch = vault.stage(march(), OFX);
  const dump = () =>
    ['staged_rows', 'statements'].map((table) => vault.database.prepare(`SELECT * FROM ${table}`).all());
  vault.invert(batch.id, 0, false);
  const before = dump();
  vault.pass(-1000);
  vault.invert(batch.id, 0, true);
  expect(dump()).not.toEqual(before);
  vault.invert(batch.id, 0, false);
  const stamps = (rows_: unknown) => JSON.stringify(rows_).replaceAll(/"signs_at":"[^"]*"/g, '');
  expect(stamps(dump())).toEqual(stamps(before));
});

test('later files of the same kind follow, overlapping ones bring nothing, and nobody is asked again', () => {
  const vault = createClientVault();
  const first = vault.stage(march(), OFX);
  vault.invert(first.id, 0, true);
  vault.commit(first.id);
  const again = vault.stage(march(), OFX2);
  expect(statement(again)).toMatchObject({ inverted: true, first: false, counts: { new: 0, known: 2 } });
  expect(statement(again).signs).toBe('remembered');
  vault.commit(again.id);
  vault.bring(april(), OFX2);
  expect(amounts(vault)).toEqual(['-20000', '-11639', '-500']);
  expect(vault.store.accounts.list()[0]).toMatchObject({ bookedMinor: '-32139', proof: { result: 'pass' } });
  const stamp = vault.database
    .prepare('SELECT signs_user_name AS name, signs_at AS at FROM statements ORDER BY number')
    .all();
  expect(stamp[0]).toMatchObject({ name: 'Ada Owner', at: expect.stringMatching(/^2026-06-01T/) });
});

test('another format keeps its own signs', () => {
  const vault = createClientVault();
  const first = vault.stage(march(), OFX);
  vault.invert(first.id, 0, true);
  vault.commit(first.id);
  const other = vault.stage(
    statementEvents({
      account: card,
      rows: rows.map((row) => ({
        ...row,
        amountMinor: `-${row.amountMinor}` as typeof row.amountMinor,
        balanceAfterMinor: null,
      })),
    }),
    CSV,
  );
  expect(statement(other)).toMatchObject({ inverted: false, counts: { new: 0, known: 2 } });
});

test('a choice counts from the commit on, not before, and a discarded one never', () => {
  const vault = createClientVault();
  vault.bring(april({ bookingDate: '2026-02-01' as never }), CSV);
  const staged = vault.stage(march(), OFX);
  vault.invert(staged.id, 0, true);
  expect(statement(vault.stage(april(), OFX)).inverted).toBe(false);
  void vault.handlers.batches.discard({ clientId: staged.clientId, batchId: staged.id }, vault.context);
  expect(statement(vault.stage(april(), OFX)).inverted).toBe(false);
});

test('a batch that was staged before the choice follows it when it commits', () => {
  const vault = createClientVault();
  vault.bring(april({ bookingDate: '2026-02-01' as never, amountMinor: '-1' as never }), CSV);
  const first = vault.stage(march(), OFX);
  const second = vault.stage(april(), OFX);
  vault.invert(first.id, 0, true);
  vault.commit(first.id);
  vault.commit(second.id);
  expect(amounts(vault)).toEqual(['-1', '-20000', '-11639', '-500']);
});

test('turned back, the later word counts', () => {
  const vault = createClientVault();
  const first = vault.stage(march(), OFX);
  vault.invert(first.id, 0, true);
  vault.commit(first.id);
  const second = vault.stage(april(), OFX);
  expect(statement(vault.invert(second.id, 0, false)).inverted).toBe(false);
  vault.commit(second.id);
  expect(statement(vault.stage(april({ bookingDate: '2026-05-02' as never }), OFX)).inverted).toBe(false);
  vault.undo(second.id);
  expect(statement(vault.stage(april({ bookingDate: '2026-05-02' as never }), OFX)).inverted).toBe(true);
});

test('undo takes the choice back; a later batch that followed it goes first', () => {
  const vault = createClientVault();
  vault.bring(april({ bookingDate: '2026-02-01' as never }), CSV);
  const first = vault.stage(march(), OFX);
  vault.invert(first.id, 0, true);
  vault.commit(first.id);
  const second = vault.stage(april(), { ...OFX, source: 'april.ofx' });
  vault.commit(second.id);
  expect(() => vault.undo(first.id)).toThrow(
    expect.objectContaining({ code: 'BATCH_CHANGED_SINCE', params: { batch: first.id, by: 'april.ofx' } }),
  );
  vault.undo(second.id);
  vault.undo(first.id);
  expect(statement(vault.stage(march(), OFX))).toMatchObject({ inverted: false, closingMinor: '31639' });
});

test('statements of one account turn together, those of others stay', () => {
  const vault = createClientVault();
  const other = aSourceAccount({ id: '404400 87654321', name: 'Savings' });
  const batch = vault.stage([...march(), ...march(other), ...april()], OFX);
  const flags = (summary: BatchSummary) => summary.statements.map(({ inverted }) => inverted);
  expect(flags(vault.invert(batch.id, 0, true))).toEqual([true, false, true]);
  expect(flags(vault.invert(batch.id, 2, false))).toEqual([false, false, false]);
});

test('an account that is not known yet is remembered from the commit on', () => {
  const vault = createClientVault();
  const unnamed = aSourceAccount({ id: UNNAMED_ACCOUNT, name: null, institution: null });
  const batch = vault.stage(march(unnamed), CSV);
  expect(statement(batch).first).toBe(false);
  vault.invert(batch.id, 0, true);
  expect(statement(vault.assign(batch.id, 0, null))).toMatchObject({ inverted: true, first: true });
  vault.commit(batch.id);
  const [account] = vault.store.accounts.list();
  const later = vault.stage(march(unnamed), CSV);
  expect(statement(later).inverted).toBe(false);
  expect(statement(vault.assign(later.id, 0, account!.id))).toMatchObject({ inverted: true, counts: { known: 2 } });
  expect(statement(vault.assign(later.id, 0, null)).inverted).toBe(false);
});

test('only a staged batch can be turned, and only a statement it has', () => {
  const vault = createClientVault();
  const batch = vault.stage(march(), OFX);
  expect(() => vault.invert(batch.id, 3, true)).toThrow(expect.objectContaining({ code: 'BATCH_NOT_FOUND' }));
  vault.commit(batch.id);
  expect(() => vault.invert(batch.id, 0, true)).toThrow(expect.objectContaining({ code: 'BATCH_NOT_STAGED' }));
});
