// Writes elements of XML. Content is escaped here once; it knows no format.
import { printable } from './texts.ts';

const SPECIAL = /[&<>]/g;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Content of an element. Quotes stay: OFX knows three escapes, and SGML readers drop others. @see OFX 2.2 §2.3.2.1 */
export function escapeXml(text: string): string {
  return text.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}

/** A leaf with its text; nothing where there is none. */
export function leaf(name: string, text: string | null): string {
  const content = text === null ? '' : escapeXml(printable(text));
  return content === '' ? '' : `<${name}>${content}</${name}>`;
}

/** An element around parts that are elements themselves; nothing where all of them are. */
export function element(name: string, ...parts: readonly string[]): string {
  const content = parts.join('');
  return content === '' ? '' : `<${name}>${content}</${name}>`;
}
