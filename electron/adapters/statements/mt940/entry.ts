// Takes field 61 apart: dates, mark, amount, type and references. It looks at no other field.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { trimHeld } from '../charset.ts';
import { type Place, malformed } from '../failure.ts';
import { type SwiftAmount, swiftAmount } from './amounts.ts';
import { type SwiftDate, entryDate, swiftDate } from './dates.ts';

/** `C D RC RD EC ED` as written. */
export type EntryMark = 'C' | 'D' | 'RC' | 'RD' | 'EC' | 'ED';

/** One statement line. References are bytes, not yet decoded; `beside` is what follows a reference of 16 characters. */
export interface StatementLine {
  readonly valueDate: CalendarDate;
  readonly bookingDate: CalendarDate;
  readonly adjusted: boolean;
  readonly mark: EntryMark;
  readonly written: string;
  readonly amount: SwiftAmount;
  readonly type: string | null;
  readonly reference: string;
  readonly bankReference: string | null;
  readonly beside: string;
}

const LINE = /^(\d{6})(\d{4}| {4})?(R[CD]|E[CD]|[CD])([A-Z])?(\d+(?:,\d*)?|,\d*)(?:\s*([A-Z].{3}))?(.*)$/;
const MAX_REFERENCE = 16;

/** Takes money out: a debit, a credit taken back, an expected debit. @see SWIFT MT 940, field 61, subfield 3: RC is a debit entry, RD a credit entry */
export function isDebit(mark: EntryMark): boolean {
  return mark === 'D' || mark === 'RC' || mark === 'ED';
}

/**
 * `line` is the first line of field 61, behind its tag.
 * @throws {AppError} STATEMENT_MALFORMED
 * @see SWIFT MT 940, field 61: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x]
 */
export function parseStatementLine(line: string, context: { exponent: number; place: Place }): StatementLine {
  const match = LINE.exec(line);
  const rest = match?.[7] ?? '';
  // Without a type nothing may follow: `1.213,28` would otherwise be read as 1.
  if (!match || (match[6] === undefined && rest.trim() !== ''))
    throw malformed(context.place, 'value date, mark and amount in :61:', line);
  const [, digits = '', monthAndDay, mark = '', , written = '', type] = match;
  const amount = swiftAmount(written, context.exponent);
  if (amount === null)
    throw malformed(context.place, `an amount with at most ${context.exponent} decimals in :61:`, written);
  const dates = datesOf(digits, monthAndDay?.trim() ?? '');
  if (dates === null) throw malformed(context.place, 'days that exist in :61:', line.slice(0, 10));
  return { ...dates, mark: mark as EntryMark, written, amount, type: type ?? null, ...referencesOf(rest) };
}

function datesOf(
  digits: string,
  monthAndDay: string,
): Pick<StatementLine, 'valueDate' | 'bookingDate' | 'adjusted'> | null {
  const value = swiftDate(digits);
  if (value === null) return null;
  const entry: SwiftDate | null = monthAndDay === '' ? value : entryDate(monthAndDay, value.date);
  if (entry === null) return null;
  return { valueDate: value.date, bookingDate: entry.date, adjusted: value.adjusted || entry.adjusted };
}

/** Rabobank fills the reference up to 16 characters and writes the counterparty's name behind it. */
function referencesOf(rest: string): Pick<StatementLine, 'reference' | 'bankReference' | 'beside'> {
  const at = rest.indexOf('//');
  if (at >= 0)
    return { reference: trimHeld(rest.slice(0, at)), bankReference: trimHeld(rest.slice(at + 2)), beside: '' };
  return {
    reference: trimHeld(rest.slice(0, MAX_REFERENCE)),
    bankReference: null,
    beside: trimHeld(rest.slice(MAX_REFERENCE)),
  };
}
