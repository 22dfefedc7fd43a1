// Decodes the texts of one file and joins the lines of a field. Fields are cut apart as bytes and decoded last, so that a wrapped character stays whole.
import type { DecodeHeld } from '../charset.ts';
import { FieldDecoder } from '../ofx/field-decoder.ts';

export type Decode = DecodeHeld;

const BEYOND_ASCII = /[\u0080-\u00ff]/;

/** True where a text holds a character beyond ASCII and must be decoded. */
export function needsDecoding(bytes: string): boolean {
  return BEYOND_ASCII.test(bytes);
}

/** For texts that are ASCII. */
export const asIs: Decode = (bytes) => bytes;

/** A decoder for one file: UTF-8 wherever a text is well-formed UTF-8, else `charset`. */
export function createDecode(charset: string): Decode {
  const decoder = new FieldDecoder(charset);
  return (bytes) => (BEYOND_ASCII.test(bytes) ? decoder.decode(bytes) : bytes);
}

/** Lines of a SWIFT text have 65 characters; German banks count the tag `:86:` of the first. @see SWIFT MT 940 field 86: 6*65x */
const WIDTH = 65;
const WIDTH_BESIDE_TAG = 61;

/** The lines of a field value, line ends removed, also those at its end. */
export function linesOf(value: string): string[] {
  let end = value.length;
  while (end > 0 && isLineEnd(value.charCodeAt(end - 1))) end -= 1;
  const text = value.slice(0, end);
  return text.includes('\n') || text.includes('\r') ? text.split(/\r\n|[\r\n]/) : [text];
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

interface JoinOptions {
  readonly slack?: number;
  readonly separator?: string;
}

/**
 * One text out of wrapped lines. A full line goes on in the next one without a blank; a shorter one lost its blanks at the end or was ended on
 * purpose. `slack`: how many characters a full line may lack. Before a line that begins a subfield with `separator` nothing is put in.
 */
export function joinLines(lines: readonly string[], { slack = 0, separator = '' }: JoinOptions = {}): string {
  let text = lines[0] ?? '';
  for (let index = 1; index < lines.length; index += 1) {
    const before = lines[index - 1] ?? '';
    const line = lines[index] ?? '';
    const opens = separator !== '' && line.startsWith(separator);
    const goesOn = opens || isFull(before, index === 1, slack) || isTimeCut(before, line);
    text += goesOn ? line : ` ${line}`;
  }
  return text;
}

function isFull(line: string, first: boolean, slack: number): boolean {
  const isWidth = (length: number): boolean =>
    (length <= WIDTH && length >= WIDTH - slack) || (first && length === WIDTH_BESIDE_TAG);
  // A character of UTF-8 has one byte that is not a continuation.
  return isWidth(line.length) || (BEYOND_ASCII.test(line) && isWidth(line.replace(/[\u0080-\u00bf]/g, '').length));
}

/** A time of day that the line's end cuts at its colon (`12-09-2014T16` and `:26:37`) looks like a field. */
export function isTimeCut(before: string, line: string): boolean {
  return /^:[0-5]\d:[0-5]\d(?!\d)/.test(line) && /(?:^|\D)(?:[01]\d|2[0-3])\s*$/.test(before);
}
