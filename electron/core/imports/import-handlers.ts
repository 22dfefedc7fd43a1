// Statement files on their way in: slices from the window to the connector process, events from there into a staged batch. No byte is parsed here.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { BatchId, ClientId, JobId } from '../../../shared/model/ids.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { HostContext } from '../app/host-context.ts';
import type { RunningJob, RunningJobs } from '../jobs/running-jobs.ts';

type ImportHandlers = Pick<Handlers<AppContract, unknown, 'host'>, 'imports'>;

interface FileImport {
  readonly clientId: ClientId;
  readonly batchId: BatchId;
  /** The connector's job that reads the file. */
  readonly readJob: JobId;
  readonly progress: RunningJob;
  readonly bytes: number;
  received: number;
  rows: number;
}

/** Rows an event list may carry to the vault in one message: raw records make a row up to some kilobytes. */
const ROWS_A_MESSAGE = 500;

function* inMessages(events: readonly SourceEvent[]): Generator<SourceEvent[]> {
  for (const event of events) {
    if (event.type !== 'transactions') yield [event];
    else
      for (let start = 0; start < event.items.length; start += ROWS_A_MESSAGE)
        yield [{ type: 'transactions', items: event.items.slice(start, start + ROWS_A_MESSAGE) }];
  }
}

export function createImportHandlers(context: HostContext, jobs: RunningJobs): ImportHandlers {
  const imports = new Map<JobId, FileImport>();

  const find = (jobId: JobId): FileImport => {
    const found = imports.get(jobId);
    if (!found) throw new AppError('BATCH_NOT_FOUND', { job: jobId });
    return found;
  };

  async function stage(file: FileImport, events: readonly SourceEvent[]): Promise<void> {
    const { clientId, batchId } = file;
    for (const message of inMessages(events)) {
      const { rows } = await context.vault.staging.add({ clientId, batchId, resourceId: null, events: message });
      file.rows += rows;
    }
  }

  /** Ends an import that failed: nothing of it stays in the connector or the vault. */
  async function abandon(jobId: JobId, error: unknown): Promise<void> {
    const { clientId, batchId, readJob, progress } = find(jobId);
    imports.delete(jobId);
    progress.fail(error);
    await context.connector.connectorJobs.cancel({ jobId: readJob });
    await context.vault.staging.drop({ clientId, batchId });
  }

  async function guarded<T>(jobId: JobId, work: (file: FileImport) => Promise<T>): Promise<T> {
    const file = find(jobId);
    try {
      if (file.progress.signal.aborted) throw new AppError('SYNC_CANCELLED');
      return await work(file);
    } catch (error) {
      await abandon(jobId, error);
      throw error;
    }
  }

  async function finish(file: FileImport): Promise<BatchSummary> {
    const { events, ...result } = await context.connector.files.finish({ jobId: file.readJob });
    await stage(file, events);
    const { clientId, batchId } = file;
    const summary = await context.vault.staging.finish({ clientId, batchId, ...result, tls: null, complete: [] });
    file.progress.finish();
    context.emit('clients.changed', { clientId });
    return summary;
  }

  return {
    imports: {
      begin: async ({ clientId, fileName, bytes }) => {
        const { batchId } = await context.vault.staging.open({
          ...{ clientId, kind: 'file', source: fileName, connectionId: null, reader: 'undetected' },
        });
        const { jobId: readJob } = await context.connector.files.begin({ fileName });
        const progress = jobs.start({ kind: 'import', label: fileName, unit: 'bytes' });
        imports.set(progress.id, { clientId, batchId, readJob, progress, bytes, received: 0, rows: 0 });
        return { jobId: progress.id };
      },
      slice: ({ jobId, base64 }) =>
        guarded(jobId, async (file) => {
          const { events } = await context.connector.files.slice({ jobId: file.readJob, base64 });
          await stage(file, events);
          file.received += Math.floor((base64.length * 3) / 4);
          file.progress.progress(Math.min(file.received, file.bytes), file.bytes);
          return { rows: file.rows };
        }),
      finish: async ({ jobId }) => {
        const summary = await guarded(jobId, finish);
        imports.delete(jobId);
        return summary;
      },
      cancel: async ({ jobId }) => {
        jobs.cancel(jobId);
        await abandon(jobId, new AppError('SYNC_CANCELLED'));
        return {};
      },
    },
  };
}
