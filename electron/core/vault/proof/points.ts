// The stated balances of an account in time order, each with the start it implies, and the stretches between two of them. Pure.
import { addDays, parseCalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { AccountHistory, Period } from '../../ports/statement-history.ts';
import { anchorsOf } from '../account-proof.ts';

/** A stated balance, and the balance before the account's first row that would make it true. */
export interface Point {
  readonly date: string;
  readonly edge: 'start' | 'end';
  readonly impliedMinor: bigint;
}

/** From one stated balance to the next. `from` is behind `to` where no day lies between. `differenceMinor` is stated minus computed. */
export interface Stretch extends Period {
  readonly before: Point;
  readonly after: Point;
  readonly differenceMinor: bigint;
}

export const dayAfter = (date: string, days = 1): string => addDays(parseCalendarDate(date), days);

/** Whether a balance contains the bookings of a day. */
function holds({ date, edge }: Pick<Point, 'date' | 'edge'>, day: string): boolean {
  return day < date || (day === date && edge === 'end');
}

export function pointsOf(history: AccountHistory): Point[] {
  let [at, sum] = [0, 0n];
  const { days } = history;
  return anchorsOf(history).map(({ date, edge, amountMinor }) => {
    for (let day = days[at]; day && holds({ date, edge }, day.date); day = days[at]) {
      sum += day.bookedMinor;
      at += 1;
    }
    return { date, edge, impliedMinor: amountMinor - sum };
  });
}

export function stretchesOf(history: AccountHistory): Stretch[] {
  const points = pointsOf(history);
  return points.slice(1).map((after, index) => {
    const before = points[index] ?? after;
    return {
      before,
      after,
      from: before.edge === 'start' ? before.date : dayAfter(before.date),
      to: after.edge === 'end' ? after.date : dayAfter(after.date, -1),
      differenceMinor: after.impliedMinor - before.impliedMinor,
    };
  });
}
