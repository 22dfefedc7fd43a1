// Reads one file as a stream of source events, whatever the sizes of its chunks. It opens no file.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { StatementDetection, StatementParser } from '../../core/ports/statement-reader.ts';
import type { StatementStreamPort } from '../../core/ports/statement-files.ts';
import { StatementArchive } from './archive/statement-archive.ts';
import { isZip } from './archive/zip-index.ts';
import { HEAD_BYTES } from './limits.ts';
import { createStatementParser } from './readers.ts';

/** What reads the bytes once it is known what they are. */
interface Reading {
  readonly detection: StatementDetection | null;
  readonly reader: string;
  write(chunk: Uint8Array): SourceEvent[];
  rest(): Iterator<SourceEvent[]>;
}

interface StreamOptions {
  /** False for a file in an archive: archives in archives are not opened. */
  readonly archives: boolean;
}

/** Buffers a file's head until its format can be decided, then passes everything on. One instance a file. */
export class StatementStream implements StatementStreamPort {
  readonly #profile: StatementProfile | null;
  readonly #archives: boolean;
  #head: Uint8Array[] = [];
  #headBytes = 0;
  #reading: Reading | null = null;

  /** `profile` is for formats whose meaning is not fixed; the others ignore it. */
  constructor(profile: StatementProfile | null = null, { archives }: StreamOptions = { archives: true }) {
    this.#profile = profile;
    this.#archives = archives;
  }

  /** What the file is, null until enough bytes came. */
  get detection(): StatementDetection | null {
    return this.#reading?.detection ?? null;
  }

  get reader(): string {
    return this.#reading?.reader ?? 'unknown';
  }

  /** @throws {AppError} any STATEMENT code but STATEMENT_NO_TRANSACTIONS */
  write(chunk: Uint8Array): SourceEvent[] {
    if (this.#reading) return this.#reading.write(chunk);
    this.#head.push(Uint8Array.from(chunk));
    this.#headBytes += chunk.length;
    return this.#headBytes >= HEAD_BYTES ? this.#begin() : [];
  }

  /** What is left after the last byte, in pieces. @throws {AppError} any STATEMENT code */
  *rest(): Generator<SourceEvent[]> {
    if (!this.#reading) yield this.#begin();
    if (!this.#reading) throw new AppError('STATEMENT_EMPTY');
    const rest = this.#reading.rest();
    for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
  }

  /** All that is left at once, for whoever keeps it all anyway. @throws {AppError} any STATEMENT code */
  end(): SourceEvent[] {
    return Array.from(this.rest()).flat();
  }

  #begin(): SourceEvent[] {
    const head = Buffer.concat(this.#head);
    this.#head = [];
    this.#reading =
      this.#archives && isZip(head)
        ? new StatementArchive(() => new StatementStream(this.#profile, { archives: false }))
        : readingOf(createStatementParser(head, this.#profile));
    return this.#reading.write(head);
  }
}

function readingOf(parser: StatementParser): Reading {
  const { detection } = parser;
  return {
    detection,
    reader: `${detection.format} ${detection.version}`.trim(),
    write: (chunk) => parser.write(chunk),
    *rest() {
      yield parser.end();
    },
  };
}

/** The events of a file given in chunks. @throws {AppError} any STATEMENT code */
export async function* readStatement(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<SourceEvent> {
  const stream = new StatementStream();
  for await (const chunk of chunks) yield* stream.write(chunk);
  for (const events of stream.rest()) yield* events;
}
