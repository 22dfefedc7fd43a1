// The review tray: every doubtful row of a client that nobody has decided, oldest batch first.
import { Button } from '@mantine/core';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { usePagedCall } from '../../api/query.ts';
import { useMay } from '../../app/use-may.ts';
import { doubtText as text } from '../../text/doubts.ts';
import { importText } from '../../text/import.ts';
import { DoubtList } from '../../ui/doubt-list.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { EmptyState, Page, Skeletons } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';

const PAGE_SIZE = 50;

export function DoubtsPage({ client }: { readonly client: ClientSummary }) {
  const [offset, setOffset] = useState(0);
  const may = useMay();
  const query = usePagedCall('batches', 'doubts', { clientId: client.id, offset, limit: PAGE_SIZE });
  const total = query.data?.total ?? 0;
  // The last rows of the last page were decided: what is left is on the pages before it.
  if (query.data && offset > 0 && offset >= total) setOffset(Math.max(0, offset - PAGE_SIZE));
  return (
    <Page
      title={text.title}
      lead={text.lead}
      actions={
        <Button component={Link} to="/import" variant="default">
          {importText.back}
        </Button>
      }
    >
      {query.isPending && <Skeletons rows={12} />}
      {query.isError && <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && total === 0 && <EmptyState icon={Scale} title={text.none} hint={text.noneHint} />}
      {query.data && total > 0 && (
        <>
          {may('batches.write') && <p className="sr-quiet">{text.keys}</p>}
          <DoubtList
            label={text.listLabel}
            clientId={client.id}
            doubts={query.data.rows}
            decidable={may('batches.write')}
          />
          {total > PAGE_SIZE && (
            <Pager label={text.pages} offset={offset} size={PAGE_SIZE} total={total} onChange={setOffset} />
          )}
        </>
      )}
    </Page>
  );
}
