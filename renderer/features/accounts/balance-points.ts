// Daily balances as points of a picture. Figures for drawing only: what is read as text stays exact.
import type { AccountDetail } from '../../../shared/ipc/contract/accounts.ts';

export interface BalancePoint {
  readonly day: number;
  readonly date: string;
  readonly balanceMinor: string;
  readonly currency: string;
  /** Height in whole currency units, rounded by the drawing's nature. */
  readonly height: number;
}

const MOST_POINTS = 400;

/** At most a few hundred points: the last of each equal share of days, and always the very last. */
export function balancePoints({ daily, currency }: AccountDetail, exponent: number): BalancePoint[] {
  const share = Math.max(1, Math.ceil(daily.length / MOST_POINTS));
  return daily
    .filter((_, index) => (daily.length - 1 - index) % share === 0)
    .map(({ date, balanceMinor }) => ({
      day: Date.parse(`${date}T00:00:00Z`),
      date,
      balanceMinor,
      currency,
      height: Number(balanceMinor) / 10 ** exponent,
    }));
}

const MOST_TICKS = 12;

/** The first day of each month between the first and the last point; of each second, third … where there would be too many. */
export function monthTicks(points: readonly BalancePoint[]): number[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const start = new Date(first.day);
  const ticks: number[] = [];
  for (let month = 1; ; month += 1) {
    const day = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1);
    if (day > last.day) break;
    ticks.push(day);
  }
  const step = Math.ceil(ticks.length / MOST_TICKS);
  return ticks.filter((_, index) => index % step === 0);
}
