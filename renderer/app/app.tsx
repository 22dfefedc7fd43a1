// The providers around everything, and the gate: without an open office there is only first run or unlock.
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Router } from 'wouter';
import type { OfficeStatus } from '../../shared/ipc/contract/office.ts';
import { followEvents } from '../api/events.ts';
import { followJobs } from '../api/jobs.ts';
import { useCall } from '../api/query.ts';
import { FirstRun } from '../features/first-run/first-run.tsx';
import { RecoverPage } from '../features/unlock/recover-page.tsx';
import { UnlockPage } from '../features/unlock/unlock-page.tsx';
import { frame } from '../text/frame.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Skeletons } from '../ui/page.tsx';
import { AppearanceProvider } from './appearance.tsx';
import { CurrentClientProvider } from './current-client.tsx';
import { Frame } from './frame/frame.tsx';
import { useHashLocation, useHashSearch } from './hash-location.ts';

const ROUTING = { hook: useHashLocation, searchHook: useHashSearch };

export function App({ cache }: { readonly cache: QueryClient }) {
  useEffect(() => {
    const stop = [followEvents(cache), followJobs()];
    return () => stop.forEach((end) => end());
  }, [cache]);
  return (
    <QueryClientProvider client={cache}>
      <AppearanceProvider>
        <Router {...ROUTING}>
          <Gate />
        </Router>
      </AppearanceProvider>
    </QueryClientProvider>
  );
}

function Gate() {
  const status = useCall('office', 'status', {});
  if (status.isError) {
    return (
      <main className="sr-page">
        <ErrorPanel error={status.error} onRetry={() => void status.refetch()} />
      </main>
    );
  }
  if (status.data === undefined) {
    return (
      <main className="sr-page">
        <Skeletons rows={3} label={frame.loadingOffice} />
      </main>
    );
  }
  return <Opened status={status.data} />;
}

function Opened({ status }: { readonly status: OfficeStatus }) {
  // The kit is shown once and the office is open by then, so first run keeps the window until the kit is proven or put off.
  const [settingUp, setSettingUp] = useState(status.state === 'none');
  // The same holds for the new kit after a recovery.
  const [recovering, setRecovering] = useState(false);
  if (status.state === 'none' && !settingUp) setSettingUp(true);
  if (settingUp) return <FirstRun status={status} onDone={() => setSettingUp(false)} />;
  if (recovering) return <RecoverPage status={status} onDone={() => setRecovering(false)} />;
  if (status.state === 'locked') return <UnlockPage status={status} onRecover={() => setRecovering(true)} />;
  return (
    <CurrentClientProvider>
      <Frame status={status} />
    </CurrentClientProvider>
  );
}
