// The registry of statement formats. Which one a file has is decided from its bytes, never from its name.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { StatementDetection, StatementParser, StatementReader } from '../../core/ports/statement-reader.ts';
import { bai2Reader } from './bai2/reader.ts';
import { camtReader } from './camt/reader.ts';
import { csvReader } from './csv/reader.ts';
import { mt940Reader, mt942Reader } from './mt940/reader.ts';
import { ofxReader } from './ofx/reader.ts';
import { qifReader } from './qif/reader.ts';
import { describeUnknown } from './unknown-content.ts';

/** All formats, in the order in which they are asked: CSV, the least specific, last. */
export const STATEMENT_READERS: readonly StatementReader[] = [
  camtReader,
  ofxReader,
  mt940Reader,
  mt942Reader,
  qifReader,
  bai2Reader,
  csvReader,
];

/** Zero padding, tab, line ends, the end mark of old systems, blank. */
const BLANKS: ReadonlySet<number> = new Set([0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20]);

/** Whether a file holds nothing but blanks and padding. */
export function isEmptyContent(head: Uint8Array): boolean {
  return head.every((byte) => BLANKS.has(byte));
}

/** The format of a file by its first bytes (64 KiB are enough), null where no reader knows it. Never throws. */
export function detectStatement(head: Uint8Array): StatementDetection | null {
  for (const reader of STATEMENT_READERS) {
    const detection = reader.detect(head);
    if (detection) return detection;
  }
  return null;
}

/**
 * A parser for the file that begins with `head`; the head itself must still be written to it.
 * @throws {AppError} STATEMENT_EMPTY, STATEMENT_FORMAT_UNKNOWN, STATEMENT_UNSUPPORTED, STATEMENT_PROFILE_NEEDED, STATEMENT_PROFILE_UNFIT
 */
export function createStatementParser(head: Uint8Array, profile: StatementProfile | null = null): StatementParser {
  if (isEmptyContent(head)) throw new AppError('STATEMENT_EMPTY');
  for (const reader of STATEMENT_READERS) {
    const detection = reader.detect(head);
    if (detection) return reader.open(detection, profile);
  }
  throw new AppError('STATEMENT_FORMAT_UNKNOWN', { looksLike: describeUnknown(head) });
}
