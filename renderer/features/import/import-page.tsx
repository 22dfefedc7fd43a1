// Import: drop files, watch them being read, decide on what they would change. One batch opens by its address.
import './import.css';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { useCall } from '../../api/query.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useMay } from '../../app/use-may.ts';
import { here, navigate, useHashSearch } from '../../app/hash-location.ts';
import { importText as text } from '../../text/import.ts';
import { ChooseClient } from '../../ui/choose-client.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Page, Section, Skeletons } from '../../ui/page.tsx';
import { batchAddress } from './batch-address.ts';
import { BatchHistory } from './batch-history.tsx';
import { BatchPage } from './batch-page.tsx';
import { DropZone } from './drop-zone.tsx';
import { FileQueue } from './file-queue.tsx';
import { addFiles } from './import-queue.ts';
import { StagedBatches } from './staged-batches.tsx';

function ImportHome({ client }: { readonly client: ClientSummary }) {
  const may = useMay();
  const list = useCall('batches', 'list', { clientId: client.id });
  const batches = list.data ?? [];
  const take = (files: readonly File[]): void => {
    // One file alone is opened for review as soon as it is read, unless the user went elsewhere meanwhile.
    addFiles(client.id, files, (batchId) => {
      if (files.length === 1 && here() === '/import') navigate(batchAddress(batchId));
    });
  };
  return (
    <Page title={text.title} lead={text.lead}>
      {may('batches.write') ? (
        <>
          <DropZone clientName={client.name} onFiles={take} />
          <FileQueue clientId={client.id} />
        </>
      ) : (
        <p className="sr-quiet sr-import-read">{text.readOnly}</p>
      )}
      {list.isPending && <Skeletons rows={6} />}
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      <StagedBatches batches={batches.filter(({ state }) => state === 'staged')} />
      {list.data && (
        <Section title={text.history}>
          <BatchHistory batches={batches.filter(({ state }) => state !== 'staged')} />
        </Section>
      )}
    </Page>
  );
}

export function ImportPage() {
  const { client } = useCurrentClient();
  const batchId = new URLSearchParams(useHashSearch()).get('batch');
  if (client === null) return <ChooseClient title={text.title} why={text.why} />;
  if (batchId !== null) return <BatchPage key={batchId} clientId={client.id} batchId={batchId} />;
  return <ImportHome key={client.id} client={client} />;
}
