// What happens on one account on one day: the calendar of a small firm. Pure: the same account and date always bring the same rows.
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { AccountPlan } from './companies.ts';
import { DIRECT_DEBITS } from './counterparties.ts';
import { cardPurchase, cardTakings, customerReceipt, payroll, plain, supplierPayment, twinCoffees } from './drafts.ts';
import type { DraftRow } from './ledger-row.ts';
import { lastDayOfMonth, weekday } from './london-time.ts';
import type { SeededRandom } from './random.ts';

const dayOf = (date: CalendarDate): number => Number(date.slice(8));

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
  const due = DIRECT_DEBITS.filter((debit) => debit.day === dayOf(date));
  return due.map((debit) => {
    const amountMinor = BigInt(-Math.round((plan.typicalMinor * debit.share) / 100));
    return plain({ kind: 'direct-debit', secondOfDay: 18_000, amountMinor, description: `DD ${debit.name}` });
  });
}

function rent(plan: AccountPlan, date: CalendarDate): DraftRow[] {
  const amountMinor = BigInt(-plan.typicalMinor * 4);
  const row = plain({ kind: 'standing-order', secondOfDay: 18_600, amountMinor, description: 'SO RENT UNIT 7' });
  return dayOf(date) === 1 ? [row] : [];
}

function fee(plan: AccountPlan, date: CalendarDate): DraftRow[] {
  const amountMinor = plan.currency === 'JPY' ? -1200n : -1250n;
  const row = plain({ kind: 'fee', secondOfDay: 80_000, amountMinor, description: 'ACCOUNT MAINTENANCE FEE' });
  return dayOf(date) === lastDayOfMonth(date) ? [row] : [];
}

function monthly(random: SeededRandom, plan: AccountPlan, date: CalendarDate): DraftRow[] {
  const domestic = plan.currency === 'GBP' ? [...directDebits(plan, date), ...rent(plan, date)] : [];
  const salaries = plan.payroll && dayOf(date) === 28 ? [payroll(random, plan, date.slice(0, 7))] : [];
  return [...domestic, ...salaries, ...fee(plan, date)];
}

/** All rows of a day except transfers between the company's own accounts, in no order. */
export function dailyDrafts(random: SeededRandom, plan: AccountPlan, date: CalendarDate): DraftRow[] {
  if (plan.type === 'SVGS') return [];
  const rows = [...monthly(random, plan, date), ...ordinaryRows(random, plan, date)];
  if (plan.cardTakings) rows.push(cardTakings(random, plan, date));
  if (random.chance(4)) rows.push(...twinCoffees(random, plan));
  return rows;
}
