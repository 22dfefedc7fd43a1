// Batches that wait for a decision: read and compared, not yet part of the ledger.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { importText as text } from '../../text/import.ts';
import { CountsText } from '../../ui/batch-counts.tsx';
import { InstantText } from '../../ui/date-text.tsx';
import { Section } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { batchAddress } from './batch-address.ts';
import { bringsNothing } from './batch-notes.tsx';

function StagedBatch({ batch }: { readonly batch: BatchSummary }) {
  return (
    <li className="sr-staged">
      <span className="sr-staged-name">
        <span className="sr-truncate">{batch.source}</span>
        <span className="sr-quiet">
          {text.sources[batch.kind]} · <InstantText at={batch.createdAt} />
        </span>
      </span>
      <span className="sr-staged-counts">
        {bringsNothing(batch.counts) && <StateBadge tone="quiet" word={text.nothingNewShort} />}
        <CountsText counts={batch.counts} />
      </span>
      <Button component={Link} to={batchAddress(batch.id)} variant="default">
        {text.review}
        <span className="sr-visually-hidden">{batch.source}</span>
      </Button>
    </li>
  );
}

export function StagedBatches({ batches }: { readonly batches: readonly BatchSummary[] }) {
  if (batches.length === 0) return null;
  return (
    <Section title={text.staged} aside={<span className="sr-quiet">{text.stagedHint}</span>}>
      <ul>
        {batches.map((batch) => (
          <StagedBatch key={batch.id} batch={batch} />
        ))}
      </ul>
    </Section>
  );
}
