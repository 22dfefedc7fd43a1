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
import { answerAddress, batchAddress, isImportHome } from './batch-address.ts';
import { BatchHistory } from './batch-history.tsx';
import { BatchPage } from './batch-page.tsx';
import { DoubtsPage } from './doubts-page.tsx';
import { DoubtsWaiting } from './doubts-waiting.tsx';
import { DropZone } from './drop-zone.tsx';
import { FileQueue } from './file-queue.tsx';
import { addFiles } from './import-queue.ts';
import { ProfilePage } from './profile-page.tsx';
import { SavedProfiles } from './saved-profiles.tsx';
import { StagedBatches } from './staged-batches.tsx';

function ImportHome({ client }: { readonly client: ClientSummary }) {
  const may = useMay();
  const list = useCall('batches', 'list', { clientId: client.id });
  const batches = list.data ?? [];
  const take = (files: readonly File[]): void => {
    // One file alone is opened as soon as there is something to decide, unless the user went elsewhere meanwhile.
    const open = (address: string): void => {
      if (files.length === 1 && isImportHome(here())) navigate(address);
    };
    addFiles(client.id, files, {
      onRead: (batchId) => open(batchAddress(batchId)),
      onAsk: (key) => open(answerAddress(key)),
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
      <DoubtsWaiting clientId={client.id} />
      <StagedBatches batches={batches.filter(({ state }) => state === 'staged')} />
      {list.data && (
        <Section title={text.history}>
          <BatchHistory clientId={client.id} batches={batches.filter(({ state }) => state !== 'staged')} />
        </Section>
      )}
      <SavedProfiles />
    </Page>
  );
}

export function ImportPage() {
  const { client } = useCurrentClient();
  const parameters = new URLSearchParams(useHashSearch());
  const [batchId, fileKey] = [parameters.get('batch'), parameters.get('answer')];
  if (client === null) return <ChooseClient title={text.title} why={text.why} />;
  if (batchId !== null) return <BatchPage key={batchId} clientId={client.id} batchId={batchId} />;
  if (parameters.get('view') === 'doubts') return <DoubtsPage key={client.id} client={client} />;
  if (fileKey !== null) return <ProfilePage key={fileKey} clientId={client.id} fileKey={Number(fileKey)} />;
  return <ImportHome key={client.id} client={client} />;
}
