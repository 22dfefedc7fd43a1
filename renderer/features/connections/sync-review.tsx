// The dry run of a sync: accounts, what is new or known in each, what failed alone, and the rows themselves. Nothing is in the ledger yet.
import { Button } from '@mantine/core';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { SyncOutcome } from '../../../shared/ipc/contract/connections.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { syncText as text } from '../../text/connections.ts';
import { CountsText } from '../../ui/batch-counts.tsx';
import { BatchDiff } from '../../ui/batch-diff.tsx';
import { ClientDot } from '../../ui/client-dot.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { WireErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { ProofBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';

const HEAD = [{ text: text.account }, { text: text.period }, { text: text.compared }, { text: text.proof }] as const;

function ClientBatch({ batch }: { readonly batch: BatchSummary }) {
  const { clients } = useCurrentClient();
  const client = clients.find(({ id }) => id === batch.clientId);
  return (
    <section className="sr-sync-client">
      <h3>
        <ClientDot colour={client?.colour ?? null} /> {client?.name}
      </h3>
      <Table label={text.accountsOf(client?.name ?? '')} head={HEAD}>
        {batch.statements.map((statement) => (
          <tr key={statement.index}>
            <td>
              {statement.accountName}
              {statement.accountId === null && <span className="sr-quiet"> {text.newAccount}</span>}
            </td>
            <td>
              {statement.from === null || statement.to === null ? (
                <span className="sr-quiet">{text.noPeriod}</span>
              ) : (
                <>
                  <CalendarDateText date={statement.from} /> – <CalendarDateText date={statement.to} />
                </>
              )}
            </td>
            <td>
              <CountsText counts={statement.counts} />
            </td>
            <td>
              <ProofBadge proof={statement.proof} />
            </td>
          </tr>
        ))}
      </Table>
      <BatchDiff batch={batch} />
    </section>
  );
}

function FailedAccounts({ outcome }: { readonly outcome: SyncOutcome }) {
  if (outcome.failedAccounts.length === 0) return null;
  const ok = outcome.batches.reduce((sum, { statements }) => sum + statements.length, 0);
  return (
    <section className="sr-sync-failed">
      <p>{text.failed(ok, outcome.failedAccounts.length)}</p>
      {outcome.failedAccounts.map(({ resourceId, name, error }) => (
        <div key={resourceId}>
          <h3>{name}</h3>
          <WireErrorPanel error={error} size="compact" />
        </div>
      ))}
    </section>
  );
}

function changesOf(outcome: SyncOutcome): number {
  return outcome.batches.reduce((sum, { counts }) => sum + counts.new + counts.changed, 0);
}

interface SyncReviewProps {
  readonly outcome: SyncOutcome;
  readonly busy: 'committing' | 'discarding' | null;
  readonly onCommit: () => void;
  readonly onDiscard: () => void;
}

export function SyncReview({ outcome, busy, onCommit, onDiscard }: SyncReviewProps) {
  const changes = changesOf(outcome);
  return (
    <div className="sr-sync-review">
      <output>{changes === 0 ? text.nothingNew : text.reviewHint}</output>
      <FailedAccounts outcome={outcome} />
      {outcome.batches.map((batch) => (
        <ClientBatch key={batch.id} batch={batch} />
      ))}
      <div className="sr-sync-actions">
        <Button variant="default" loading={busy === 'discarding'} disabled={busy !== null} onClick={onDiscard}>
          {text.discard}
        </Button>
        <Button loading={busy === 'committing'} disabled={busy !== null} onClick={onCommit}>
          {changes === 0 ? text.commitNothing : text.commit(changes, formatCount(changes))}
        </Button>
      </div>
    </div>
  );
}
