// The first look at a file: what it is, by which bytes, and for formats without fixed meaning what a person must decide. It reads no row for good.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { StatementFormat, StatementSurvey } from '../../../shared/model/statement-survey.ts';
import type { StatementDetection } from '../../core/ports/statement-reader.ts';
import { surveyArchive } from './archive/survey-archive.ts';
import { isZip } from './archive/zip-index.ts';
import { describeUnknown } from './unknown-content.ts';
import { STATEMENT_READERS, isEmptyContent } from './readers.ts';

/** Bytes of a file's beginning that a survey wants. */
export const SURVEY_BYTES = 1_048_576;

/** A file's beginning, up to `SURVEY_BYTES`; `complete` where it is the whole file. */
export interface FileHead {
  readonly head: Uint8Array;
  readonly complete: boolean;
}

const REASONS: Readonly<Record<StatementFormat, (detection: StatementDetection) => string>> = {
  ofx: () => 'It begins with an OFX header or root element.',
  camt: ({ version }) => `It is XML whose document is an ISO 20022 camt message (${version}).`,
  mt940: () => 'It begins with the fields of a SWIFT MT940 message.',
  mt942: () => 'It begins with the fields of a SWIFT MT942 message.',
  bai2: () => 'It begins with the file header record 01 of BAI2.',
  qif: () => 'It begins with a QIF header line.',
  csv: ({ version }) => `Its lines are cut into cells by ${version}s, with a date and an amount in each row.`,
};

const NOTHING = { format: null, version: null, charset: null, entries: null, proposal: null } as const;

/** What a file is. Expected failures are in `error`; nothing is thrown but bugs. */
export function surveyStatement(file: FileHead): StatementSurvey {
  if (isZip(file.head)) return surveyArchive(file, { surveyFile, headBytes: SURVEY_BYTES });
  return surveyFile(file);
}

function surveyFile({ head, complete }: FileHead): StatementSurvey {
  if (complete && isEmptyContent(head))
    return { ...NOTHING, reason: 'It holds no bytes but blanks.', error: toWireError(new AppError('STATEMENT_EMPTY')) };
  for (const reader of STATEMENT_READERS) {
    const detection = reader.detect(head);
    if (!detection) continue;
    const { format, version, charset } = detection;
    const proposal = reader.propose?.(complete ? head : wholeLines(head), detection) ?? null;
    return { format, version, charset, entries: null, reason: REASONS[format](detection), proposal, error: null };
  }
  const looksLike = describeUnknown(head);
  const error = toWireError(new AppError('STATEMENT_FORMAT_UNKNOWN', { looksLike }));
  return { ...NOTHING, reason: `Its beginning looks like ${looksLike}.`, error };
}

/** A proposal must not take a cut number for a whole one. */
function wholeLines(head: Uint8Array): Uint8Array {
  const end = Math.max(head.lastIndexOf(0x0a), head.lastIndexOf(0x0d));
  return end < 0 ? head : head.subarray(0, end + 1);
}
