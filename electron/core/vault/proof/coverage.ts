// What is known of each month of an account: proven, broken, doubled, unproven, missing or outside everything. Pure.
import type { AccountCoverage, CoverageState } from '../../../../shared/ipc/contract/statements.ts';
import { addDays, parseCalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { AccountHistory, Period } from '../../ports/statement-history.ts';
import { breaksOf, statementPeriods } from './findings.ts';
import { intersects, mergePeriods } from './periods.ts';
import { dayAfter, stretchesOf } from './points.ts';

type Month = AccountCoverage['months'][number];

/** Fifty years: more would be a mistake. */
const MOST_MONTHS = 600;

function nextMonth(month: string): string {
  return addDays(parseCalendarDate(`${month}-28`), 4).slice(0, 7);
}

function daysOf(month: string): Period {
  return { from: `${month}-01`, to: dayAfter(`${nextMonth(month)}-01`, -1) };
}

/** Months from `from` to `to`, both included, as `YYYY-MM`. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length < MOST_MONTHS; month = nextMonth(month)) months.push(month);
  return months;
}

interface Known {
  readonly proven: readonly Period[];
  readonly broken: readonly Period[];
  readonly statements: readonly Period[];
  readonly doubts: readonly Period[];
}

function knownOf(history: AccountHistory): Known {
  const agreeing = stretchesOf(history).filter(({ differenceMinor }) => differenceMinor === 0n);
  return {
    proven: mergePeriods(agreeing),
    broken: breaksOf(history),
    statements: statementPeriods(history),
    doubts: history.doubts.map((date) => ({ from: date, to: date })),
  };
}

function stateOf(days: Period, rows: number, known: Known): CoverageState {
  const touches = (periods: readonly Period[]): boolean => periods.some((period) => intersects(period, days));
  const empty = rows === 0 && !touches(known.statements);
  const between =
    known.statements.some(({ to }) => to < days.from) && known.statements.some(({ from }) => from > days.to);
  const proven = known.proven.some(({ from, to }) => from <= days.from && days.to <= to);
  if (empty && !proven) return between ? 'missing' : 'none';
  if (touches(known.broken)) return 'mismatch';
  if (touches(known.doubts)) return 'duplicate';
  return proven ? 'proven' : 'unproven';
}

/** One entry a month of `months`. */
export function coverageOf(history: AccountHistory, months: readonly string[]): Month[] {
  const known = knownOf(history);
  const byMonth = Map.groupBy(history.days, ({ date }) => date.slice(0, 7));
  return months.map((month) => {
    const days = daysOf(month);
    const booked = byMonth.get(month) ?? [];
    const rows = booked.reduce((sum, day) => sum + day.rows, 0);
    const bookedMinor = booked.reduce((sum, day) => sum + day.bookedMinor, 0n).toString();
    const statements = known.statements.filter((period) => intersects(period, days)).length;
    return { month, state: stateOf(days, rows, known), rows, bookedMinor, statements };
  });
}
