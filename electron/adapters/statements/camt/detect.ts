// Recognises CAMT.052, .053 and .054 by namespace or message element and reads version and charset. The file's name plays no part.
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { markedCharset, sniffText } from '../charset.ts';
import { HEAD_BYTES } from '../limits.ts';

/** Message elements, without the `V01` suffix of the first version, and the message they belong to. */
export const MESSAGES: ReadonlyMap<string, string> = new Map([
  ['BkToCstmrAcctRpt', '052'],
  ['BkToCstmrStmt', '053'],
  ['BkToCstmrDbtCdtNtfctn', '054'],
]);

/** The newest version of the message set that the mapping was checked against. */
export const NEWEST_VERSION = 13;

const NAMESPACE = /camt\.(05[234])\.001\.(\d{2})/;

/** `053.001.08`, or null where a namespace names no account report, statement or notification. */
export function versionOfNamespace(namespace: string): string | null {
  const match = NAMESPACE.exec(namespace);
  return match ? `${match[1] ?? ''}.001.${match[2] ?? ''}` : null;
}

export function detectCamt(head: Uint8Array): StatementDetection | null {
  const bytes = head.subarray(0, HEAD_BYTES);
  const text = sniffText(bytes);
  if (!/^\s*</.test(text)) return null;
  const element = /<(?:[\w.-]+:)?(BkToCstmr(?:AcctRpt|Stmt|DbtCdtNtfctn))(?:V\d\d)?[\s>/]/.exec(text)?.[1];
  const named = /\bxmlns(?::[\w.-]+)?\s*=\s*["'][^"'<>]{0,100}?(camt\.05[234]\.001\.\d{2})["']/.exec(text)?.[1];
  const version = named === undefined ? (MESSAGES.get(element ?? '') ?? '') : (versionOfNamespace(named) ?? '');
  return version === '' ? null : { format: 'camt', version, charset: charsetOf(bytes, text) };
}

/** @see XML 1.0 §4.3.3 and appendix F: UTF-8 unless a mark or the declaration says otherwise */
function charsetOf(head: Uint8Array, text: string): string {
  const marked = markedCharset(head);
  if (marked) return marked.charset;
  const declared = /^\s*<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(text)?.[1]?.toLowerCase();
  // Bytes that are no UTF-16 cannot be it, whatever is declared.
  return declared === undefined || declared.startsWith('utf-16') ? 'utf-8' : declared;
}
