// Batches that were committed or undone, newest first, each with the way back.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { useMay } from '../../app/use-may.ts';
import { importText as text } from '../../text/import.ts';
import { CountsText } from '../../ui/batch-counts.tsx';
import { InstantText } from '../../ui/date-text.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { batchAddress } from './batch-address.ts';
import { useUndo } from './use-undo.ts';

const HEAD = [
  { text: text.historyColumns.source },
  { text: text.historyColumns.when },
  { text: text.historyColumns.rows },
  { text: text.historyColumns.state },
  { text: text.historyColumns.receipt },
  { text: text.historyColumns.undo, align: 'end' },
] as const;

function HistoryRow({ batch }: { readonly batch: BatchSummary }) {
  const undo = useUndo();
  const may = useMay();
  const committed = batch.state === 'committed';
  return (
    <tr>
      <td className="sr-found-account">
        <Link className="sr-link" to={batchAddress(batch.id)}>
          {batch.source}
        </Link>
        <span className="sr-quiet">{text.sources[batch.kind]}</span>
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
          <Button
            variant="default"
            size="compact-xs"
            aria-label={text.undoBatch(batch.source)}
            loading={undo.running}
            onClick={() => undo.run(batch)}
          >
            {text.undo}
          </Button>
        )}
      </td>
    </tr>
  );
}

export function BatchHistory({ batches }: { readonly batches: readonly BatchSummary[] }) {
  if (batches.length === 0) return <p className="sr-findings sr-quiet">{text.historyNone}</p>;
  return (
    <Table label={text.history} head={HEAD}>
      {batches.map((batch) => (
        <HistoryRow key={batch.id} batch={batch} />
      ))}
    </Table>
  );
}
