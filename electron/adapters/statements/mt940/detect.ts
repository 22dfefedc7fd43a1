// Recognises MT940 and MT942 by their first field after a short bank envelope, and decides the charset from the bytes. The file's name plays no part.
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { isAscii, looksUtf8, markedCharset, sniffText } from '../charset.ts';
import { HEAD_BYTES } from '../limits.ts';

/** Longest text before the first field: SWIFT blocks 1 to 3, or the lines some banks write. */
const MAX_ENVELOPE = 1024;
const FIRST_FIELD =
  /(?:^|[\r\n])(?:\u00ef\u00bb\u00bf|\ufeff)?\p{Cc}?:(?:13D?|20|21|25P?|28C?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]|940|942|NS):/u;

/** Block 2 names the message type. */
const OTHER_MESSAGE = /\{2:[IO](?!94[02])\d{3}/;

/** Currencies of countries whose banks write windows-1250 or IBM 852 where others write windows-1252 or IBM 850. */
const CENTRAL_EUROPEAN = /:(?:60[FM]:[CD]\d{6}|34F:)(?:CZK|HRK|HUF|PLN|RON|SIT|SKK)/;

/**
 * `version` is `fin` inside SWIFT blocks, else `text`. MT942 is what states a floor limit, a time or sums and no opening balance.
 * @see SWIFT Standards MT, category 9, MT 940 and MT 942 format specifications
 */
export function detectSwift(head: Uint8Array): StatementDetection | null {
  const bytes = head.subarray(0, HEAD_BYTES);
  const text = sniffText(bytes);
  const start = FIRST_FIELD.exec(text)?.index ?? -1;
  const envelope = text.slice(0, Math.max(start, 0));
  if (start < 0 || start > MAX_ENVELOPE || /[<>]/.test(envelope) || OTHER_MESSAGE.test(envelope)) return null;
  return {
    format: isInterim(text.slice(start)) ? 'mt942' : 'mt940',
    version: envelope.includes('{1:') ? 'fin' : 'text',
    charset: charsetOf(bytes, text),
  };
}

function isInterim(text: string): boolean {
  const next = text.slice(1).search(/[\r\n]:20:[^]*[\r\n]:20:/);
  const message = next < 0 ? text : text.slice(0, next + 1);
  const header = message.split(/[\r\n]:(?:61|62[FM]|86):/, 1)[0] ?? '';
  return !/(?:^|[\r\n]):60[FM]:/.test(header) && /(?:^|[\r\n])\p{Cc}?:(?:13D?|34F|90[CD]|942):/u.test(message);
}

function charsetOf(bytes: Uint8Array, text: string): string {
  const marked = markedCharset(bytes);
  if (marked) return marked.charset;
  if (looksUtf8(bytes)) return 'utf-8';
  const central = CENTRAL_EUROPEAN.test(text);
  if (!isAscii(bytes) && looksLikeDos(text)) return central ? 'ibm852' : 'ibm850';
  return central ? 'windows-1250' : 'windows-1252';
}

/** ü é ä ê ő ö Ö í ó of IBM 850 and 852 within a word, where Windows has quotes, signs or nothing. */
function looksLikeDos(text: string): boolean {
  const dos = text.match(/[A-Za-z][\u0081\u0082\u0084\u0088\u008b\u0094\u0099\u00a1\u00a2][A-Za-z]/g)?.length ?? 0;
  const windows = text.match(/[A-Za-z][\u00c0-\u00ff][A-Za-z]/g)?.length ?? 0;
  return dos > windows;
}
