// What a batch would change in the ledger, or has changed: its rows by kind, each with its reason. It decides and commits nothing.
import './batch-diff.css';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { BatchSummary, DiffCounts, DiffKind, DiffRow } from '../../shared/ipc/contract/batches.ts';
import { client } from '../api/client.ts';
import { usePages } from '../api/pages.ts';
import { callKey, usePagedCall } from '../api/query.ts';
import { useMay } from '../app/use-may.ts';
import { batchText as text, DIFF_KINDS } from '../text/batch.ts';
import { doubtText } from '../text/doubts.ts';
import { Amount } from './amount.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { CalendarDateText } from './date-text.tsx';
import { DoubtList } from './doubt-list.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { formatCount } from './format.ts';
import { Skeletons } from './page.tsx';
import { Pager } from './pager.tsx';

const DOUBTS_SHOWN = 50;

const COLUMNS: readonly Column<DiffRow>[] = [
  {
    key: 'date',
    header: text.columns.date,
    width: '6rem',
    cell: (row) => <CalendarDateText date={row.bookingDate} />,
  },
  {
    key: 'counterparty',
    header: text.columns.counterparty,
    width: 'minmax(7rem, 1fr)',
    cell: (row) => row.counterparty ?? '',
  },
  {
    key: 'description',
    header: text.columns.description,
    width: 'minmax(9rem, 1.5fr)',
    cell: (row) => <span title={row.description}>{row.description}</span>,
  },
  {
    key: 'reason',
    header: text.columns.reason,
    width: 'minmax(9rem, 1fr)',
    cell: (row) => <span className="sr-quiet">{text.reasons[row.reason]}</span>,
  },
  {
    key: 'amount',
    header: text.columns.amount,
    width: 'minmax(7.5rem, auto)',
    align: 'end',
    cell: (row) => (
      <Amount
        amountMinor={row.amountMinor}
        currency={row.currency}
        exponent={row.exponent}
        pending={row.state === 'pending'}
      />
    ),
  },
];

function tab(kind: DiffKind, counts: DiffCounts) {
  return {
    value: kind,
    label: (
      <span>
        {text.kinds[kind]}
        <span className="sr-diff-count">{formatCount(counts[kind])}</span>
      </span>
    ),
  };
}

function rowKey(row: DiffRow): string {
  return String(row.number);
}

function DiffRows({ batch, kind }: { readonly batch: BatchSummary; readonly kind: DiffKind }) {
  const reference = { clientId: batch.clientId, batchId: batch.id, kind };
  const pages = usePages({
    key: callKey('batches', 'diff', reference),
    load: (offset, limit) => client.batches.diff({ ...reference, offset, limit }),
  });
  if (pages.error !== null) return <ErrorPanel error={pages.error} onRetry={pages.retry} />;
  return (
    <div className="sr-diff-rows">
      <DataTable
        label={text.diffLabel(kind)}
        columns={COLUMNS}
        count={pages.total}
        rowAt={pages.rowAt}
        rowKey={rowKey}
        onRange={pages.onRange}
      />
    </div>
  );
}

/** Doubtful rows stand beside their counterparts; a batch has few of them. */
function DoubtfulRows({ batch }: { readonly batch: BatchSummary }) {
  const [offset, setOffset] = useState(0);
  const may = useMay();
  const { clientId, id: batchId, source } = batch;
  const query = usePagedCall('batches', 'diff', { clientId, batchId, kind: 'doubtful', offset, limit: DOUBTS_SHOWN });
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeletons rows={6} />;
  const { rows, total } = query.data;
  return (
    <>
      <DoubtList
        label={text.diffLabel('doubtful')}
        clientId={clientId}
        doubts={rows.map((row) => ({ ...row, batchId, source, accountName: null }))}
        decidable={batch.state !== 'undone' && may('batches.write')}
      />
      {total > DOUBTS_SHOWN && (
        <Pager label={doubtText.pages} offset={offset} size={DOUBTS_SHOWN} total={total} onChange={setOffset} />
      )}
    </>
  );
}

function hintOf({ state, counts }: BatchSummary, kind: DiffKind): string {
  if (counts[kind] === 0) return text.kindNone[kind];
  if (state === 'undone') return text.kindHintsUndone;
  return state === 'staged' ? text.kindHints[kind] : text.kindHintsAfter[kind];
}

export function BatchDiff({ batch }: { readonly batch: BatchSummary }) {
  const [chosen, setChosen] = useState<DiffKind | null>(null);
  const kind = chosen ?? DIFF_KINDS.find((candidate) => batch.counts[candidate] > 0) ?? 'new';
  return (
    <section className="sr-diff">
      <SegmentedControl
        aria-label={text.diffTabs}
        value={kind}
        data={DIFF_KINDS.map((each) => tab(each, batch.counts))}
        onChange={(value) => setChosen(value)}
      />
      <p className="sr-diff-hint">
        {hintOf(batch, kind)}
        {kind === 'doubtful' && batch.undecided > 0 && ` ${doubtText.undecided(formatCount(batch.undecided))}`}
      </p>
      {kind === 'doubtful' && batch.counts.doubtful > 0 && <DoubtfulRows batch={batch} />}
      {kind !== 'doubtful' && batch.counts[kind] > 0 && <DiffRows key={kind} batch={batch} kind={kind} />}
    </section>
  );
}
