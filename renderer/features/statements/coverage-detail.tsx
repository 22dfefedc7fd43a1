// What is known of the month under the pointer or the keyboard: state, rows, sum, statements, and what a key does.
import type { AccountCoverage } from '../../../shared/ipc/contract/statements.ts';
import { statementsText as text } from '../../text/statements.ts';
import { Amount } from '../../ui/amount.tsx';
import { formatCount } from '../../ui/format.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { STATES } from './coverage-states.tsx';
import { longMonth } from './month-text.ts';

interface CoverageDetailProps {
  readonly coverage: AccountCoverage | null;
  readonly column: number;
}

export function CoverageDetail({ coverage, column }: CoverageDetailProps) {
  const month = column > 0 ? coverage?.months[column - 1] : undefined;
  return (
    <div className="sr-coverage-detail sr-no-print">
      {coverage !== null && (
        <strong className="sr-truncate" title={coverage.name}>
          {coverage.name} · {coverage.numberMask}
        </strong>
      )}
      {coverage !== null && month !== undefined && (
        <>
          <span className="sr-nowrap">{longMonth(month.month)}</span>
          <StateBadge {...STATES[month.state]} word={text.states[month.state]} />
          <span className="sr-nowrap">{text.rowCount(month.rows, formatCount(month.rows))}</span>
          <Amount amountMinor={month.bookedMinor} currency={coverage.currency} />
          <span className="sr-nowrap">{text.statementCount(month.statements, formatCount(month.statements))}</span>
          <span className="sr-quiet sr-coverage-meaning">{text.stateMeanings[month.state]}</span>
        </>
      )}
      {month === undefined && <span className="sr-quiet">{text.gridHint}</span>}
    </div>
  );
}
