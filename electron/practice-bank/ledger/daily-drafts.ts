// What happens on one account on one day: the calendar of a small firm. Pure: the same account and date always bring the same rows.
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { AccountPlan } from './companies.ts';
import { DIRECT_DEBITS } from './counterparties.ts';
import { cardPurchase, cardTakings, customerReceipt, payroll, plain, supplierPayment, twinCoffees } from './drafts.ts';
import type { DraftRow } from './ledger-row.ts';
import { lastDayOfMonth, weekday } from './london-time.ts';
import type { SeededRandom } from './random.ts';

function ordinaryRow(random: SeededRandom, plan: AccountPlan): DraftRow {
  const throwOf = random.integer(1, 100);
  if (throwOf <= 40) return cardPurchase(random, plan);
  return throwOf <= 65 ? supplierPayment(random, plan) : customerReceipt(random, plan);
}

function ordinaryRows(random: SeededRandom, plan: AccountPlan, date: CalendarDate): DraftRow[] {
  const weekend = weekday(date) % 6 === 0;
  const count = weekend
    ? Math.floor(plan.rowsADay / 4)
    : random.integer(Math.floor(plan.rowsADay / 2), Math.ceil(plan.rowsADay * 1.5));
  return Array.from({ length: count }, () => (weekend ? cardPurchase(random, plan) : ordinaryRow(random, plan)));
}

function directDebits(plan: AccountPlan, date: CalendarDate): DraftRow[] {
  if (plan.currency !== 'GBP') return [];
  const day = Number(date.slice(8));
  return DIRECT_DEBITS.filter((debit) => debit.day === day).map((debit) =>
    plain('direct-debit', 18_000, BigInt(-Math.round((plan.typicalMinor * debit.share) / 100)), `DD ${debit.name}`),
  );
}

function monthly(random: SeededRandom, plan: AccountPlan, date: CalendarDate): DraftRow[] {
  const day = Number(date.slice(8));
  const month = date.slice(0, 7);
  const rows: DraftRow[] = directDebits(plan, date);
  if (day === 1 && plan.currency === 'GBP')
    rows.push(plain('standing-order', 18_600, BigInt(-plan.typicalMinor * 4), 'SO RENT UNIT 7'));
  if (day === 28 && plan.payroll) rows.push(payroll(random, plan, month));
  if (day === lastDayOfMonth(date))
    rows.push(plain('fee', 80_000, plan.currency === 'JPY' ? -1200n : -1250n, 'ACCOUNT MAINTENANCE FEE'));
  return rows;
}

/** All rows of a day except transfers between the company's own accounts, in no order. */
export function dailyDrafts(random: SeededRandom, plan: AccountPlan, date: CalendarDate): DraftRow[] {
  if (plan.type === 'SVGS') return [];
  const rows = [...monthly(random, plan, date), ...ordinaryRows(random, plan, date)];
  if (plan.cardTakings) rows.push(cardTakings(random, plan, date));
  if (random.chance(4)) rows.push(...twinCoffees(random, plan));
  return rows;
}
