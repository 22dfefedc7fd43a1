// Which fields of a doubtful row are marked.
import { expect, it } from 'vitest';
import { differencesOf } from '../../renderer/ui/doubt-differences.ts';
import type { DiffRow } from '../../shared/ipc/contract/batches.ts';
import { diffRows } from '../builders/app-double/batches.ts';
import { doubleAccounts } from '../builders/app-double/ledger.ts';

function doubt(change: Partial<NonNullable<DiffRow['counterpart']>>): DiffRow {
  const [account] = doubleAccounts(1);
  if (!account) throw new TypeError('the double has an account');
  const [row] = diffRows(account, { new: 0, changed: 0, doubtful: 1, known: 0 });
  if (!row?.counterpart) throw new TypeError('a doubtful row has a counterpart');
  const { bookingDate, amountMinor, counterparty, description } = row;
  const counterpart = { ...row.counterpart, bookingDate, amountMinor, counterparty, description };
  return { ...row, counterpart: { ...counterpart, ...change } };
}

it('marks nothing where all is the same but blanks', () => {
  expect(differencesOf(doubt({}))).toEqual(new Set());
  expect(differencesOf(doubt({ description: ` ${doubt({}).description}  ` }))).toEqual(new Set());
});

it('marks each field that differs, and none without a counterpart', () => {
  expect(differencesOf(doubt({ amountMinor: '1' }))).toEqual(new Set(['amountMinor']));
  expect(differencesOf(doubt({ counterparty: null, description: 'x' }))).toEqual(
    new Set(['counterparty', 'description']),
  );
  expect(differencesOf({ ...doubt({}), counterpart: null })).toEqual(new Set());
});
