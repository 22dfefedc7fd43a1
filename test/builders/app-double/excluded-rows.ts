// The double's rows as they count: what a person excluded is removed, and can be restored.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TransactionRow } from '../../../shared/ipc/contract/transactions.ts';
import { instantAgo } from './ids.ts';
import { ledgerOf, type DoubleAccount } from './ledger.ts';
import { find, type World } from './world.ts';

function asItCounts(world: World, row: TransactionRow): TransactionRow {
  return world.exclusions.has(row.id) ? { ...row, state: 'removed', overdue: false } : row;
}

/** Rows of an account, newest first. */
export function rowsOf(world: World, account: DoubleAccount): readonly TransactionRow[] {
  const rows = ledgerOf(account);
  return world.exclusions.size === 0 ? rows : rows.map((row) => asItCounts(world, row));
}

export function rowOf(world: World, id: string): TransactionRow {
  const rows = world.accounts.flatMap((account) => [...ledgerOf(account)]);
  return asItCounts(world, find(rows, id, 'TRANSACTION_NOT_FOUND'));
}

/** @throws {AppError} TRANSACTION_NOT_EXCLUDABLE */
export function excludeRow(world: World, id: string, reason: string): void {
  if (rowOf(world, id).state === 'removed') throw new AppError('TRANSACTION_NOT_EXCLUDABLE');
  const by = world.people.find((person) => person.id === world.signedIn)?.name ?? '';
  world.exclusions.set(id, { reason, at: instantAgo(0), by });
}

/** @throws {AppError} TRANSACTION_NOT_EXCLUDED */
export function restoreRow(world: World, id: string): void {
  rowOf(world, id);
  if (!world.exclusions.delete(id)) throw new AppError('TRANSACTION_NOT_EXCLUDED');
}
