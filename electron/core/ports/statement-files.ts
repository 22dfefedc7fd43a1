// The port over all statement formats: a file of any of them looked at, tried with a profile, read as a stream. It opens no file.
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { ProfilePreview, StatementSurvey } from '../../../shared/model/statement-survey.ts';

/** A file being read, whatever its format. */
export interface StatementStreamPort {
  /** Format and version, `unknown` until enough bytes came. */
  readonly reader: string;
  /** @throws {AppError} STATEMENT_* */
  write(chunk: Uint8Array): SourceEvent[];
  /** What is left after the last byte, in pieces; nothing is read ahead of the piece that is taken. @throws {AppError} STATEMENT_*, from `next` */
  rest(): Iterator<SourceEvent[]>;
}

export interface StatementFiles {
  /** `head` is a file's first MiB, or all of a smaller file. Expected failures are in the answer. */
  survey(head: Uint8Array): StatementSurvey;
  preview(head: Uint8Array, profile: StatementProfile): ProfilePreview;
  open(profile: StatementProfile | null): StatementStreamPort;
}
