// A file's way into the ledger: staged, matched, committed with a receipt, listed, found, undone.
import { expect, test } from 'vitest';
import { verifyReceiptChain } from '../../../electron/core/vault/receipt-chain.ts';
import { createClientVault, CLIENT } from '../../builders/client-vault.ts';
import { buildLedger, statementEvents } from '../../builders/ledger.ts';

const built = buildLedger({ rows: 500, seed: 7 });
const events = statementEvents({
  rows: built.rows,
  openingMinor: built.openingMinor,
  closingMinor: built.closingMinor,
});
const everything = { accountId: null, from: null, to: null, search: null, state: null };

test('a file becomes a batch, an account with a passing proof, and a chained receipt', () => {
  const vault = createClientVault();
  const batch = vault.stage(events);
  expect(batch).toMatchObject({
    state: 'staged',
    counts: { new: 500, known: 0, changed: 0, doubtful: 0 },
    receipt: null,
  });
  expect(batch.statements[0]).toMatchObject({ rows: 500, proof: 'pass', accountId: null });
  const receipt = vault.commit(batch.id);
  expect(receipt).toMatchObject({ counts: { new: 500 }, committedBy: 'Ada Owner', from: built.rows[0]!.bookingDate });
  expect(verifyReceiptChain(vault.store.batches.receipts())).toBeNull();
  const [account] = vault.store.accounts.list();
  expect(account).toMatchObject({
    bookedMinor: built.closingMinor.toString(),
    transactions: 500,
    proof: { result: 'pass' },
  });
  const page = vault.store.transactions.page({
    filter: everything,
    sort: { by: 'bookingDate', direction: 'ascending' },
    offset: 0,
    limit: 500,
  });
  expect(page.rows.map((row) => row.amountMinor)).toEqual(built.rows.map((row) => row.amountMinor));
  expect(page.total).toBe(500);
  const sum = built.closingMinor - built.openingMinor;
  expect(page.totals).toEqual([
    { currency: 'GBP', booked: 500, bookedMinor: sum.toString(), pending: 0, pendingMinor: '0' },
  ]);
});

test('the same file again brings nothing and says so', () => {
  const vault = createClientVault();
  vault.bring(events);
  expect(vault.bring(events)).toMatchObject({ counts: { new: 0, known: 500, changed: 0, doubtful: 0 } });
  expect(vault.store.transactionCount()).toBe(500);
  expect(vault.store.accounts.list()).toHaveLength(1);
});

test('one row shows its raw record, its batch and the receipt', () => {
  const vault = createClientVault();
  const receipt = vault.bring(events);
  const [row] = vault.store.transactions.page({
    filter: everything,
    sort: { by: 'bookingDate', direction: 'ascending' },
    offset: 0,
    limit: 1,
  }).rows;
  expect(vault.store.transactions.get(row!.id)).toMatchObject({
    clientId: CLIENT,
    raw: built.rows[0]!.raw,
    occurrence: 1,
    fingerprintVersion: 1,
    batch: { kind: 'file', source: 'statement.ofx', receiptHash: receipt.hash, committedBy: 'Ada Owner' },
    linked: null,
  });
});

test('undo leaves no row, no account and no search hit', () => {
  const vault = createClientVault();
  const batch = vault.stage(events);
  vault.commit(batch.id);
  expect(vault.undo(batch.id)).toMatchObject({ state: 'undone' });
  expect(vault.store.transactionCount()).toBe(0);
  expect(vault.store.accounts.list()).toEqual([]);
  const filter = { ...everything, search: 'invoice' };
  expect(
    vault.store.transactions.page({ filter, sort: { by: 'amount', direction: 'ascending' }, offset: 0, limit: 5 })
      .total,
  ).toBe(0);
});
