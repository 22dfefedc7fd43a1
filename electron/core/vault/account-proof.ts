// The continuity proof and the balance of an account, from what its sources state and what its rows sum to. Pure; it reads nothing.
import type { AccountProof } from '../../../shared/ipc/contract/accounts.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { AccountFacts } from '../ports/ledger-store.ts';

/** A balance the bank states for the start or the end of a day. */
interface Anchor {
  readonly date: string;
  readonly edge: 'start' | 'end';
  readonly amountMinor: bigint;
}

type Days = AccountFacts['days'];

const later = (left: string, right: string | null): string => (right !== null && right > left ? right : left);
const earlier = (left: string | null, right: string | null): string | null =>
  left !== null && right !== null ? (left < right ? left : right) : (left ?? right);

function statementAnchors(facts: AccountFacts): Anchor[] {
  return facts.statements.flatMap((statement): Anchor[] => {
    const { from, firstBooked, lastBooked, openingMinor, closingMinor, closingDate } = statement;
    const start = earlier(from, firstBooked);
    const anchors: Anchor[] = [];
    if (openingMinor !== null && start !== null)
      anchors.push({ date: start, edge: 'start', amountMinor: openingMinor });
    if (closingMinor !== null && closingDate !== null)
      anchors.push({ date: later(closingDate, lastBooked), edge: 'end', amountMinor: closingMinor });
    return anchors;
  });
}

/** Of several booked balances of one day the last recorded counts; a closing one outranks an interim one. */
function balanceAnchors(facts: AccountFacts): Anchor[] {
  const own = facts.balances.filter((balance) => balance.currency === facts.currency);
  const closing = own.filter((balance) => balance.type === 'closing-booked');
  const interim = own.filter((balance) => balance.type === 'interim-booked');
  const byDay = new Map([...interim, ...closing].map(({ date, amountMinor }) => [date, amountMinor]));
  return [...byDay].map(([date, amountMinor]) => ({ date, edge: 'end', amountMinor }));
}

function byTime(left: Anchor, right: Anchor): number {
  if (left.date !== right.date) return left.date < right.date ? -1 : 1;
  return (left.edge === 'end' ? 1 : 0) - (right.edge === 'end' ? 1 : 0);
}

/** Every stated booked balance in time order. */
export function anchorsOf(facts: AccountFacts): Anchor[] {
  return [...statementAnchors(facts), ...balanceAnchors(facts)].sort(byTime);
}

/** Booked sum of all rows that an anchor's balance contains. */
function sumUpTo(days: Days, anchor: Anchor): bigint {
  let sum = 0n;
  for (const { date, bookedMinor } of days) {
    if (date > anchor.date || (date === anchor.date && anchor.edge === 'start')) break;
    sum += bookedMinor;
  }
  return sum;
}

/** The balance before the first row that would make an anchor true: equal for all anchors of a gapless account. */
function impliedStart(days: Days, anchor: Anchor): bigint {
  return anchor.amountMinor - sumUpTo(days, anchor);
}

const ABSENT: AccountProof = {
  result: 'absent',
  from: null,
  to: null,
  openingMinor: null,
  sumMinor: null,
  closingMinor: null,
  firstBrokenDay: null,
  differenceMinor: null,
};

/**
 * Opening + Σ booked = closing, chained over every balance the sources state. `differenceMinor` is stated minus computed on the first day on
 * which they part: positive when money in is missing.
 */
export function proveAccount(facts: AccountFacts): AccountProof {
  const anchors = anchorsOf(facts);
  const [first, last] = [anchors.at(0), anchors.at(-1)];
  if (!first || !last || byTime(first, last) === 0) return ABSENT;
  const start = impliedStart(facts.days, first);
  const broken = anchors.find((anchor) => impliedStart(facts.days, anchor) !== start);
  const difference = broken ? impliedStart(facts.days, broken) - start : null;
  return {
    result: broken ? 'fail' : 'pass',
    from: CalendarDate.parse(first.date),
    to: CalendarDate.parse(last.date),
    openingMinor: first.amountMinor.toString(),
    sumMinor: (sumUpTo(facts.days, last) - sumUpTo(facts.days, first)).toString(),
    closingMinor: last.amountMinor.toString(),
    firstBrokenDay: broken ? CalendarDate.parse(broken.date) : null,
    differenceMinor: difference === null ? null : difference.toString(),
  };
}

/** The balance before the first row: from the latest stated balance, or zero where none is stated. */
function startingBalance(facts: AccountFacts): bigint {
  const latest = anchorsOf(facts).at(-1);
  return latest ? impliedStart(facts.days, latest) : 0n;
}

/** The booked balance now: the latest stated one and everything booked after it. */
export function bookedBalance(facts: AccountFacts): bigint {
  return facts.days.reduce((sum, day) => sum + day.bookedMinor, startingBalance(facts));
}

/** The booked balance before a day's first booking; null where no balance is stated to reckon from. */
export function balanceBefore(facts: AccountFacts, date: string): bigint | null {
  if (anchorsOf(facts).length === 0) return null;
  const earlierDays = facts.days.filter((day) => day.date < date);
  return earlierDays.reduce((sum, day) => sum + day.bookedMinor, startingBalance(facts));
}

/** Booked balance at the end of each day that has a booking. */
export function dailyBalances(facts: AccountFacts): { date: CalendarDate; balanceMinor: string }[] {
  let balance = startingBalance(facts);
  return facts.days.map(({ date, bookedMinor }) => {
    balance += bookedMinor;
    return { date: CalendarDate.parse(date), balanceMinor: balance.toString() };
  });
}
