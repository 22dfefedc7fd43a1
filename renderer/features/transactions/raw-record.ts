// The source's own record made legible: JSON with line breaks, everything else letter for letter. What is copied stays the original.
import type { TransactionDetail } from '../../../shared/ipc/contract/transactions.ts';

export function legibleRecord(raw: string): string {
  const first = raw.trimStart().charAt(0);
  if (first !== '{' && first !== '[') return raw;
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return raw;
    throw error;
  }
}

const SHORTEST_MARKED = 3;

/** Values of the kept row that can be found again in the source's record, to be marked there. */
export function usedValues(row: TransactionDetail): string[] {
  const values = [
    row.rawAmount,
    row.description,
    row.counterparty,
    row.counterpartyAccount,
    row.endToEndId,
    row.sourceId,
    row.bookingDate,
    row.bookingDate.replaceAll('-', ''),
  ];
  return values.filter((value): value is string => value !== null && value.length >= SHORTEST_MARKED);
}
