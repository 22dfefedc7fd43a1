// SWIFT dates of six and four digits as calendar dates. The year of an entry date is the one that brings it nearest to the value date.
import { type CalendarDate, daysBetween } from '../../../../shared/model/calendar-date.ts';
import { calendarDateOf } from '../values.ts';

/** A day, and whether the file's own day does not exist in the calendar. */
export interface SwiftDate {
  readonly date: CalendarDate;
  readonly adjusted: boolean;
}

/** `YYMMDD`, null where it is no date. @see SWIFT Standards MT, general rules: years 80 to 99 are 19xx, all others 20xx */
export function swiftDate(digits: string): SwiftDate | null {
  const century = digits >= '8' ? '19' : '20';
  return dayOf(`${century}${digits.slice(0, 2)}`, digits.slice(2));
}

/**
 * German banks reckon interest with twelve months of 30 days and book on 29 and 30 February in every year; their paper statements show the
 * month's last day. Any other day that does not exist is refused.
 * @see 30/360 German convention; github.com/wolph/mt940 pull requests 22 and 45
 */
function dayOf(year: string, monthAndDay: string): SwiftDate | null {
  const date = calendarDateOf(`${year}${monthAndDay}`);
  if (date !== null) return { date, adjusted: false };
  if (monthAndDay !== '0229' && monthAndDay !== '0230') return null;
  const last = calendarDateOf(`${year}0229`) ?? calendarDateOf(`${year}0228`);
  return last === null ? null : { date: last, adjusted: true };
}

/** `MMDD` in the year that brings it within half a year of `value`, null where it is no day. */
export function entryDate(monthAndDay: string, value: CalendarDate): SwiftDate | null {
  const year = Number(value.slice(0, 4));
  const months = Math.abs(Number(monthAndDay.slice(0, 2)) - Number(value.slice(5, 7)));
  if (months < 6) return dayOf(String(year), monthAndDay);
  const days = [year - 1, year, year + 1].map((candidate) => dayOf(String(candidate), monthAndDay));
  const distance = (day: SwiftDate): number => Math.abs(daysBetween(value, day.date));
  return days.filter((day) => day !== null).sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
