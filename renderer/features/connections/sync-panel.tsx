// What a sync is doing or has found, and the decision on it. Used in the sync dialog and as the wizard's last step.
import { Button, Progress } from '@mantine/core';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { syncText as text } from '../../text/connections.ts';
import { jobs as jobWords } from '../../text/common.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { SyncReview } from './sync-review.tsx';
import { useRunningJob } from './use-running-job.ts';
import type { Sync } from './use-sync.ts';

interface SyncPanelProps {
  readonly connection: ConnectionView;
  readonly sync: Sync;
}

function Fetching({ institution }: { readonly institution: string }) {
  const { progress, cancel } = useRunningJob('sync', institution);
  const done = progress?.done ?? 0;
  const total = progress?.total ?? null;
  return (
    <output className="sr-sync-fetching">
      <p>{text.fetching}</p>
      <Progress
        size={4}
        radius={0}
        value={total ? (done / total) * 100 : 100}
        animated={total === null}
        aria-label={text.title(institution)}
      />
      <p className="sr-quiet">{text.progress(formatCount(done), jobWords.units[progress?.unit ?? 'rows'])}</p>
      <Button variant="default" disabled={progress === null} onClick={cancel}>
        {text.cancel}
      </Button>
    </output>
  );
}

export function SyncPanel({ connection, sync }: SyncPanelProps) {
  const { step } = sync;
  if (step.at === 'idle') return null;
  if (step.at === 'fetching') return <Fetching institution={connection.institution} />;
  if (step.at === 'failed') return <ErrorPanel error={step.error} onRetry={sync.fetch} />;
  return (
    <SyncReview
      outcome={step.outcome}
      busy={step.at === 'review' ? null : step.at}
      onCommit={() => sync.commit(step.outcome)}
      onDiscard={() => sync.discard(step.outcome)}
    />
  );
}
