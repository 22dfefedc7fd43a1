// Calendar dates with the bank's own digits. No conversion through a time zone happens here.
import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= last;
}

/** `YYYY-MM-DD`, a day that exists in the Gregorian calendar. Sorts as text. */
export const CalendarDate = z.string().refine(isCalendarDate, 'not a calendar date').brand<'CalendarDate'>();
export type CalendarDate = z.infer<typeof CalendarDate>;

/** @throws {AppError} DATE_INVALID */
export function parseCalendarDate(text: string): CalendarDate {
  const result = CalendarDate.safeParse(text);
  if (!result.success) throw new AppError('DATE_INVALID', { text: text.slice(0, 40) });
  return result.data;
}

/** The date `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const time = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000;
  return CalendarDate.parse(new Date(time).toISOString().slice(0, 10));
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
