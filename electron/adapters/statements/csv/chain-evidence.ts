// What a running balance proves about other columns: which one holds the amounts, and whether a fee comes on top of them.
import type { DecimalMark } from '../../../../shared/model/statement-profile.ts';
import { csvDecimal } from './amounts.ts';
import { BalanceChain } from './balance-chain.ts';
import type { Column } from './evidence.ts';

type Rows = readonly (readonly string[])[];

export interface ChainColumns {
  readonly amount: Column;
  readonly balance: Column;
  readonly fee: Column | null;
  readonly mark: DecimalMark;
}

/** The only two of some columns of which one is the balance of the other over three rows or more; null where none or several are. */
export function balancePair(
  rows: Rows,
  columns: readonly Column[],
  mark: DecimalMark,
): { amount: Column; balance: Column } | null {
  const pairs = columns.flatMap((amount) =>
    columns
      .filter((balance) => balance !== amount && chains(rows, { amount, balance, mark, fee: null }))
      .map((balance) => ({ amount, balance })),
  );
  return rows.length >= 3 && pairs.length === 1 ? (pairs[0] ?? null) : null;
}

/** Whether the balance follows from the amounts at every row that states one, over two rows or more. */
export function chains(rows: Rows, { amount, balance, fee, mark }: ChainColumns): boolean {
  const chain = new BalanceChain();
  const stated = rows.filter((row) => (row[balance.index] ?? '') !== '');
  for (const row of stated) {
    const moved = scaled(row[amount.index] ?? '', mark);
    const charged = fee === null || (row[fee.index] ?? '') === '' ? 0n : scaled(row[fee.index] ?? '', mark);
    const after = scaled(row[balance.index] ?? '', mark);
    if (moved === null || charged === null || after === null) return false;
    chain.add({ amount: moved - charged, balance: after, line: 0, date: '' });
  }
  return stated.length > 1 && chain.brokenAt === null;
}

/** A decimal in ten-thousandths, whatever its currency. */
function scaled(cell: string, mark: DecimalMark): bigint | null {
  const decimal = csvDecimal(cell, mark);
  if (!decimal) return null;
  const [whole = '', fraction = ''] = decimal.text.split('.');
  const minor = BigInt(whole + fraction.padEnd(4, '0').slice(0, 4));
  return decimal.sign === '-' ? -minor : minor;
}
