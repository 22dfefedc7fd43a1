// Collects a file's warnings: one line a kind, with its first occurrence and the number of them. It decides nothing.
import type { SourceWarning } from '../../../shared/model/source.ts';

/** Kinds of warning; the import shows their text, tests know them by code. */
export type WarningCode =
  | 'AMOUNT_UNREADABLE'
  | 'BALANCE_CHAIN_BREAKS'
  | 'BALANCE_IN_OTHER_CURRENCY'
  | 'BALANCE_TYPE_UNKNOWN'
  | 'BALANCE_UNREADABLE'
  | 'BALANCES_OMITTED'
  | 'BATCH_SUM_DIFFERS'
  | 'BOOKING_DATE_MISSING'
  | 'CHARSET_DIFFERS'
  | 'CHARSET_MIXED'
  | 'CONTROL_TOTAL_DIFFERS'
  | 'CORRECTION_APPLIED'
  | 'CORRECTION_OF_EARLIER_ROW'
  | 'DATE_NOT_IN_CALENDAR'
  | 'DATE_UNREADABLE'
  | 'ENTRY_INFORMATION_ONLY'
  | 'FOREIGN_AMOUNT_NOT_STATED'
  | 'HEADER_MISSING'
  | 'LAST_LINE_OPEN'
  | 'NAMESPACE_MISSING'
  | 'NO_TRANSACTIONS'
  | 'NOTATION_UNUSUAL'
  | 'PAGE_INCOMPLETE'
  | 'PART_NOT_READ'
  | 'RAW_CUT'
  | 'RECORD_COUNT_DIFFERS'
  | 'ROW_IN_OTHER_CURRENCY'
  | 'SIGN_CONTRADICTS_TYPE'
  | 'STATUS_MISSING'
  | 'SUMMARY_DIFFERS'
  | 'VERSION_UNKNOWN';

export class Warnings {
  readonly #seen = new Map<WarningCode, { text: string; count: number }>();

  add(code: WarningCode, text: string): void {
    const seen = this.#seen.get(code);
    if (seen) seen.count += 1;
    else this.#seen.set(code, { text: text.slice(0, 900), count: 1 });
  }

  /** All warnings in the order of their first occurrence. */
  list(): SourceWarning[] {
    return Array.from(this.#seen, ([code, { text, count }]) => ({
      code,
      text: count === 1 ? text : `${text} (${count} times, the first is named)`,
    }));
  }
}
