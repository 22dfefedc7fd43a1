// In which fields a doubtful row differs from its counterpart. It says nothing of which one is right.
import type { DiffRow } from '../../shared/ipc/contract/batches.ts';

export const COMPARED_FIELDS = ['bookingDate', 'amountMinor', 'counterparty', 'description'] as const;
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** Blanks at the edges and between words are how a file is laid out, not what it says. */
function plain(value: string | null): string {
  return (value ?? '').trim().replaceAll(/\s+/g, ' ');
}

/** None where there is nothing to compare with. */
export function differencesOf({ counterpart, ...row }: DiffRow): ReadonlySet<ComparedField> {
  if (counterpart === null) return new Set();
  return new Set(COMPARED_FIELDS.filter((field) => plain(row[field]) !== plain(counterpart[field])));
}
