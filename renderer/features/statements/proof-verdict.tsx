// What the proof comes to, in one sentence.
import type { CoverageState, ProofFinding } from '../../../shared/ipc/contract/statements.ts';
import { statementsText as text } from '../../text/statements.ts';
import { formatCount } from '../../ui/format.ts';
import { StateBadge, type Tone } from '../../ui/state-badge.tsx';
import { verdictOf, type Verdict } from './verdict-of.ts';

const TONES: Readonly<Record<Verdict, Tone>> = {
  nothing: 'quiet',
  broken: 'bad',
  open: 'attention',
  duplicate: 'attention',
  unproven: 'quiet',
  partial: 'quiet',
  proven: 'good',
};

interface ProofVerdictProps {
  /** The states of the period's months. */
  readonly months: readonly CoverageState[];
  readonly statements: number;
  readonly findings: readonly ProofFinding[];
}

export function ProofVerdict({ months, statements, findings }: ProofVerdictProps) {
  const verdict = verdictOf(months, findings);
  return (
    <div className="sr-statement-verdict" role="status">
      <StateBadge tone={TONES[verdict]} word={text.verdicts[verdict]} />
      <span>{text.verdictHints[verdict]}</span>
      <span className="sr-quiet">{text.statementCount(statements, formatCount(statements))}</span>
    </div>
  );
}
