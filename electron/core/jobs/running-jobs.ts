// Long work that a person can watch and cancel. It only counts and signals; the work itself lives in its use case.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { JobProgress } from '../../../shared/ipc/contract/connections.ts';
import { JobId, newId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../app/host-context.ts';

type Describe = Pick<JobProgress, 'kind' | 'label' | 'unit'>;

/** One running job. Exactly one of `finish` and `fail` ends it. */
export interface RunningJob {
  readonly id: JobId;
  readonly signal: AbortSignal;
  progress(done: number, total?: number | null): void;
  finish(): void;
  fail(error: unknown): void;
}

export interface RunningJobs {
  start(describe: Describe): RunningJob;
  cancel(id: JobId): void;
}

export function createRunningJobs(context: Pick<HostContext, 'emit' | 'random'>): RunningJobs {
  const controllers = new Map<JobId, AbortController>();

  function start(describe: Describe): RunningJob {
    const id = newId(JobId, 'job', context.random(10));
    const controller = new AbortController();
    controllers.set(id, controller);
    let [done, total] = [0, null as number | null];
    const tell = (state: JobProgress['state'], error: JobProgress['error'] = null): void =>
      context.emit('jobs.progress', { jobId: id, ...describe, done, total, state, error });
    tell('running');
    return {
      id,
      signal: controller.signal,
      progress(nextDone, nextTotal = total) {
        [done, total] = [nextDone, nextTotal];
        tell('running');
      },
      finish() {
        controllers.delete(id);
        tell('finished');
      },
      fail(error) {
        controllers.delete(id);
        const expected = error instanceof AppError ? error : new AppError('INTERNAL_UNEXPECTED');
        tell(controller.signal.aborted ? 'cancelled' : 'failed', toWireError(expected));
      },
    };
  }

  return { start, cancel: (id) => controllers.get(id)?.abort() };
}

/** Runs `work` as a job and ends the job as the work ends. */
export async function runJob<T>(
  jobs: RunningJobs,
  describe: Describe,
  work: (job: RunningJob) => Promise<T>,
): Promise<T> {
  const job = jobs.start(describe);
  try {
    const value = await work(job);
    job.finish();
    return value;
  } catch (error) {
    job.fail(error);
    throw error;
  }
}
