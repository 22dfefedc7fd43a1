// Later tiers: rows the fingerprint does not find. Ids, settled pending rows, changed wording, shifted days; what stays unsure becomes doubtful.
import { addDays, daysBetween, parseCalendarDate } from '../../../../shared/model/calendar-date.ts';
import { indexIds } from './match-exact.ts';
import { OTHER_WORDS, REWORDED, SAME_ID, SETTLES, SIMILAR, type MatchState } from './match-state.ts';
import { similarityOf } from './normalise-text.ts';
import type { IncomingRow, LedgerRow } from '../../ports/ledger-rows.ts';

/** A pending row may settle from a day before to this many days after its own date. */
const SETTLES_WITHIN_DAYS = 10;
/** A tip raises a pending amount by a quarter at most. */
const TIP_PERCENT = 25n;
const LIKELY = 0.5;
const SURE = 0.8;
const VAGUE = 0.3;
const SHIFT_DAYS = 2;

function daysFrom(from: string, to: string): number {
  return daysBetween(parseCalendarDate(from), parseCalendarDate(to));
}

function shifted(date: string, days: number): string {
  return addDays(parseCalendarDate(date), days);
}

function textLikeness(state: MatchState, incoming: IncomingRow, ledger: LedgerRow): number {
  return state.similarity(incoming, ledger, similarityOf);
}

/** An id says the same row: a changed wording or day is a change, another amount is doubt (ids are reused). */
export function matchIds(state: MatchState): void {
  const index = indexIds(state);
  for (const incoming of state.open()) {
    if (incoming.sourceId === null) continue;
    const same = index.get(`${incoming.state}|${incoming.sourceId}`);
    const other = index.get(`${incoming.state === 'booked' ? 'pending' : 'booked'}|${incoming.sourceId}`);
    if (same && state.isFree(same)) {
      const equal = same.amountMinor === incoming.amountMinor || incoming.state === 'pending';
      state.decide(incoming, same, equal ? REWORDED : SIMILAR);
    } else if (other && state.isFree(other)) {
      if (incoming.state === 'pending') state.decide(incoming, other, SAME_ID);
      else if (other.state === 'pending' || other.excluded) state.decide(incoming, other, SETTLES);
    }
  }
}

function isTipOf(pending: bigint, booked: bigint): boolean {
  if (pending === booked || pending < 0n !== booked < 0n) return false;
  const [less, more] = pending < 0n ? [-pending, -booked] : [pending, booked];
  return more > less && (more - less) * 100n <= less * TIP_PERCENT;
}

interface Settling {
  readonly incoming: IncomingRow;
  readonly pending: LedgerRow;
  readonly likeness: number;
  readonly days: number;
}

function settlings(state: MatchState, pendings: readonly LedgerRow[]): Settling[] {
  const booked = state.open().filter((row) => row.state === 'booked');
  return pendings.flatMap((pending) => {
    const [first, last] = [-1, SETTLES_WITHIN_DAYS].map((days) => shifted(pending.bookingDate, days));
    const near = booked.filter((row) => row.bookingDate >= (first ?? '') && row.bookingDate <= (last ?? ''));
    const amount = BigInt(pending.amountMinor);
    const fitting = near.filter(
      (row) => row.amountMinor === pending.amountMinor || isTipOf(amount, BigInt(row.amountMinor)),
    );
    return fitting.map((incoming) => ({
      incoming,
      pending,
      likeness: textLikeness(state, incoming, pending),
      days: Math.abs(daysFrom(pending.bookingDate, incoming.bookingDate)),
    }));
  });
}

const byLikeness = (a: Settling, b: Settling): number =>
  b.likeness - a.likeness ||
  a.days - b.days ||
  a.pending.number - b.pending.number ||
  a.incoming.number - b.incoming.number;

/** The booked row of an excluded pending one, where no open pending row wants it. */
function matchExcludedPendings(state: MatchState): void {
  const pendings = state.free().filter((row) => row.excluded && row.sourceState === 'pending');
  for (const { incoming, pending, likeness } of settlings(state, pendings).sort(byLikeness)) {
    const same = incoming.amountMinor === pending.amountMinor && likeness >= LIKELY;
    if (same && state.isOpen(incoming) && state.isFree(pending)) state.decide(incoming, pending, SETTLES);
  }
}

