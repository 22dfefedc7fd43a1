// Sorts one account's incoming rows against its ledger: new, known, changed, doubtful. Pure and deterministic; nothing is dropped or doubled silently.
import { matchExact } from './match-exact.ts';
import { matchIds, matchPendings, matchReworded, matchShifted } from './match-similar.ts';
import { MatchState } from './match-state.ts';
import type { Match } from '../../ports/ledger-rows.ts';
import type { MatchInput } from './match-input.ts';

/** One match an incoming row, in the source's order. A ledger row answers for one incoming row at most. */
export function matchRows(input: MatchInput): Match[] {
  const state = new MatchState(input);
  const { idMatches } = matchExact(state);
  matchIds(state);
  // Before pending rows settle: a booked row that the ledger has in other words settles nothing again.
  matchReworded(state, { idMatches, doubts: false });
  matchPendings(state);
  matchReworded(state, { idMatches, doubts: true });
  matchShifted(state);
  return state.result();
}
