// Running work with real counts and a way to stop it; a live region tells screen readers. It starts no work.
import './jobs-bar.css';
import { ActionIcon, Progress } from '@mantine/core';
import { X } from 'lucide-react';
import type { JobProgress } from '../../shared/ipc/contract/connections.ts';
import { useJobs } from '../api/jobs.ts';
import { useAction } from '../api/query.ts';
import { jobs as words } from '../text/common.ts';
import { formatBytes, formatCount } from './format.ts';

function counts(job: JobProgress): string {
  if (job.state !== 'running') return words.states[job.state];
  const show = job.unit === 'bytes' ? formatBytes : formatCount;
  const unit = words.units[job.unit];
  return job.total === null
    ? words.progressOpen(show(job.done), unit)
    : words.progress(show(job.done), show(job.total), unit);
}

/** All running jobs, or those of one kind. */
export function JobsBar({ kind }: { readonly kind?: JobProgress['kind'] }) {
  const all = useJobs().filter((job) => kind === undefined || job.kind === kind);
  // What can still be stopped comes first: a narrow window cuts off the end.
  const jobs = all.toSorted((one, other) => Number(other.state === 'running') - Number(one.state === 'running'));
  return (
    <ul className="sr-jobs" aria-label={words.label} aria-live="polite">
      {jobs.map((job) => (
        <JobItem key={job.jobId} job={job} />
      ))}
    </ul>
  );
}

function JobItem({ job }: { readonly job: JobProgress }) {
  const cancel = useAction('jobs', 'cancel');
  const share = job.total === null || job.total === 0 ? 100 : (job.done / job.total) * 100;
  return (
    <li className="sr-job" data-state={job.state}>
      <span className="sr-job-label sr-truncate">{job.label}</span>
      <span className="sr-job-counts">{counts(job)}</span>
      <Progress
        className="sr-job-progress"
        size={3}
        radius={0}
        value={job.state === 'running' ? share : 100}
        animated={job.total === null && job.state === 'running'}
        aria-label={job.label}
      />
      {job.state === 'running' && (
        <ActionIcon size="xs" aria-label={words.cancel(job.label)} onClick={() => cancel.mutate({ jobId: job.jobId })}>
          <X size={13} aria-hidden="true" />
        </ActionIcon>
      )}
    </li>
  );
}
