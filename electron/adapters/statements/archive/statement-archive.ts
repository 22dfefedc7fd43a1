// Reads every statement in a ZIP archive, one after the other, as if they were one file. What is no statement is named, not read.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import type { SourceEvent } from '../../../../shared/model/source.ts';
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { quoteSource } from '../failure.ts';
import { MAX_ARCHIVE_BYTES } from '../limits.ts';
import { Warnings } from '../warnings.ts';
import { unpack } from './unpack.ts';
import { readZipIndex, type ZipEntry } from './zip-index.ts';

/** A reader of one file in the archive. */
export interface EntryStream {
  readonly detection: StatementDetection | null;
  readonly reader: string;
  write(chunk: Uint8Array): SourceEvent[];
  rest(): Iterable<SourceEvent[]>;
}

/** What says that a file is no statement, or one without rows: beside others no reason to refuse the archive. */
const PASSED_OVER: readonly ErrorCode[] = ['STATEMENT_EMPTY', 'STATEMENT_FORMAT_UNKNOWN', 'STATEMENT_NO_TRANSACTIONS'];
const NAMED_FILES = 5;

/** Files that an archive's statements can be in: not those of its maker's file system. @throws {AppError} as readZipIndex, STATEMENT_FORMAT_UNKNOWN */
export function statementEntries(archive: Buffer): ZipEntry[] {
  const entries = readZipIndex(archive).filter(({ name }) => !/(?:^|\/)(?:__MACOSX\/|\.DS_Store$)/.test(name));
  if (entries.some(({ name }) => name === '[Content_Types].xml'))
    throw new AppError('STATEMENT_FORMAT_UNKNOWN', { looksLike: 'an Excel workbook or another office document' });
  return entries;
}

/** A few names of an archive's files, for a sentence. */
export function namesOf(entries: readonly { readonly name: string }[]): string {
  const names = entries.slice(0, NAMED_FILES).map(({ name }) => `“${quoteSource(name)}”`);
  const more = entries.length - names.length;
  if (names.length === 0) return 'no files';
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

/** An archive as one stream of events. Its index is at its end, so that nothing is read before all of it came. */
export class StatementArchive {
  readonly #open: () => EntryStream;
  readonly #warnings = new Warnings();
  #parts: Buffer[] = [];
  #bytes = 0;
  #first: StatementDetection | null = null;
  readonly #readers = new Set<string>();

  constructor(open: () => EntryStream) {
    this.#open = open;
  }

  /** Of the first statement read. */
  get detection(): StatementDetection | null {
    return this.#first;
  }

  get reader(): string {
    return ['zip', ...this.#readers].join(' ').slice(0, 100);
  }

  /** @throws {AppError} STATEMENT_TOO_LARGE */
  write(chunk: Uint8Array): SourceEvent[] {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_ARCHIVE_BYTES)
      throw new AppError('STATEMENT_TOO_LARGE', { what: 'the archive', limit: '64 MiB' });
    this.#parts.push(Buffer.from(chunk));
    return [];
  }

  /** @throws {AppError} any STATEMENT code; `entry` names the file it is about */
  *rest(): Generator<SourceEvent[]> {
    const archive = Buffer.concat(this.#parts);
    this.#parts = [];
    const entries = statementEntries(archive);
    for (const entry of entries) yield* this.#read(archive, entry);
    if (this.#readers.size === 0)
      throw new AppError('STATEMENT_NO_TRANSACTIONS', { contains: `a ZIP archive with ${namesOf(entries)}` });
    yield this.#warnings.list().map((warning) => ({ type: 'warning', warning }));
  }

  *#read(archive: Buffer, entry: ZipEntry): Generator<SourceEvent[]> {
    const stream = this.#open();
    try {
      for (const piece of unpack(archive, entry)) yield stream.write(piece);
      yield* stream.rest();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (!PASSED_OVER.includes(error.code)) throw inEntry(error, entry.name);
      this.#passOver(entry.name, error);
      return;
    }
    this.#first ??= stream.detection;
    this.#readers.add(stream.reader);
  }

  #passOver(name: string, { code, params }: AppError): void {
    const { looksLike = 'it holds nothing', contains = looksLike } = params;
    const why = code === 'STATEMENT_NO_TRANSACTIONS' ? `no rows, but ${contains}` : contains;
    this.#warnings.add('PART_NOT_READ', `The archive’s file “${quoteSource(name)}” was not read: ${why}.`);
  }
}

/** The same error, about a file in an archive. */
export function inEntry(error: AppError, entry: string): AppError {
  const { code, params, retryable } = error;
  if (params['where']?.startsWith('ZIP archive')) return error;
  const where = params['where'] === undefined ? {} : { where: `file “${quoteSource(entry)}”, ${params['where']}` };
  return new AppError(code, { ...params, ...where, entry }, { retryable, cause: error });
}
