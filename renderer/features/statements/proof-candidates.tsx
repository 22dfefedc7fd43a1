// Rows that would explain a difference, likeliest first, each with why and the way to it. Whether one does, a person decides.
import { Link } from 'wouter';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { ProofFinding } from '../../../shared/ipc/contract/statements.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { statementsText as text } from '../../text/statements.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { Table } from '../../ui/table.tsx';
import { DOUBTS_ADDRESS, rowsAddress } from './statement-address.ts';

type Candidate = ProofFinding['candidates'][number];

const HEAD = [
  { text: text.candidateWhy },
  { text: text.candidateDate },
  { text: text.candidateText },
  { text: text.candidateAmount, align: 'end' },
  { text: text.candidateRow },
] as const;

/** Null for a row that never came: there is nothing to look at. */
function addressOf({ kind, bookingDate, transactionId }: Candidate, accountId: string): string | null {
  if (kind === 'doubtful') return DOUBTS_ADDRESS;
  if (bookingDate === null || transactionId === null) return null;
  const state = kind === 'excluded' ? 'removed' : null;
  return rowsAddress(accountId, { from: bookingDate, to: bookingDate }, state);
}

function CandidateRow({ candidate, account }: { readonly candidate: Candidate; readonly account: AccountSummary }) {
  const { choose } = useCurrentClient();
  const { kind, bookingDate, amountMinor, description } = candidate;
  const address = addressOf(candidate, account.id);
  return (
    <tr data-kind={kind}>
      <td>
        <strong>{text.candidates[kind]}</strong>
        <span className="sr-quiet sr-candidate-hint">{text.candidateHints[kind]}</span>
      </td>
      <td>{bookingDate !== null && <CalendarDateText date={bookingDate} />}</td>
      <td className="sr-candidate-text">{description}</td>
      <td data-align="end">
        <Amount amountMinor={amountMinor} currency={account.currency} />
      </td>
      <td>
        {address !== null && (
          <Link className="sr-link" to={address} onClick={() => choose(account.clientId)}>
            {kind === 'doubtful' ? text.decide : text.show}
          </Link>
        )}
      </td>
    </tr>
  );
}

interface ProofCandidatesProps {
  readonly finding: ProofFinding;
  readonly account: AccountSummary;
}

export function ProofCandidates({ finding, account }: ProofCandidatesProps) {
  return (
    <Table label={text.candidatesLabel} head={HEAD}>
      {finding.candidates.map((candidate, at) => (
        <CandidateRow
          key={`${candidate.transactionId ?? candidate.kind} ${at}`}
          candidate={candidate}
          account={account}
        />
      ))}
    </Table>
  );
}
