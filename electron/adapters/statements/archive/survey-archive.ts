// The first look into a ZIP archive: which files it holds, and what the first statement among them is. It reads no row for good.
import { AppError, toWireError } from '../../../../shared/errors/app-error.ts';
import type { StatementSurvey } from '../../../../shared/model/statement-survey.ts';
import { quoteSource } from '../failure.ts';
import { statementEntries, namesOf } from './statement-archive.ts';
import { unpack } from './unpack.ts';
import type { ZipEntry } from './zip-index.ts';

interface Head {
  readonly head: Uint8Array;
  readonly complete: boolean;
}

const NOTHING = { format: null, version: null, charset: null, entries: null, proposal: null } as const;

/** Surveys the archive's files with `surveyFile`, each by at most `headBytes`. Expected failures are in `error`. */
export function surveyArchive(
  { head, complete }: Head,
  { surveyFile, headBytes }: { surveyFile: (head: Head) => StatementSurvey; headBytes: number },
): StatementSurvey {
  if (!complete)
    return { ...NOTHING, entries: [], reason: 'It is a ZIP archive; its index is at its end.', error: null };
  try {
    const archive = Buffer.from(head);
    const entries = statementEntries(archive);
    return summary(
      entries,
      entries.map((entry) => surveyFile(headOf(archive, entry, headBytes))),
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...NOTHING, reason: 'It is a ZIP archive.', error: toWireError(error) };
  }
}

function summary(entries: readonly ZipEntry[], surveys: readonly StatementSurvey[]): StatementSurvey {
  const known = surveys.filter(({ format }) => format !== null);
  // A file that needs a profile comes before others: it is the one that asks.
  const first = known.find(({ proposal }) => proposal !== null) ?? known[0];
  if (!first) {
    const contains = `a ZIP archive with ${namesOf(entries)}`;
    const error = toWireError(new AppError('STATEMENT_NO_TRANSACTIONS', { contains }));
    return { ...NOTHING, entries: [], reason: 'It is a ZIP archive without a statement.', error };
  }
  const names = known.map((one) => entries[surveys.indexOf(one)]?.name.slice(0, 400) ?? '');
  const name = quoteSource(entries[surveys.indexOf(first)]?.name ?? '');
  return { ...first, entries: names, reason: `It is a ZIP archive. “${name}”: ${first.reason}`.slice(0, 400) };
}

/** The beginning of the archive's first file that `fits`, for a preview. @throws {AppError} STATEMENT_NO_TRANSACTIONS, as readZipIndex */
export function archivedHead(
  head: Uint8Array,
  { fits, headBytes }: { fits: (head: Uint8Array) => boolean; headBytes: number },
): Head {
  const archive = Buffer.from(head);
  const entries = statementEntries(archive);
  for (const entry of entries) {
    const found = headOf(archive, entry, headBytes);
    if (fits(found.head)) return found;
  }
  throw new AppError('STATEMENT_NO_TRANSACTIONS', { contains: `a ZIP archive with ${namesOf(entries)}` });
}

function headOf(archive: Buffer, entry: ZipEntry, headBytes: number): Head {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const piece of unpack(archive, entry)) {
    pieces.push(piece);
    length += piece.length;
    if (length >= headBytes) break;
  }
  const head = Buffer.concat(pieces);
  return { head: head.subarray(0, headBytes), complete: head.length < headBytes };
}
