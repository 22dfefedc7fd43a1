// Reads one file as a stream of source events, whatever the sizes of its chunks. It opens no file.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { StatementDetection, StatementParser } from '../../core/ports/statement-reader.ts';
import { HEAD_BYTES } from './limits.ts';
import { createStatementParser } from './readers.ts';

/** Buffers a file's head until its format can be decided, then passes everything on. One instance a file. */
export class StatementStream {
  readonly #profile: StatementProfile | null;
  #head: Uint8Array[] = [];
  #headBytes = 0;
  #parser: StatementParser | null = null;

  /** `profile` is for formats whose meaning is not fixed; the others ignore it. */
  constructor(profile: StatementProfile | null = null) {
    this.#profile = profile;
  }

  /** What the file is, null until enough bytes came. */
  get detection(): StatementDetection | null {
    return this.#parser?.detection ?? null;
  }

  /** @throws {AppError} any STATEMENT code but STATEMENT_NO_TRANSACTIONS */
  write(chunk: Uint8Array): SourceEvent[] {
    if (this.#parser) return this.#parser.write(chunk);
    this.#head.push(chunk);
    this.#headBytes += chunk.length;
    return this.#headBytes >= HEAD_BYTES ? this.#begin() : [];
  }

  /** @throws {AppError} any STATEMENT code */
  end(): SourceEvent[] {
    const events = this.#parser ? [] : this.#begin();
    if (!this.#parser) throw new AppError('STATEMENT_EMPTY');
    return [...events, ...this.#parser.end()];
  }

  #begin(): SourceEvent[] {
    const head = Buffer.concat(this.#head);
    this.#head = [];
    this.#parser = createStatementParser(head, this.#profile);
    return this.#parser.write(head);
  }
}

/** The events of a file given in chunks. @throws {AppError} any STATEMENT code */
export async function* readStatement(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<SourceEvent> {
  const stream = new StatementStream();
  for await (const chunk of chunks) yield* stream.write(chunk);
  yield* stream.end();
}
