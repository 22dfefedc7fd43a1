// Text in the SWIFT X character set: letters without marks, digits, and / - ? : ( ) . , ' + and the blank. What has no equivalent becomes a full stop.
import { identifier, printable } from '../texts.ts';

/** @see SWIFT Standards MT, general rules, "X character set" */
const OUTSIDE = /[^A-Za-z0-9/\-?:().,'+ ]/;
const EACH_OUTSIDE = new RegExp(OUTSIDE.source, 'gu');
const MARKS = /\p{M}+/gu;

/** What is written for a character whose letters alone would say something else, or that is no letter. */
const EQUIVALENTS: ReadonlyMap<string, string> = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['Ä', 'Ae'],
  ['Ö', 'Oe'],
  ['Ü', 'Ue'],
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['æ', 'ae'],
  ['Æ', 'Ae'],
  ['œ', 'oe'],
  ['Œ', 'Oe'],
  ['ø', 'oe'],
  ['Ø', 'Oe'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ð', 'd'],
  ['Ð', 'D'],
  ['þ', 'th'],
  ['Þ', 'Th'],
  ['ı', 'i'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['$', 'USD'],
  ['¥', 'JPY'],
  ['&', '+'],
  ['@', '(at)'],
  ['_', '-'],
  ['–', '-'],
  ['—', '-'],
  ['‘', "'"],
  ['’', "'"],
  ['`', "'"],
  ['´', "'"],
  ['"', "'"],
  ['“', "'"],
  ['”', "'"],
  ['„', "'"],
  ['«', "'"],
  ['»', "'"],
  ['[', '('],
  [']', ')'],
  ['{', '('],
  ['}', ')'],
  ['<', '('],
  ['>', ')'],
  ['\\', '/'],
  ['|', '/'],
  [';', ','],
  ['\u00a0', ' '],
]);

/** The text as SWIFT can carry it, one line. */
export function swiftText(text: string): string {
  const plain = printable(text);
  if (!OUTSIDE.test(plain)) return plain;
  return plain.normalize('NFC').replace(EACH_OUTSIDE, inSwift);
}

function inSwift(character: string): string {
  const equivalent = EQUIVALENTS.get(character);
  if (equivalent !== undefined) return equivalent;
  const letters = character.normalize('NFKD').replace(MARKS, '');
  return letters === '' || OUTSIDE.test(letters) ? '.' : letters;
}

/** An identifier that SWIFT can carry in full and unchanged, else null. */
export function swiftIdentifier(text: string | null, max: number): string | null {
  const whole = identifier(text, max);
  return whole === null || OUTSIDE.test(whole) ? null : whole;
}
