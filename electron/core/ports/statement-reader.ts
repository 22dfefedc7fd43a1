// The port every statement format implements: bytes in, source events out. A reader keeps no more than it needs for the next row.
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { ProfileProposal, StatementFormat } from '../../../shared/model/statement-survey.ts';

/** What content detection found. `version` is the format's own (`1.02`, `053.001.08`); `charset` an IANA name. */
export interface StatementDetection {
  readonly format: StatementFormat;
  readonly version: string;
  readonly charset: string;
}

/** A push parser for one file. */
export interface StatementParser {
  readonly detection: StatementDetection;
  /** Feeds the next bytes. @throws {AppError} STATEMENT_MALFORMED, STATEMENT_UNSUPPORTED, STATEMENT_TOO_LARGE */
  write(chunk: Uint8Array): SourceEvent[];
  /** The rows read so far that `write` still holds back, for a look at a file's beginning. */
  rowsSoFar?(): SourceEvent[];
  /** Ends the file. @throws {AppError} STATEMENT_MALFORMED, STATEMENT_NO_TRANSACTIONS */
  end(): SourceEvent[];
}

/** One file format. */
export interface StatementReader {
  readonly format: StatementDetection['format'];
  /** Recognises the format from the first bytes (up to 64 KiB, fewer only at the end of the file), never from the name; null when it is another format. */
  detect(head: Uint8Array): StatementDetection | null;
  /**
   * A parser for one file. Formats with fixed meaning ignore the profile.
   * @throws {AppError} STATEMENT_PROFILE_NEEDED where the format needs one, STATEMENT_PROFILE_UNFIT where it is another format's
   */
  open(detection: StatementDetection, profile: StatementProfile | null): StatementParser;
  /** What must be decided before the file can be read; null for formats with fixed meaning. `head` is up to 1 MiB from its beginning. */
  propose?(head: Uint8Array, detection: StatementDetection): ProfileProposal;
}
