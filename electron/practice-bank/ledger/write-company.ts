// Writes one company's accounts day by day, with the transfers between them. Savings follow the current account's balance.
import { addDays, type CalendarDate } from '../../../shared/model/calendar-date.ts';
import { majorUnit, openAccountBook, type AccountBook } from './account-book.ts';
import type { CompanyPlan } from './companies.ts';
import { dailyDrafts } from './daily-drafts.ts';
import { cardPurchase, plain } from './drafts.ts';
import type { DraftRow, LedgerAccount } from './ledger-row.ts';
import { lastDayOfMonth, weekday } from './london-time.ts';
import { seededRandom } from './random.ts';

const SWEEP_SECOND = 82_800;
/** Card payments of today and yesterday are not booked yet. */
const PENDING_DAYS = 1;

export type Period = { readonly from: CalendarDate; readonly today: CalendarDate };

function transfer(amountMinor: bigint, description: string, party: { name: string; iban: string } | null): DraftRow {
  return { ...plain({ kind: 'internal-transfer', secondOfDay: SWEEP_SECOND, amountMinor, description }), party };
}

/** What to move on a Monday so that the balance comes back between 60 % and 130 % of where it began; 0 when it is there. */
function sweepAmount(book: AccountBook): bigint {
  const [balance, anchor] = [book.balanceMinor(), book.plan.openingMinor];
  if (balance <= (anchor * 13n) / 10n && balance >= (anchor * 6n) / 10n) return 0n;
  const unit = majorUnit(book.plan.currency) * (book.plan.currency === 'JPY' ? 10_000n : 100n);
  return ((anchor - balance) / unit) * unit;
}

type Sweep = { readonly company: string; readonly book: AccountBook; readonly savings: AccountBook | undefined };

function sweep({ company, book, savings }: Sweep, date: CalendarDate): void {
  const amountMinor = sweepAmount(book);
  if (amountMinor === 0n) return;
  if (savings === undefined || savings.plan.currency !== book.plan.currency || savings.balanceMinor() < amountMinor) {
    const text = amountMinor < 0n ? 'TREASURY DEPOSIT PLACED' : 'TREASURY DEPOSIT REPAID';
    book.append(date, 'booked', [transfer(amountMinor, text, null)]);
    return;
  }
  const party = (other: AccountBook) => ({ name: company, iban: other.iban });
  book.append(date, 'booked', [transfer(amountMinor, `TRANSFER ${savings.plan.name}`, party(savings))]);
  savings.append(date, 'booked', [transfer(-amountMinor, `TRANSFER ${book.plan.name}`, party(book))]);
}

function writeDay(book: AccountBook, date: CalendarDate, period: Period): void {
  const random = seededRandom(`${book.key}:${date}`);
  const drafts = dailyDrafts(random, book.plan, date);
  const recent = date >= addDays(period.today, -PENDING_DAYS);
  const isPending = (draft: DraftRow): boolean => recent && draft.kind === 'card';
  book.append(
    date,
    'booked',
    drafts.filter((draft) => !isPending(draft)),
  );
  const pending = drafts.filter(isPending);
  if (date === period.today && book.plan.type === 'CACC')
    pending.push(cardPurchase(random, book.plan), cardPurchase(random, book.plan));
  book.append(date, 'pending', pending);
}

function interest(book: AccountBook, date: CalendarDate): void {
  if (book.plan.type !== 'SVGS' || Number(date.slice(8)) !== lastDayOfMonth(date)) return;
  book.append(date, 'booked', [
    plain({
      kind: 'interest',
      secondOfDay: 84_000,
      amountMinor: book.balanceMinor() / 480n,
      description: 'GROSS INTEREST',
    }),
  ]);
}

/** All accounts of a company from `period.from` to `period.today`, both included. */
export function writeCompany(company: CompanyPlan, seed: string, period: Period): LedgerAccount[] {
  const books = company.accounts.map((plan) => openAccountBook(plan, `${seed}:${company.key}:${plan.key}`));
  const savings = books.find((book) => book.plan.type === 'SVGS');
  for (let date = period.from; date <= period.today; date = addDays(date, 1)) {
    for (const book of books) {
      writeDay(book, date, period);
      if (weekday(date) === 1 && book.plan.type === 'CACC') sweep({ company: company.name, book, savings }, date);
    }
    for (const book of books) interest(book, date);
  }
  return books.map((book) => book.close(company, period.from));
}