/** Same amount and name, then the same amount where nothing else fits, then a tip under the same name. Only open pending rows can settle. */
export function matchPendings(state: MatchState): void {
  const pendings = state.free().filter((row) => row.state === 'pending');
  const all = settlings(state, pendings).sort(byLikeness);
  const settle = (accepts: (pair: Settling, open: readonly Settling[]) => boolean): void => {
    const open = all.filter(({ incoming, pending }) => state.isOpen(incoming) && state.isFree(pending));
    for (const pair of open) {
      if (!state.isOpen(pair.incoming) || !state.isFree(pair.pending)) continue;
      if (accepts(pair, open)) state.decide(pair.incoming, pair.pending, SETTLES);
    }
  };
  const sameAmount = ({ incoming, pending }: Settling): boolean => incoming.amountMinor === pending.amountMinor;
  const alone = (pair: Settling, open: readonly Settling[]): boolean =>
    open.filter((other) => other.incoming === pair.incoming || other.pending === pair.pending).length === 1;
  settle((pair) => sameAmount(pair) && pair.likeness >= LIKELY);
  settle((pair, open) => sameAmount(pair) && alone(pair, open));
  settle((pair, open) => !sameAmount(pair) && pair.likeness >= (alone(pair, open) ? LIKELY : SURE));
  matchExcludedPendings(state);
}

/** What a free ledger row of the same day and amount means for an incoming one. Null: nothing. */
function verdictOnReworded(state: MatchState, pair: [IncomingRow, LedgerRow], countsAgree: boolean) {
  const [incoming, ledger] = pair;
  const likeness = textLikeness(state, incoming, ledger);
  const inside = state.isInside(incoming.bookingDate);
  if (state.sameKindOfSource(ledger)) {
    if (inside) return likeness >= LIKELY ? REWORDED : SIMILAR;
    return likeness >= SURE ? SIMILAR : null;
  }
  if (likeness >= VAGUE || (inside && countsAgree)) return OTHER_WORDS;
  return SIMILAR;
}

function bookedByDayAndAmount<T extends IncomingRow | LedgerRow>(rows: readonly T[]): Map<string, T[]> {
  const booked = rows.filter((row) => ('sourceState' in row ? row.sourceState : row.state) === 'booked');
  return Map.groupBy(booked, (row) => `${row.bookingDate}|${row.amountMinor}`);
}

function bestOf(state: MatchState, incoming: IncomingRow, rows: readonly LedgerRow[]): LedgerRow | undefined {
  const free = rows.filter((row) => state.isFree(row));
  return free.sort(
    (a, b) => textLikeness(state, incoming, b) - textLikeness(state, incoming, a) || a.number - b.number,
  )[0];
}

type Pair = [IncomingRow, LedgerRow];

/** Beyond this many comparisons a day's equal amounts are paired in their order, not by likeness: a hostile file must not stall the vault. */
const MOST_COMPARISONS = 100_000;

/** Every pair of a group, the likeliest first. */
function likelyPairs(state: MatchState, incoming: readonly IncomingRow[], ledger: readonly LedgerRow[]): Pair[] {
  if (incoming.length * ledger.length > MOST_COMPARISONS)
    return incoming.slice(0, ledger.length).map((row, at): Pair => [row, ledger[at] as LedgerRow]);
  const pairs = incoming.flatMap((row) => ledger.map((other): Pair => [row, other]));
  const likeness = new Map(pairs.map((pair) => [pair, textLikeness(state, ...pair)]));
  return pairs.sort((a, b) => (likeness.get(b) ?? 0) - (likeness.get(a) ?? 0));
}

/**
 * Same day, same amount, other words: a bank changed its wording, or another source words the row its own way. Without `doubts` only what is
 * clear is decided.
 */
export function matchReworded(state: MatchState, { idMatches, doubts }: { idMatches: number; doubts: boolean }): void {
  const ledger = bookedByDayAndAmount(state.free());
  for (const [key, group] of bookedByDayAndAmount(state.open())) {
    const candidates = ledger.get(key) ?? [];
    const countsAgree = candidates.length === group.length;
    for (const [incoming, row] of likelyPairs(state, group, candidates)) {
      if (!state.isOpen(incoming) || !state.isFree(row)) continue;
      if (idMatches > 0 && state.idsEqual(incoming, row) === false) continue;
      const verdict = verdictOnReworded(state, [incoming, row], countsAgree);
      if (verdict && (doubts || verdict.kind !== 'doubtful')) state.decide(incoming, row, verdict);
    }
  }
}

/** Same amount and words a day or two apart, while the ledger's row was not shown again: doubtful. */
export function matchShifted(state: MatchState): void {
  const ledger = bookedByDayAndAmount(state.free().filter((row) => state.isInside(row.bookingDate)));
  if (ledger.size === 0) return;
  for (const incoming of state.open()) {
    if (incoming.state !== 'booked') continue;
    for (const shift of [-1, 1, -SHIFT_DAYS, SHIFT_DAYS]) {
      const candidates = ledger.get(`${shifted(incoming.bookingDate, shift)}|${incoming.amountMinor}`) ?? [];
      const best = bestOf(state, incoming, candidates);
      if (!best || !state.isOpen(incoming) || textLikeness(state, incoming, best) < SURE) continue;
      if (state.idsEqual(incoming, best) !== false) state.decide(incoming, best, SIMILAR);
    }
  }
}
