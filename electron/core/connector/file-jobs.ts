// The connector's file calls: bytes in slices, source events out, a digest over all of them. It opens no file and keeps no byte it has read.
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { ConnectorContract } from '../../../shared/ipc/processes/connector-contract.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { StatementFiles, StatementStreamPort } from '../ports/statement-files.ts';
import { Jobs, type Job, type JobsOptions } from './jobs.ts';

type FileHandlers = Handlers<ConnectorContract, unknown>['files'];

/** Where an answer to `finish` stops: rows, characters of their texts, pieces of the file without rows. */
const MAX_ROWS = 20_000;
const MAX_CHARACTERS = 16_000_000;
const MAX_PIECES = 64;

/** Roughly the characters of a row beside its raw record, and of one detail. */
const ROW_CHARACTERS = 600;
const CHILD_CHARACTERS = 300;

function charactersOf(event: SourceEvent): number {
  if (event.type !== 'transactions') return ROW_CHARACTERS;
  return event.items.reduce(
    (sum, { raw, children }) => sum + raw.length + ROW_CHARACTERS + children.length * CHILD_CHARACTERS,
    0,
  );
}

/** As much of the rest as one answer may carry. */
function takePart(rest: Iterator<SourceEvent[]>): { events: SourceEvent[]; done: boolean } {
  const events: SourceEvent[] = [];
  let [rows, characters] = [0, 0];
  for (let pieces = 0; pieces < MAX_PIECES && rows < MAX_ROWS && characters < MAX_CHARACTERS; pieces += 1) {
    const next = rest.next();
    if (next.done) return { events, done: true };
    for (const event of next.value) {
      events.push(event);
      characters += charactersOf(event);
      if (event.type === 'transactions') rows += event.items.length;
    }
  }
  return { events, done: false };
}

class FileJob implements Job {
  readonly #hash = createHash('sha256');
  #stream: StatementStreamPort | null;
  #rest: Iterator<SourceEvent[]> | null = null;
  #sha256 = '';
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
    if (!this.#rest) {
      this.#sha256 = this.#hash.digest('hex');
      this.#rest = stream.rest();
    }
    const part = takePart(this.#rest);
    return { ...part, reader: stream.reader, payloadSha256: this.#sha256, payloadBytes: this.#bytes };
  }

  end(): Promise<void> {
    this.#stream = null;
    this.#rest = null;
    return Promise.resolve();
  }

  #open(): StatementStreamPort {
    if (!this.#stream) throw new AppError('SYNC_CANCELLED');
    return this.#stream;
  }
}

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

/** The connector's answers to the `files` calls, and the way to end one of their jobs. A call that fails ends its job. */
export function createFileJobs(
  options: JobsOptions,
  statements: StatementFiles,
): { handlers: FileHandlers; end: Jobs<Job>['end'] } {
  const jobs = new Jobs<FileJob>(options);
  const open = (profile: StatementProfile | null): FileJob => new FileJob(statements.open(profile));
  const handlers: FileHandlers = {
    survey: ({ base64 }) => statements.survey(bytesOf(base64)),
    preview: ({ base64, profile }) => statements.preview(bytesOf(base64), profile),
    begin: ({ profile }) => ({ jobId: jobs.add(open(profile)) }),
    slice: ({ jobId, base64 }) => jobs.step(jobId, (job) => ({ events: job.slice(bytesOf(base64)) })),
    finish: ({ jobId }) =>
      jobs.step(jobId, async (job) => {
        const result = job.finish();
        if (result.done) await jobs.end(jobId);
        return result;
      }),
  };
  return { handlers, end: (id) => jobs.end(id) };
}
