// First tier: rows whose fingerprint the ledger knows, as a multiset. Running balance and ids tell twins apart; ids are believed only with evidence.
import { SAME, SIMILAR, type MatchState } from './match-state.ts';
import type { IncomingRow, LedgerRow } from '../../ports/ledger-rows.ts';

interface Pair {
  readonly incoming: IncomingRow;
  readonly ledger: LedgerRow;
}

type Test = (incoming: IncomingRow, ledger: LedgerRow) => boolean;

const keyOf = (state: string, bookingDate: string, fingerprint: string): string =>
  `${state}|${bookingDate}|${fingerprint}`;

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

/** A booked row that a person called the same as an excluded pending one is an alias of it. */
function ledgerKeys(row: LedgerRow): string[] {
  const own = keyOf(row.sourceState, row.bookingDate, row.fingerprint);
  const states = row.excluded ? ['pending', 'booked'] : [row.sourceState];
  const aliases = row.aliases.flatMap(({ bookingDate, fingerprint }) =>
    states.map((state) => keyOf(state, bookingDate, fingerprint)),
  );
  return [own, ...aliases];
}

/** Null where one side has no running balance. */
function balancesEqual(incoming: IncomingRow, ledger: LedgerRow): boolean | null {
  if (incoming.balanceAfterMinor === null || ledger.balanceAfterMinor === null) return null;
  return incoming.balanceAfterMinor === ledger.balanceAfterMinor;
}

/** Rows equal in all but the id, and rows equal in all but the running balance: they need more evidence. */
export interface ExactLeftovers {
  readonly otherId: Pair[];
  readonly otherBalance: Pair[];
  /** How many rows were recognised by fingerprint and id together: proof that this source keeps its ids. */
  idMatches: number;
}

function matchGroup(state: MatchState, group: readonly IncomingRow[], candidates: readonly LedgerRow[]): Pair[] {
  const idConflict: Test = (incoming, ledger) => state.idsEqual(incoming, ledger) === false;
  const passes: Test[] = [
    (incoming, ledger) => state.idsEqual(incoming, ledger) === true,
    (incoming, ledger) => balancesEqual(incoming, ledger) === true && !idConflict(incoming, ledger),
    (incoming, ledger) => balancesEqual(incoming, ledger) === null && !idConflict(incoming, ledger),
    (incoming, ledger) => balancesEqual(incoming, ledger) === true,
  ];
  for (const test of passes) {
    for (const incoming of group) {
      if (!state.isOpen(incoming)) continue;
      const found = candidates.find((ledger) => state.isFree(ledger) && test(incoming, ledger));
      if (found) state.decide(incoming, found, SAME);
    }
  }
  const open = group.filter((incoming) => state.isOpen(incoming));
  const free = candidates.filter((ledger) => state.isFree(ledger));
  return open.flatMap((incoming, index) => (free[index] ? [{ incoming, ledger: free[index] }] : []));
}

/** Decides the clear cases and hands back the pairs that differ in nothing but id or running balance. */
function matchFingerprints(state: MatchState): ExactLeftovers {
  const incoming = groupBy(state.input.incoming, (row) => [keyOf(row.state, row.bookingDate, row.fingerprint)]);
  const ledger = groupBy(state.input.ledger, ledgerKeys);
  const leftovers: ExactLeftovers = { otherId: [], otherBalance: [], idMatches: 0 };
  for (const [key, group] of incoming) {
    const candidates = ledger.get(key);
    if (!candidates) continue;
    for (const pair of matchGroup(state, group, candidates)) {
      const same = balancesEqual(pair.incoming, pair.ledger);
      (same === false ? leftovers.otherBalance : leftovers.otherId).push(pair);
    }
    const ids = new Set(candidates.map((row) => row.sourceId));
    leftovers.idMatches += group.filter((row) => row.sourceId !== null && ids.has(row.sourceId)).length;
  }
  return leftovers;
}

/**
 * Ids that differ mean another row where the source keeps its ids elsewhere in this slice. Where it keeps none and shows whole days again, it
 * reissued them. Without evidence either way the row is doubtful.
 */
function decideOtherIds(state: MatchState, { otherId, idMatches }: ExactLeftovers): void {
  const reissued = otherId.some(({ incoming }) => state.isInside(incoming.bookingDate));
  for (const { incoming, ledger } of otherId) {
    if (idMatches > 0) state.separate(incoming);
    else state.decide(incoming, ledger, reissued ? SAME : SIMILAR);
  }
}

/**
 * The running balance decides between twins. Only where a whole day comes again with the same rows and none of its balances, the bank may have
 * restated them: doubtful.
 */
function decideOtherBalances(state: MatchState, { otherBalance }: ExactLeftovers): void {
  const ledgerDays = groupBy(state.input.ledger, (row) => [row.bookingDate]);
  for (const [day, pairs] of groupBy(otherBalance, (pair) => [pair.incoming.bookingDate])) {
    const kinds = new Set(pairs.map(({ incoming }) => incoming.fingerprint)).size;
    const restated = kinds > 1 && pairs.length === ledgerDays.get(day)?.length;
    for (const { incoming, ledger } of pairs) {
      if (restated) state.decide(incoming, ledger, SIMILAR);
      else state.separate(incoming);
    }
  }
}

/** A row still shown as pending that the ledger has as booked. */
function matchLatePendings(state: MatchState): void {
  const booked = groupBy(state.free(), (row) => (row.sourceState === 'booked' ? ledgerKeys(row) : []));
  for (const incoming of state.open()) {
    if (incoming.state !== 'pending') continue;
    const key = keyOf('booked', incoming.bookingDate, incoming.fingerprint);
    const found = booked.get(key)?.find((row) => state.isFree(row));
    if (found) state.decide(incoming, found, SAME);
  }
}

/** Ids of one kind of source that name a row of the ledger whose wording, day or state differs now. */
export function indexIds(state: MatchState): Map<string, LedgerRow> {
  const index = new Map<string, LedgerRow>();
  if (!state.idsPromised) return index;
  for (const row of state.free()) {
    if (row.sourceId !== null && state.sameKindOfSource(row)) index.set(`${row.sourceState}|${row.sourceId}`, row);
  }
  return index;
}

export function matchExact(state: MatchState): ExactLeftovers {
  const leftovers = matchFingerprints(state);
  decideOtherIds(state, leftovers);
  decideOtherBalances(state, leftovers);
  matchLatePendings(state);
  return leftovers;
}
