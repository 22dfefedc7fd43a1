// One batch: what was found in it, what it would change or has changed, and the decision. Deciding happens in the vault.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { useCall } from '../../api/query.ts';
import { importText as text } from '../../text/import.ts';
import { BatchDiff } from '../../ui/batch-diff.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Page, Section, Skeletons } from '../../ui/page.tsx';
import { StateBadge, type Tone } from '../../ui/state-badge.tsx';
import { BatchActions } from './batch-actions.tsx';
import { BatchFindings } from './batch-findings.tsx';
import { BatchNotes } from './batch-notes.tsx';
import { ReceiptFacts } from './receipt-facts.tsx';
import { SignQuestions } from './sign-questions.tsx';

const TONES: Readonly<Record<BatchSummary['state'], Tone>> = {
  staged: 'attention',
  committed: 'good',
  undone: 'quiet',
};

function BatchBody({ batch }: { readonly batch: BatchSummary }) {
  return (
    <>
      <Section title={text.detection}>
        <BatchNotes batch={batch} />
        <BatchFindings batch={batch} />
        <SignQuestions batch={batch} />
      </Section>
      <Section title={batch.state === 'staged' ? text.diff : text.diffCommitted}>
        <BatchDiff batch={batch} />
      </Section>
      {batch.receipt !== null && (
        <Section title={text.receipt}>
          <ReceiptFacts receipt={batch.receipt} statements={batch.statements} />
        </Section>
      )}
    </>
  );
}

interface BatchPageProps {
  readonly clientId: BatchSummary['clientId'];
  readonly batchId: string;
}

export function BatchPage({ clientId, batchId }: BatchPageProps) {
  const query = useCall('batches', 'get', { clientId, batchId });
  const batch = query.data;
  return (
    <Page
      title={batch?.source ?? text.title}
      lead={batch && <StateBadge tone={TONES[batch.state]} word={text.states[batch.state]} />}
      actions={
        <>
          <Button component={Link} to="/import" variant="default">
            {text.back}
          </Button>
          {batch && <BatchActions batch={batch} />}
        </>
      }
    >
      {query.isPending && <Skeletons rows={12} />}
      {query.isError && <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />}
      {batch && <BatchBody batch={batch} />}
    </Page>
  );
}
