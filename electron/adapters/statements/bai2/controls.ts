// The control totals and numbers of trailers beside what stands before them. A file that contradicts itself so that something is lost is refused.
import { type Place, malformed } from '../failure.ts';
import type { StatementSink } from '../statement-sink.ts';

/** What a trailer states, null where it leaves a figure out; or what was found. `members`: accounts of a group, groups of a file. */
export interface Control<T> {
  readonly total: bigint | T;
  readonly members: number | T;
  readonly records: number | T;
}

interface Comparison {
  readonly code: '49' | '98' | '99';
  readonly place: Place;
  readonly stated: Control<null>;
  readonly found: Control<never>;
  /** Sum of an account's details alone, which some banks state as its total. */
  readonly details?: bigint;
  /** The ledger balances show on their own that no row is missing or changed. */
  readonly proven: boolean;
}

/**
 * An account's total is the algebraic sum of all amounts of its records 03, 16 and 88 (one bank leaves out those of 03: both hold), a group's that of
 * its accounts, a file's that of its groups.
 * A wrong total of an account means that an amount is not the bank's, unless opening, rows and closing prove themselves. A wrong total of a group
 * or a file over accounts that hold means that one is missing where their number differs too; else, and where only a number differs, the bank
 * counts in its own way, which is said.
 * @throws {AppError} STATEMENT_MALFORMED
 * @see Cash Management Balance Reporting Specifications, Version 2, records 49, 98 and 99; github.com/venturehacks/bai2, option
 *   `account_control_ignores_summary_amounts` (Silicon Valley Bank)
 */
export function compareControls(comparison: Comparison, sink: StatementSink): void {
  const { code, place, stated, found, details, proven } = comparison;
  const total = stated.total !== null && stated.total !== found.total && stated.total !== details;
  const members = stated.members !== null && stated.members !== found.members;
  const records = stated.records !== null && stated.records !== found.records;
  if (total && (code === '49' ? !proven : members))
    throw malformed(place, `a control total that the records before it come to (${found.total})`, String(stated.total));
  if (total)
    sink.warn(
      'CONTROL_TOTAL_DIFFERS',
      `Line ${place.line}: record ${code} states the total ${stated.total}, the records come to ${found.total}.`,
    );
  if (members || records)
    sink.warn(
      'RECORD_COUNT_DIFFERS',
      `Line ${place.line}: record ${code} states ${members ? stated.members : stated.records} ${members ? 'accounts or groups' : 'records'}, there are ${members ? found.members : found.records}.`,
    );
}
