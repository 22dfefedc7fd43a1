// Statement files on their way in: slices from the window to the connector process, events from there into a staged batch. No byte is parsed here.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { BatchId, ClientId, JobId } from '../../../shared/model/ids.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { HostContext } from '../app/host-context.ts';
import type { RunningJob, RunningJobs } from '../jobs/running-jobs.ts';

type BeginInput = ParsedInputOf<AppContract['imports']['begin']>;
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

/** The imports under way. A step that fails ends its import and leaves nothing of it in the connector or the vault. */
class FileImports {
  readonly #context: HostContext;
  readonly #jobs: RunningJobs;
  readonly #files = new Map<JobId, FileImport>();

  constructor(context: HostContext, jobs: RunningJobs) {
    this.#context = context;
    this.#jobs = jobs;
  }

  async begin({ clientId, fileName, bytes }: BeginInput): Promise<{ jobId: JobId }> {
    const source = { kind: 'file', source: fileName, connectionId: null, reader: 'undetected' } as const;
    const { batchId } = await this.#context.vault.staging.open({ clientId, ...source });
    const { jobId: readJob } = await this.#context.connector.files.begin({ fileName });
    const progress = this.#jobs.start({ kind: 'import', label: fileName, unit: 'bytes' });
    this.#files.set(progress.id, { clientId, batchId, readJob, progress, bytes, received: 0, rows: 0 });
    return { jobId: progress.id };
  }

  async slice(jobId: JobId, base64: string): Promise<{ rows: number }> {
    return await this.#guarded(jobId, async (file) => {
      const { events } = await this.#context.connector.files.slice({ jobId: file.readJob, base64 });
      await this.#stage(file, events);
      file.received += Math.floor((base64.length * 3) / 4);
      file.progress.progress(Math.min(file.received, file.bytes), file.bytes);
      return { rows: file.rows };
    });
  }

  async finish(jobId: JobId): Promise<BatchSummary> {
    const summary = await this.#guarded(jobId, async (file) => {
      const { events, ...result } = await this.#context.connector.files.finish({ jobId: file.readJob });
      await this.#stage(file, events);
      const { clientId, batchId } = file;
      return await this.#context.vault.staging.finish({ clientId, batchId, ...result, tls: null, complete: [] });
    });
    this.#find(jobId).progress.finish();
    this.#files.delete(jobId);
    this.#context.emit('clients.changed', { clientId: summary.clientId });
    return summary;
  }

  async cancel(jobId: JobId): Promise<void> {
    this.#jobs.cancel(jobId);
    await this.#abandon(jobId, new AppError('SYNC_CANCELLED'));
  }

  #find(jobId: JobId): FileImport {
    const found = this.#files.get(jobId);
    if (!found) throw new AppError('BATCH_NOT_FOUND', { job: jobId });
    return found;
  }

  async #stage(file: FileImport, events: readonly SourceEvent[]): Promise<void> {
    const { clientId, batchId } = file;
    for (const message of inMessages(events)) {
      const { rows } = await this.#context.vault.staging.add({ clientId, batchId, resourceId: null, events: message });
      file.rows += rows;
    }
  }

  async #guarded<T>(jobId: JobId, work: (file: FileImport) => Promise<T>): Promise<T> {
    const file = this.#find(jobId);
    try {
      if (file.progress.signal.aborted) throw new AppError('SYNC_CANCELLED');
      return await work(file);
    } catch (error) {
      await this.#abandon(jobId, error);
      throw error;
    }
  }

  async #abandon(jobId: JobId, error: unknown): Promise<void> {
    const { clientId, batchId, readJob, progress } = this.#find(jobId);
    this.#files.delete(jobId);
    progress.fail(error);
    await this.#context.connector.connectorJobs.cancel({ jobId: readJob });
    await this.#context.vault.staging.drop({ clientId, batchId });
  }
}

/** The host's answers to the `imports` calls of THE contract. */
export function createImportHandlers(context: HostContext, jobs: RunningJobs): ImportHandlers {
  const files = new FileImports(context, jobs);
  return {
    imports: {
      begin: (input) => files.begin(input),
      slice: ({ jobId, base64 }) => files.slice(jobId, base64),
      finish: ({ jobId }) => files.finish(jobId),
      cancel: async ({ jobId }) => {
        await files.cancel(jobId);
        return {};
      },
    },
  };
}
