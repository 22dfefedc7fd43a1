// OFX dates as calendar dates with the bank's own digits. Time and zone are never used to move the day.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { calendarDateOf } from '../values.ts';

/** A date and whether its notation is outside the specification. */
export interface OfxDate {
  readonly date: CalendarDate;
  readonly unusual: boolean;
}

/**
 * The day of `YYYYMMDD[HHMM[SS[.XXX]]][[±h:TZ]]`; also `YYYY-MM-DD` and `DD/MM/YYYY` or `MM/DD/YYYY` where only one reading is a date. Null otherwise.
 * @see OFX 2.2 §3.2.8.2
 */
export function ofxDate(written: string): OfxDate | null {
  if (written.length > 40) return null;
  if (/^\d{8}(?:\d{0,6}(?:[.,]\d{1,3})?)?\s*(?:\[[^\]]*\]?)?$/.test(written)) return dated(written.slice(0, 8), false);
  if (/^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/.test(written)) return dated(written.slice(0, 10), true);
  const parts = /^(\d{2})[/.](\d{2})[/.](\d{4})$/.exec(written);
  return parts ? unambiguous(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '') : null;
}

function dated(digits: string, unusual: boolean): OfxDate | null {
  const date = calendarDateOf(digits);
  return date === null ? null : { date, unusual };
}

function unambiguous(first: string, second: string, year: string): OfxDate | null {
  const dayFirst = calendarDateOf(`${year}${second}${first}`);
  const monthFirst = calendarDateOf(`${year}${first}${second}`);
  if (dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst) return null;
  const date = dayFirst ?? monthFirst;
  return date === null ? null : { date, unusual: true };
}
