// Recognises BAI2 by its file header and the record behind it, and decides the charset from the bytes. The file's name plays no part.
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { isAscii, looksUtf8, markedCharset, sniffText } from '../charset.ts';
import { HEAD_BYTES } from '../limits.ts';

/** Longest file header with its continuations and padding. */
const MAX_HEADER = 4096;
/** Sender, receiver, day and time of creation; what follows may be left out or stand in a continuation. Some senders write blanks around fields. */
const FILE_HEADER =
  /^(?:\u00ef\u00bb\u00bf|\ufeff)?\s*01,[^,/\r\n]*,[^,/\r\n]*, {0,9}\d{6}(?:\d\d)? {0,9}, {0,9}\d{0,4} {0,9},[^/\r\n]*[/\r\n]\s*/;
/** Receiver, originator, status, day; a table whose lines are numbered has none of it. Any other record is one of a broken file. */
const NEXT_RECORD = /^(?:02,[^,/\r\n]*,[^,/\r\n]*, {0,4}[^,/\r\n]? {0,4},[^,/\r\n]{0,12},|(?:01|03|16|49|88|98|99),)/;

/**
 * The version stands in the format's name: `version` says nothing.
 * @see Cash Management Balance Reporting Specifications, Version 2 (BAI, since 2009 ASC X9), record 01
 */
export function detectBai2(head: Uint8Array): StatementDetection | null {
  const bytes = head.subarray(0, HEAD_BYTES);
  const text = sniffText(bytes.subarray(0, MAX_HEADER));
  const header = FILE_HEADER.exec(text);
  if (!header || !NEXT_RECORD.test(text.slice(header[0].length))) return null;
  return { format: 'bai2', version: '', charset: charsetOf(bytes) };
}

/** The specification knows ASCII alone; what banks write beyond it is UTF-8 or windows-1252. */
function charsetOf(bytes: Uint8Array): string {
  const marked = markedCharset(bytes);
  if (marked) return marked.charset;
  return isAscii(bytes) || looksUtf8(bytes) ? 'utf-8' : 'windows-1252';
}
