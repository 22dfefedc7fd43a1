// Recognises QIF by its first line: a header that begins with `!`. The file's name plays no part.
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { foundCharset } from '../csv/charset.ts';
import { headText } from '../csv/detect.ts';
import { HEAD_BYTES } from '../limits.ts';

/** @see Quicken Interchange Format (QIF) files, Intuit: "Identifying Quicken Interchange Format (QIF) files" */
const HEADER = /^\s*!(?:Type\s*:|Account\b|Option\s*:|Clear\s*:)/i;

/** `version` is empty: QIF has none. */
export function detectQif(head: Uint8Array): StatementDetection | null {
  const beginning = head.subarray(0, HEAD_BYTES);
  const charset = foundCharset(beginning);
  return HEADER.test(headText(beginning.subarray(0, 4096), charset)) ? { format: 'qif', version: '', charset } : null;
}
