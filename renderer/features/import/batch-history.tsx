// Batches that were committed or undone, newest first, found by name, state and account, each with the way back.
import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Link } from 'wouter';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { navigate, useHashSearch } from '../../app/hash-location.ts';
import { useMay } from '../../app/use-may.ts';
import { importText as text } from '../../text/import.ts';
import { CountsText } from '../../ui/batch-counts.tsx';
import { InstantText } from '../../ui/date-text.tsx';
import { Pager } from '../../ui/pager.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { batchAddress } from './batch-address.ts';
import { HistoryToolbar } from './history-toolbar.tsx';
import {
  HISTORY_PAGE,
  historyAddress,
  matchingBatches,
  readHistoryView,
  WHOLE_HISTORY,
  type HistoryView,
} from './history-view.ts';
import { UndoBatch } from './undo-batch.tsx';

const HEAD = [
  { text: text.historyColumns.source },
  { text: text.historyColumns.when },
  { text: text.historyColumns.rows },
  { text: text.historyColumns.state },
  { text: text.historyColumns.receipt },
  { text: text.historyColumns.undo, align: 'end' },
] as const;

function accountsOf({ statements }: BatchSummary): string[] {
  return [...new Set(statements.map(({ accountName }) => accountName))];
}

function HistoryRow({ batch }: { readonly batch: BatchSummary }) {
  const may = useMay();
  const committed = batch.state === 'committed';
  return (
    <tr>
      <td className="sr-found-account">
        <Link className="sr-link" to={batchAddress(batch.id)}>
          {batch.source}
        </Link>
        <span className="sr-quiet">{[text.sources[batch.kind], ...accountsOf(batch)].join(' · ')}</span>
      </td>
      <td>
        <InstantText at={batch.receipt?.committedAt ?? batch.createdAt} />
      </td>
      <td>
        <CountsText counts={batch.counts} />
      </td>
      <td>
        <StateBadge tone={committed ? 'good' : 'quiet'} word={text.states[batch.state]} />
      </td>
      <td className="sr-mono" title={batch.receipt?.hash}>
        {batch.receipt?.hash.slice(0, 12)}
      </td>
      <td data-align="end">
        {committed && may('batches.write') && (
          <UndoBatch batch={batch} size="compact-xs" label={text.undoBatch(batch.source)} />
        )}
      </td>
    </tr>
  );
}

function Rows({
  batches,
  view,
  show,
}: {
  readonly batches: readonly BatchSummary[];
  readonly view: HistoryView;
  readonly show: (change: Partial<HistoryView>) => void;
}) {
  // A page that an undo or another window emptied shows the last one there is.
  const offset = Math.min(view.offset, Math.max(0, batches.length - 1 - ((batches.length - 1) % HISTORY_PAGE)));
  return (
    <>
      <Table label={text.history} head={HEAD}>
        {batches.slice(offset, offset + HISTORY_PAGE).map((batch) => (
          <HistoryRow key={batch.id} batch={batch} />
        ))}
      </Table>
      {batches.length > HISTORY_PAGE && (
        <Pager
          label={text.historyPages}
          offset={offset}
          size={HISTORY_PAGE}
          total={batches.length}
          onChange={(next) => show({ offset: next })}
        />
      )}
    </>
  );
}

interface BatchHistoryProps {
  readonly clientId: BatchSummary['clientId'];
  readonly batches: readonly BatchSummary[];
}

export function BatchHistory({ clientId, batches }: BatchHistoryProps) {
  const search = useHashSearch();
  const view = useMemo(() => readHistoryView(new URLSearchParams(search)), [search]);
  const show = useCallback(
    (change: Partial<HistoryView>) => navigate(historyAddress({ ...view, offset: 0, ...change }), { replace: true }),
    [view],
  );
  if (batches.length === 0) return <p className="sr-findings sr-quiet">{text.historyNone}</p>;
  const found = matchingBatches(batches, view);
  return (
    <>
      <HistoryToolbar clientId={clientId} view={view} show={show} />
      {found.length === 0 ? (
        <p className="sr-history-none" role="status">
          {text.historyNoMatch}{' '}
          <Button variant="default" size="compact-xs" onClick={() => show(WHOLE_HISTORY)}>
            {text.historyClear}
          </Button>
        </p>
      ) : (
        <Rows batches={found} view={view} show={show} />
      )}
    </>
  );
}
