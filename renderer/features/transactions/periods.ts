// Periods an accountant picks by name, as calendar dates. It knows no clock: today is handed in.
import { addDays, parseCalendarDate, type CalendarDate } from '../../../shared/model/calendar-date.ts';

export const PERIODS = ['this-month', 'last-month', 'this-quarter', 'last-quarter', 'this-year', 'last-year'] as const;
export type Period = (typeof PERIODS)[number];

export interface DateRange {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

function firstOfMonth(monthIndex: number): CalendarDate {
  const year = String(Math.floor(monthIndex / 12)).padStart(4, '0');
  return parseCalendarDate(`${year}-${String((monthIndex % 12) + 1).padStart(2, '0')}-01`);
}

/** First and last day of a named period, counted from `today`. */
export function periodRange(period: Period, today: CalendarDate): DateRange {
  const [which, unit] = period.split('-') as ['this' | 'last', keyof typeof MONTHS];
  const length = MONTHS[unit];
  const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  const start = month - (month % length) - (which === 'last' ? length : 0);
  return { from: firstOfMonth(start), to: addDays(firstOfMonth(start + length), -1) };
}

/** The named period that is exactly this range, if one is. */
export function periodOf(range: DateRange, today: CalendarDate): Period | null {
  return (
    PERIODS.find((period) => {
      const candidate = periodRange(period, today);
      return candidate.from === range.from && candidate.to === range.to;
    }) ?? null
  );
}
