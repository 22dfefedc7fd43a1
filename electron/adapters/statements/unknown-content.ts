// Says in a few words what a file that no reader knows looks like, so that the user sees what to ask the bank for instead.
import { sniffText } from './charset.ts';

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'a PDF document'],
  [/^PK\p{Cc}{2}/u, 'a ZIP archive or office document'],
  [/^\p{Cc}\u008b/u, 'a gzip archive'],
  [/^\u00d0\u00cf\p{Cc}\u00e0/u, 'an old Excel or Word document'],
  [/^\s*(?:<!doctype html|<html)/i, 'a web page, perhaps the bank’s sign-in page'],
  [/^\s*\{1:/, 'another SWIFT message, not MT940 or MT942'],
  [/urn:iso:std:iso:20022:tech:xsd:(?!camt\.05[234])[\w.]+/, 'another ISO 20022 message, not an account statement'],
  [/^\s*<\?xml|^\s*<[A-Za-z]/, 'an XML file of another kind'],
  [/^\s*[[{]/, 'a JSON file'],
];

/** What the first bytes look like; never their content. */
export function describeUnknown(head: Uint8Array): string {
  const text = sniffText(head.subarray(0, 4096)).replace(/^\ufeff/, '');
  const sign = SIGNS.find(([pattern]) => pattern.test(text));
  if (sign) return sign[1];
  if (/\p{Cc}/u.test(text.replace(/[\t\n\r]/g, ''))) return 'binary data';
  const lines = text.split('\n', 2);
  return lines.length === 2 && lines.every((line) => /[;,\t|]/.test(line)) ? 'a table of text (CSV)' : 'plain text';
}
