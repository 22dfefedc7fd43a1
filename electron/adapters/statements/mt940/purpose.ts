// The purpose of a structured field 86: ?20 to ?29 and ?60 to ?63 joined, and the SEPA tags within them.
import { ibanOf, optionalText, plainText } from '../values.ts';
import { SUBFIELD_WIDTH, type Subfield } from './subfield.ts';
import type { Decode } from './text.ts';

/** What the purpose says. All texts are decoded. */
export interface Purpose {
  readonly text: string;
  readonly name: string | null;
  readonly account: string | null;
  readonly endToEndId: string | undefined;
}

/** A subfield this long may have lost blanks at its end and still go on; a shorter one was ended on purpose. */
const MAY_GO_ON = 25;

/** @see DK Anlage 3 Datenformate §8.2.4: each tag opens a subfield and goes on in the next ones; MTLG is the bank's own message to the customer */
const TAGS: ReadonlySet<string> = new Set(
  'ABWA ABWE ANAM BIC COAM CRED DEBT EREF IBAN KREF MREF OAMT PURP SVWZ'.split(' '),
);
const MESSAGE = 'MTLG:';
const COLON_TAGS = new RegExp(`(?:^|[\\n ])(${[...TAGS].join('|')}|MTLG): ?`, 'g');

export function readPurpose(subfields: readonly Subfield[], decode: Decode): Purpose {
  const text = decode(joinPurpose(subfields));
  const marks = marksIn(text);
  if (marks.length === 0) return { text: plainText(text, 4000), name: null, account: null, endToEndId: undefined };
  const texts = [text.slice(0, marks[0]?.start)];
  const values = new Map<string, string>();
  marks.forEach(({ tag, value: from }, index) => {
    const value = text.slice(from, marks[index + 1]?.start);
    // A reference ends with its first subfield that is not full; what follows belongs to the purpose.
    const lineEnd = value.indexOf('\n');
    const end = lineEnd < 0 ? value.length : lineEnd;
    texts.push(tag === 'SVWZ' || tag === 'MTLG' ? value : value.slice(end));
    if (!values.has(tag)) values.set(tag, value.slice(0, end));
  });
  return {
    text: plainText(texts.join(' '), 4000),
    name: optionalText(values.get('ABWA') ?? values.get('ABWE') ?? values.get('ANAM'), 400),
    account: ibanOf(values.get('IBAN') ?? ''),
    endToEndId: values.get('EREF'),
  };
}

/** One text; a line end marks where nothing goes on. */
function joinPurpose(subfields: readonly Subfield[]): string {
  let text = '';
  let before: Subfield | null = null;
  for (const subfield of subfields) {
    if (!isPurpose(subfield.key)) continue;
    if (before !== null) text += separation(before, subfield);
    text += subfield.value;
    before = subfield;
  }
  return text;
}

function isPurpose(key: number): boolean {
  return (key >= 20 && key <= 29) || (key >= 60 && key <= 63);
}

function separation(before: Subfield, { key, value }: Subfield): string {
  const isNext = key === before.key + 1 || (before.key === 29 && key === 60);
  if (!isNext || opensTag(value)) return '\n';
  if (before.value.length >= SUBFIELD_WIDTH) return '';
  return before.value.length >= MAY_GO_ON ? ' ' : '\n';
}

function opensTag(value: string): boolean {
  const mark = value[3] === '+' || value[3] === ':' ? 3 : 4;
  return (value[mark] === '+' || value[mark] === ':') && (TAGS.has(value.slice(0, mark)) || value.startsWith(MESSAGE));
}

interface Mark {
  readonly tag: string;
  readonly start: number;
  readonly value: number;
}

/** Tags with a plus; only where there are none, those that some banks write with a colon. */
function marksIn(text: string): Mark[] {
  const marks: Mark[] = [];
  for (let plus = text.indexOf('+'); plus >= 0; plus = text.indexOf('+', plus + 1)) {
    const tag = tagBefore(text, plus);
    if (tag !== null) marks.push({ tag, start: plus - tag.length, value: plus + 1 });
  }
  if (!text.includes(':')) return marks;
  if (marks.length === 0) {
    return Array.from(text.matchAll(COLON_TAGS), ({ 0: whole, 1: tag = '', index }) => ({
      tag,
      start: index,
      value: index + whole.length,
    }));
  }
  const message = text.startsWith(MESSAGE) ? 0 : text.indexOf(`\n${MESSAGE}`) + 1;
  if (message > 0 || text.startsWith(MESSAGE))
    marks.push({ tag: 'MTLG', start: message, value: message + MESSAGE.length });
  return marks.sort((a, b) => a.start - b.start);
}

/** A tag stands at the beginning, behind a line end or behind a blank. */
function tagBefore(text: string, plus: number): string | null {
  for (const length of [4, 3]) {
    const start = plus - length;
    const begins = start === 0 || text[start - 1] === '\n' || text[start - 1] === ' ';
    if (!begins) continue;
    const tag = text.slice(start, plus);
    if (TAGS.has(tag)) return tag;
  }
  return null;
}
