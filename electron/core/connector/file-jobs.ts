// The connector's file calls: bytes in slices, source events out, a digest over all of them. It opens no file and keeps no byte it has read.
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { ConnectorContract } from '../../../shared/ipc/processes/connector-contract.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { StatementDetection } from '../ports/statement-reader.ts';
import { Jobs, type Job, type JobsOptions } from './jobs.ts';

/** A file being read, whatever its format; `detection` is null until enough bytes came. */
export interface StatementStreamPort {
  readonly detection: StatementDetection | null;
  /** @throws {AppError} STATEMENT_* */
  write(chunk: Uint8Array): SourceEvent[];
  /** @throws {AppError} STATEMENT_* */
  end(): SourceEvent[];
}

type FileHandlers = Handlers<ConnectorContract, unknown>['files'];

class FileJob implements Job {
  readonly #hash = createHash('sha256');
  #stream: StatementStreamPort | null;
  #bytes = 0;

  constructor(stream: StatementStreamPort) {
    this.#stream = stream;
  }

  slice(bytes: Uint8Array): SourceEvent[] {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    return this.#open().write(bytes);
  }

  finish() {
    const stream = this.#open();
    const events = stream.end();
    const { format, version } = stream.detection ?? { format: 'unknown', version: '' };
    const reader = `${format} ${version}`.trim();
    return { events, reader, payloadSha256: this.#hash.digest('hex'), payloadBytes: this.#bytes };
  }

  end(): Promise<void> {
    this.#stream = null;
    return Promise.resolve();
  }

  #open(): StatementStreamPort {
    if (!this.#stream) throw new AppError('SYNC_CANCELLED');
    return this.#stream;
  }
}

/** The connector's answers to the `files` calls, and the way to end one of their jobs. A call that fails ends its job. */
export function createFileJobs(
  options: JobsOptions,
  openStream: () => StatementStreamPort,
): { handlers: FileHandlers; end: Jobs<Job>['end'] } {
  const jobs = new Jobs<FileJob>(options);
  const handlers: FileHandlers = {
    begin: () => ({ jobId: jobs.add(new FileJob(openStream())) }),
    slice: ({ jobId, base64 }) => jobs.step(jobId, (job) => ({ events: job.slice(Buffer.from(base64, 'base64')) })),
    finish: ({ jobId }) =>
      jobs.step(jobId, async (job) => {
        const result = job.finish();
        await jobs.end(jobId);
        return result;
      }),
  };
  return { handlers, end: (id) => jobs.end(id) };
}
