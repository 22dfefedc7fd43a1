// The port every statement format implements: bytes in, source events out. A reader keeps no more than it needs for the next row.
import type { SourceEvent } from '../../../shared/model/source.ts';

/** What content detection found. `version` is the format's own (`1.02`, `053.001.08`); `charset` an IANA name. */
export interface StatementDetection {
  readonly format: 'ofx' | 'camt';
  readonly version: string;
  readonly charset: string;
}

/** A push parser for one file. */
export interface StatementParser {
  readonly detection: StatementDetection;
  /** Feeds the next bytes. @throws {AppError} STATEMENT_MALFORMED, STATEMENT_UNSUPPORTED, STATEMENT_TOO_LARGE */
  write(chunk: Uint8Array): SourceEvent[];
  /** Ends the file. @throws {AppError} STATEMENT_MALFORMED, STATEMENT_NO_TRANSACTIONS */
  end(): SourceEvent[];
}

/** One file format. */
export interface StatementReader {
  readonly format: StatementDetection['format'];
  /** Recognises the format from the first bytes (up to 64 KiB), never from the name; null when it is another format. */
  detect(head: Uint8Array): StatementDetection | null;
  open(detection: StatementDetection): StatementParser;
}
