// Periods of calendar days: of statements, merged, overlapping, and what lies between them. Pure.
import type { HistoryStatement, Period } from '../../ports/statement-history.ts';
import { dayAfter } from './points.ts';

const earliest = (...dates: readonly (string | null)[]): string | null =>
  dates.filter((date) => date !== null).toSorted()[0] ?? null;
const latest = (...dates: readonly (string | null)[]): string | null =>
  dates
    .filter((date) => date !== null)
    .toSorted()
    .at(-1) ?? null;

/** A statement's days: stated, widened by its booked rows; null where it states and has none. */
export function periodOf({ from, to, firstBooked, lastBooked, closingDate }: HistoryStatement): Period | null {
  const start = earliest(from, firstBooked);
  const end = latest(to ?? closingDate, lastBooked);
  if (start === null && end === null) return null;
  return { from: start ?? end ?? '', to: end ?? start ?? '' };
}

export const byTime = (left: Period, right: Period): number =>
  left.from.localeCompare(right.from, 'en') || left.to.localeCompare(right.to, 'en');

export function intersects(left: Period, right: Period): boolean {
  return left.from <= right.to && right.from <= left.to;
}

/** Joined where they touch or meet, in time order. Empty ones vanish. */
export function mergePeriods(periods: readonly Period[]): Period[] {
  const merged: Period[] = [];
  for (const period of periods.filter(({ from, to }) => from <= to).toSorted(byTime)) {
    const last = merged.at(-1);
    if (last && period.from <= dayAfter(last.to)) {
      if (period.to > last.to) merged[merged.length - 1] = { from: last.from, to: period.to };
    } else merged.push(period);
  }
  return merged;
}

/** Days that lie in more than one of them, merged. */
export function overlapsOf(periods: readonly Period[]): Period[] {
  const overlaps: Period[] = [];
  let until = '';
  for (const { from, to } of periods.toSorted(byTime)) {
    if (from <= until) overlaps.push({ from, to: to < until ? to : until });
    if (to > until) until = to;
  }
  return mergePeriods(overlaps);
}

/** What lies between merged periods. */
export function gapsOf(merged: readonly Period[]): Period[] {
  return merged
    .slice(1)
    .map(({ from }, index) => ({ from: dayAfter(merged[index]?.to ?? from), to: dayAfter(from, -1) }));
}
