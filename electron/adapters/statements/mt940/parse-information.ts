// Reads field 86: decides by its first characters which bank's habit it follows. It never touches amounts or dates.
import { ibanOf, optionalText, plainText } from '../values.ts';
import type { Information } from './information.ts';
import { codewordInformation, hasCodewords } from './information-codewords.ts';
import { subfieldInformation } from './information-subfields.ts';
import { type Decode, joinLines } from './text.ts';

/** `lines` are all lines of an entry's fields 86. */
export function parseInformation(lines: readonly string[], decode: Decode): Information {
  const first = lines[0] ?? '';
  const structured = subfieldInformation(lines, decode);
  if (structured) return structured;
  if (hasCodewords(first)) return codewordInformation(decode(joinLines(lines, { slack: CODEWORD_SLACK })));
  return freeInformation(decode(joinLines(lines)));
}

/** Dutch banks break texts of codewords a character or two before the width. */
const CODEWORD_SLACK = 2;

/** Free text: Knab writes `REK: …/NAAM: …`, mBank `Z RACH.: …; OD: …`. */
function freeInformation(text: string): Information {
  const found = knab(text) ?? polish(text) ?? { counterparty: null, counterpartyAccount: null };
  return { text: plainText(text, 4000), ...found, endToEndId: null, code: null };
}

type Party = Pick<Information, 'counterparty' | 'counterpartyAccount'>;

function knab(text: string): Party | null {
  const match = /\bREK: ?([A-Z]{2}\d{2}[A-Z0-9]{11,30})\/NAAM: ?(.*)$/.exec(text);
  return (
    match && {
      counterparty: optionalText(match[2], 400),
      counterpartyAccount: ibanOf(match[1] ?? '') ?? match[1] ?? null,
    }
  );
}

/** A Polish account number is its IBAN without the country. Two blanks or a semicolon end the name. */
function polish(text: string): Party | null {
  const number = /\b(?:Z|NA) RACH\.:\s*(\d{26})\b/.exec(text)?.[1];
  if (number === undefined) return null;
  const name = /; (?:OD|DLA): *(\S.*?)(?: {2}|;|$)/.exec(text)?.[1];
  return { counterparty: optionalText(name, 400), counterpartyAccount: ibanOf(`PL${number}`) ?? number };
}
