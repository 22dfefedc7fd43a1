// Recognises OFX by its header or root element and reads version and charset. The file's name plays no part.
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { looksUtf8, markedCharset, sniffText } from '../charset.ts';
import { HEAD_BYTES } from '../limits.ts';

/** Version of a file that has no header. */
export const UNSTATED_VERSION = 'unstated';

const SGML_CHARSETS: Readonly<Record<string, string>> = {
  '1252': 'windows-1252',
  '8859-1': 'iso-8859-1',
  'ISO-8859-1': 'iso-8859-1',
  '932': 'shift_jis',
  '936': 'gbk',
  '949': 'euc-kr',
  '950': 'big5',
};

/** @see OFX 1.6 §2.2.1 (SGML header), OFX 2.2 §2.2.1 (XML header) */
export function detectOfx(head: Uint8Array): StatementDetection | null {
  const text = sniffText(head.subarray(0, HEAD_BYTES));
  const start = text.search(/OFXHEADER\s*:|<\?OFX\b|<OFX[\s>]/i);
  if (start < 0 || !isPreamble(text.slice(0, start))) return null;
  return { format: 'ofx', version: versionOf(text), charset: charsetOf(head.subarray(0, HEAD_BYTES), text) };
}

/** Only blanks, an XML declaration, comments or a document type may stand before the header. */
function isPreamble(text: string): boolean {
  return text.length < 4096 && /^\s*(?:<[?!][^<>]*>\s*)*$/.test(text);
}

function versionOf(text: string): string {
  const digits = /\bVERSION\s*[:=]\s*"?'?(\d{3})\b/i.exec(headerOf(text))?.[1];
  return digits === undefined ? UNSTATED_VERSION : `${digits.slice(0, 1)}.${digits.slice(1)}`;
}

/** Everything before the root element. */
export function headerOf(text: string): string {
  const root = text.search(/<OFX[\s>]/i);
  const header = root < 0 ? text : text.slice(0, root);
  return header.replace(/^\s*<\?xml\b[^>]*\?>/i, '');
}

function charsetOf(head: Uint8Array, text: string): string {
  const marked = markedCharset(head);
  if (marked) return marked.charset;
  return looksUtf8(head) ? 'utf-8' : declaredCharset(text);
}

/** The charset the header declares, as an IANA name; windows-1252 where it says nothing usable. */
export function declaredCharset(text: string): string {
  const xml = /^\s*<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(text)?.[1];
  if (xml !== undefined) return xml.toLowerCase();
  if (/<\?OFX\b/i.test(text)) return 'utf-8';
  const header = headerOf(text);
  const encoding = /\bENCODING\s*:\s*([\w-]+)/i.exec(header)?.[1]?.toUpperCase() ?? '';
  if (encoding === 'UTF-8' || encoding === 'UNICODE') return 'utf-8';
  const charset = /\bCHARSET\s*:\s*([\w-]+)/i.exec(header)?.[1]?.toUpperCase() ?? '';
  return Object.hasOwn(SGML_CHARSETS, charset) ? (SGML_CHARSETS[charset] ?? 'windows-1252') : 'windows-1252';
}
