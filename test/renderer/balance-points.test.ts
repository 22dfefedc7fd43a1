// Ticks of the balance chart: first days of months, each once, never too many.
import { expect, it } from 'vitest';
import { monthTicks } from '../../renderer/features/accounts/balance-points.ts';

function points(...dates: string[]) {
  return dates.map((date) => ({ day: Date.parse(date), date, balanceMinor: '0', currency: 'GBP', height: 0 }));
}
const days = (ticks: number[]) => ticks.map((tick) => new Date(tick).toISOString().slice(0, 10));

it('names each month once', () => {
  expect(days(monthTicks(points('2026-05-03', '2026-05-20', '2026-08-01')))).toEqual([
    '2026-06-01',
    '2026-07-01',
    '2026-08-01',
  ]);
});

it('leaves months out where there are many, and names none where there is none', () => {
  const ticks = days(monthTicks(points('2023-01-01', '2026-01-31')));
  expect(ticks.slice(0, 2)).toEqual(['2023-02-01', '2023-05-01']);
  expect(ticks).toHaveLength(12);
  expect(monthTicks(points('2026-05-03', '2026-05-20'))).toEqual([]);
  expect(monthTicks([])).toEqual([]);
});
