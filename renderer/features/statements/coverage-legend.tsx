// What the marks of the grid mean, and how many months have each.
import type { CoverageState } from '../../../shared/ipc/contract/statements.ts';
import { statementsText as text } from '../../text/statements.ts';
import { formatCount } from '../../ui/format.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { STATES } from './coverage-states.tsx';

export function CoverageLegend({ counts }: { readonly counts: ReadonlyMap<CoverageState, number> }) {
  return (
    <ul className="sr-coverage-legend" aria-label={text.legend}>
      {(Object.keys(STATES) as CoverageState[]).map((state) => (
        <li key={state}>
          <StateBadge {...STATES[state]} word={text.states[state]} meaning={text.stateMeanings[state]} />
          {state !== 'none' && <span className="sr-quiet">{formatCount(counts.get(state) ?? 0)}</span>}
        </li>
      ))}
    </ul>
  );
}
