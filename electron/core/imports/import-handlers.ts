// Statement files on their way in: slices from the window to the connector process, events from there into a staged batch. No byte is parsed here.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { AccountId, BatchId, ClientId, JobId } from '../../../shared/model/ids.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { HostContext } from '../app/host-context.ts';
import type { RunningJob, RunningJobs } from '../jobs/running-jobs.ts';
import { inMessages, inReaderParts } from './messages.ts';

type Imports = AppContract['imports'];
type BeginInput = ParsedInputOf<Imports['begin']>;
type ImportHandlers = Pick<Handlers<AppContract, unknown, 'host'>, 'imports'>;

interface FileImport {
  readonly clientId: ClientId;
  readonly batchId: BatchId;
  /** The connector's job that reads the file. */
  readonly readJob: JobId;
  readonly progress: RunningJob;
  readonly fileName: string;
  /** Where statements go that name no account; null leaves that to a person. */
  readonly accountId: AccountId | null;
  readonly bytes: number;
  received: number;
  /** Rows read so far. */
  rows: number;
  /** What was handed to the vault last: it writes while the reader reads on. */
  staged: Promise<PromiseSettledResult<void>[]>;
}

/** Largest file that is sent to the reader at all. */
const MAX_FILE_BYTES = 4_294_967_296;

/** Names the file in a failure of the process that read it: a file that needs too much time or memory ends it. */
function namingFile(error: unknown, file: string): unknown {
  if (!(error instanceof AppError) || (error.code !== 'PROCESS_CRASHED' && error.code !== 'PROCESS_TIMEOUT'))
    return error;
  const { params, ref } = error;
  if (params['process'] !== 'connector') return error;
  return new AppError('STATEMENT_READER_STOPPED', { file, why: error.code }, { ref, cause: error });
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

  async begin({ clientId, fileName, bytes, profile, accountId }: BeginInput): Promise<{ jobId: JobId }> {
    const { vault, connector } = this.#context;
    if (bytes > MAX_FILE_BYTES) throw new AppError('STATEMENT_TOO_LARGE', { file: fileName, limit: '4 GiB' });
    if (accountId) await this.#assertAccount(clientId, accountId);
    const { jobId: readJob } = await connector.files.begin({ fileName, profile });
    const source = { kind: 'file', source: fileName, connectionId: null, reader: 'undetected' } as const;
    const { batchId } = await vault.staging.open({ clientId, ...source });
    const progress = this.#jobs.start({ kind: 'import', label: fileName, unit: 'bytes' });
    const staged = Promise.resolve([]);
    const file = { clientId, batchId, readJob, progress, fileName, accountId, bytes, received: 0, rows: 0, staged };
    this.#files.set(progress.id, file);
    return { jobId: progress.id };
  }

  async slice(jobId: JobId, base64: string): Promise<{ rows: number }> {
    return await this.#guarded(jobId, async (file) => {
      for (const part of inReaderParts(base64)) {
        const { events } = await this.#context.connector.files.slice({ jobId: file.readJob, base64: part });
        await this.#stage(file, events);
      }
      file.received += Math.floor((base64.length * 3) / 4);
      file.progress.progress(Math.min(file.received, file.bytes), file.bytes);
      return { rows: file.rows };
    });
  }

  async finish(jobId: JobId): Promise<BatchSummary> {
    const summary = await this.#guarded(jobId, async (file) => {
      const { clientId, batchId, accountId } = file;
      const result = await this.#readRest(file);
      await allStaged(file);
      const facts = { ...result, tls: null, complete: [], accountId };
      return await this.#context.vault.staging.finish({ clientId, batchId, ...facts });
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

  async #assertAccount(clientId: ClientId, accountId: AccountId): Promise<void> {
    const accounts = await this.#context.vault.accounts.list({ clientId });
    if (!accounts.some(({ id }) => id === accountId)) throw new AppError('ACCOUNT_NOT_FOUND', { account: accountId });
  }

  /** Takes what the reader still holds, answer by answer, and says what it was. */
  async #readRest(file: FileImport): Promise<{ reader: string; payloadSha256: string; payloadBytes: number }> {
    for (;;) {
      const { events, done, ...result } = await this.#context.connector.files.finish({ jobId: file.readJob });
      await this.#stage(file, events);
      if (done) return result;
      assertRunning(file);
    }
  }

  /** Hands events to the vault once it has taken those before. What fails there fails the next step. */
  async #stage(file: FileImport, events: readonly SourceEvent[]): Promise<void> {
    await allStaged(file);
    for (const event of events) if (event.type === 'transactions') file.rows += event.items.length;
    file.staged = Promise.allSettled([this.#send(file, events)]);
  }

  async #send(file: FileImport, events: readonly SourceEvent[]): Promise<void> {
    const { clientId, batchId } = file;
    for (const message of inMessages(events)) {
      assertRunning(file);
      await this.#context.vault.staging.add({ clientId, batchId, resourceId: null, events: message });
    }
  }

  async #guarded<T>(jobId: JobId, work: (file: FileImport) => Promise<T>): Promise<T> {
    const file = this.#find(jobId);
    try {
      assertRunning(file);
      return await work(file);
    } catch (caught) {
      if (file.progress.signal.aborted) throw new AppError('SYNC_CANCELLED', {}, { cause: caught });
      const error = namingFile(caught, file.fileName);
      await this.#abandon(jobId, error);
      throw error;
    }
  }

  async #abandon(jobId: JobId, error: unknown): Promise<void> {
    const { clientId, batchId, readJob, progress, staged } = this.#find(jobId);
    this.#files.delete(jobId);
    progress.fail(error);
    const { connector, vault, log } = this.#context;
    await staged;
    await vault.staging.drop({ clientId, batchId });
    // The reader's process may be gone, and its job with it.
    await connector.connectorJobs.cancel({ jobId: readJob }).catch((failure: unknown) => {
      log({ level: 'warn', event: 'import.reader-gone', error: failure });
    });
  }
}

async function allStaged({ staged }: FileImport): Promise<void> {
  for (const result of await staged) if (result.status === 'rejected') throw result.reason;
}

function assertRunning({ progress }: FileImport): void {
  if (progress.signal.aborted) throw new AppError('SYNC_CANCELLED');
}

/** The first look at a file, beside it the office's own profile for such files. */
async function survey({ connector, vault }: HostContext, input: ParsedInputOf<Imports['survey']>) {
  const found = await connector.files.survey(input).catch((error: unknown) => {
    throw namingFile(error, input.fileName);
  });
  const signature = found.proposal?.signature ?? null;
  const saved = signature === null ? [] : await vault.profiles.list({});
  return { survey: found, recognised: saved.find((profile) => profile.signature === signature)?.id ?? null };
}

/** The host's answers to the `imports` calls of THE contract. */
export function createImportHandlers(context: HostContext, jobs: RunningJobs): ImportHandlers {
  const files = new FileImports(context, jobs);
  return {
    imports: {
      survey: (input) => survey(context, input),
      preview: (input) => context.connector.files.preview(input),
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
