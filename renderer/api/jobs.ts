// Running work of the program: what jobs.progress reported last, a job each, until it is finished for a while.
import { useSyncExternalStore } from 'react';
import type { JobProgress } from '../../shared/ipc/contract/connections.ts';
import { client } from './client.ts';

const SHOWN_AFTER_END_MS = 4000;

let jobs: readonly JobProgress[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly JobProgress[]): void {
  jobs = next;
  for (const listener of listeners) listener();
}

function record(progress: JobProgress): void {
  const others = jobs.filter((job) => job.jobId !== progress.jobId);
  publish([...others, progress]);
  if (progress.state === 'running') return;
  setTimeout(() => publish(jobs.filter((job) => job !== progress)), SHOWN_AFTER_END_MS);
}

/** Starts listening to the program's jobs; returns the way to stop. */
export function followJobs(): () => void {
  const stop = client.jobs.onProgress(record);
  return () => {
    stop();
    publish([]);
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Jobs that run or ended a moment ago, oldest first. */
export function useJobs(): readonly JobProgress[] {
  return useSyncExternalStore(subscribe, () => jobs);
}
