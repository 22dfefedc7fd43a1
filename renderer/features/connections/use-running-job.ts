// The running job of one kind for one institution, and the way to stop it.
import type { JobProgress } from '../../../shared/ipc/contract/connections.ts';
import { client } from '../../api/client.ts';
import { useJobs } from '../../api/jobs.ts';
import { showFailure } from '../../ui/toasts.tsx';

export interface RunningJob {
  readonly progress: JobProgress | null;
  readonly cancel: () => void;
}

export function useRunningJob(kind: JobProgress['kind'], institution: string): RunningJob {
  const running = useJobs().filter((job) => job.kind === kind && job.state === 'running' && job.label === institution);
  const progress = running.at(-1) ?? null;
  return {
    progress,
    cancel: () => {
      if (progress) void client.jobs.cancel({ jobId: progress.jobId }).catch(showFailure);
    },
  };
}
