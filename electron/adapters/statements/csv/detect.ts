// Recognises a table with dates and amounts, the least specific of all formats: it is asked last. The file's name plays no part.
import iconv from 'iconv-lite';
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { HEAD_BYTES } from '../limits.ts';
import { foundCharset } from './charset.ts';
import { type CsvTable, findTable } from './table.ts';

const NAMES: Readonly<Record<CsvTable['delimiter'], string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};

/** Control characters that a table may have: zero padding, tab, line ends, the end mark of old systems. */
const ALLOWED: ReadonlySet<number> = new Set([0x00, 0x09, 0x0a, 0x0d, 0x1a]);

function isBinary(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && !ALLOWED.has(code)) return true;
  }
  return false;
}

/** The head as text; bytes that are not of the charset become replacement characters. */
export function headText(head: Uint8Array, charset: string): string {
  const text = iconv.decode(
    Buffer.from(head.buffer, head.byteOffset, head.byteLength),
    charset === 'us-ascii' ? 'utf-8' : charset,
  );
  return text.replace(/^\ufeff/, '');
}

/** `version` names the delimiter: CSV has no versions. */
export function detectCsv(head: Uint8Array): StatementDetection | null {
  const beginning = head.subarray(0, HEAD_BYTES);
  const charset = foundCharset(beginning);
  const text = headText(beginning, charset);
  if (isBinary(text)) return null;
  const table = findTable(text);
  return table && isStatement(table) ? { format: 'csv', version: NAMES[table.delimiter], charset } : null;
}

/** Rows, or a header that names a date and an amount. */
function isStatement({ rows, header, width }: CsvTable): boolean {
  return width >= 2 && (rows.length > 0 || header !== null);
}
