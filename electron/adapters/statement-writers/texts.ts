// Prepares texts for files: no control characters, nothing broken, not longer than the format allows. It escapes for no format.

/** Control characters and the two code points that no XML may hold. */
const UNPRINTABLE = /[\p{Cc}\ufffe\uffff\u2028\u2029]+/gu;

/** One line of well-formed text: runs of control characters become a blank, lone surrogates U+FFFD, ends are trimmed. */
export function printable(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, ' ').trim();
}

/** Printable text of at most `max` UTF-16 units, never half a character, without a blank at its end. */
export function shortened(text: string, max: number): string {
  const whole = printable(text);
  if (whole.length <= max) return whole;
  const last = whole.charCodeAt(max - 1);
  return whole.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max).trimEnd();
}

/** An identifier in full, or null where it does not fit: a shortened one would be another one. */
export function identifier(text: string | null, max: number): string | null {
  return text === null || text === '' || text.length > max || printable(text) !== text ? null : text;
}

/** Parts of at most `max` characters, divided at blanks, which fall away; a word that is longer is divided where it must be. */
export function paragraphs(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = printable(text);
  while (rest.length > max) {
    const blank = rest.lastIndexOf(' ', max);
    const part = blank > 0 ? rest.slice(0, blank) : shortened(rest, max);
    parts.push(part.trimEnd());
    rest = rest.slice(part.length).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}
