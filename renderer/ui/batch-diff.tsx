// What a batch would change in the ledger, or has changed: its rows by kind, each with its reason. It decides and commits nothing.
import './batch-diff.css';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { BatchSummary, DiffCounts, DiffKind, DiffRow } from '../../shared/ipc/contract/batches.ts';
import { client } from '../api/client.ts';
import { usePages } from '../api/pages.ts';
import { callKey } from '../api/query.ts';
import { batchText as text, DIFF_KINDS } from '../text/batch.ts';
import { Amount } from './amount.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { CalendarDateText } from './date-text.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { formatCount } from './format.ts';

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
  return [row.statement, row.bookingDate, row.amountMinor, row.description].join('|');
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
      <p className="sr-diff-hint">{hintOf(batch, kind)}</p>
      {batch.counts[kind] > 0 && <DiffRows key={kind} batch={batch} kind={kind} />}
    </section>
  );
}
