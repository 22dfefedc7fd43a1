// Field 86 with subfields, `166?00GUTSCHRIFT?20…?32…`, as Germany, Austria, Luxembourg, Poland and Triodos write it, and the SEPA tags within the purpose.
import { ibanOf, optionalText, plainText } from '../values.ts';
import { statedReference } from './information-codewords.ts';
import type { Information } from './information.ts';
import { type Decode, joinLines } from './text.ts';

/** Transaction code, separator, number of the first subfield. The separator is `?`; Polish banks also use `<`, `^`, `~`, Triodos `>`. */
const START = /^ ?(\d{3})([?<>^~])\d\d/;

export function hasSubfields(line: string): boolean {
  return START.test(line);
}

/** @see DK Anlage 3 Datenformate §8.2.4, "Strukturierte Belegung des Feldes 86" */
export function subfieldInformation(lines: readonly string[], decode: Decode): Information {
  const [, code = '', separator = '?'] = START.exec(lines[0] ?? '') ?? [];
  const subfields = subfieldsOf(joinLines(lines, { separator }), separator);
  const purpose = purposeOf(subfields, decode);
  const name = nameOf(subfields, decode) ?? purpose.name;
  return {
    text: textOf(purpose.text, plainText(decode(first(subfields, '00')), 400)),
    counterparty: name,
    counterpartyAccount: accountOf(subfields, separator) ?? purpose.account,
    endToEndId: statedReference(purpose.endToEndId),
    code,
  };
}

interface Subfield {
  readonly key: string;
  readonly value: string;
}

/** A separator without two digits behind it is text. */
function subfieldsOf(field: string, separator: string): Subfield[] {
  const subfields: { key: string; value: string }[] = [];
  for (const part of field.split(separator).slice(1)) {
    const last = subfields.at(-1);
    if (/^\d\d/.test(part)) subfields.push({ key: part.slice(0, 2), value: part.slice(2) });
    else if (last) last.value += separator + part;
  }
  return subfields;
}

function first(subfields: readonly Subfield[], key: string): string {
  return subfields.find((subfield) => subfield.key === key)?.value ?? '';
}

/** A subfield has 27 characters; a full one goes on in the next without a blank. */
const SUBFIELD_WIDTH = 27;
/** A subfield this long may have lost blanks at its end and still go on; a shorter one was ended on purpose. */
const MAY_GO_ON = 25;

const TAGS = 'ABWA|ABWE|ANAM|BIC|COAM|CRED|DEBT|EREF|IBAN|KREF|MREF|OAMT|PURP|SVWZ';
const STARTS_WITH_TAG = new RegExp(`^(?:(?:${TAGS})[+:]|MTLG:)`);
const PLUS_TAGS = new RegExp(`(?:^|[\\n ])(?:(${TAGS})\\+|(MTLG):) ?`, 'g');
const COLON_TAGS = new RegExp(`(?:^|[\\n ])(${TAGS}|MTLG): ?`, 'g');
const PURPOSE_KEYS = /^(?:2\d|6[0-3])$/;

interface Purpose {
  readonly text: string;
  readonly name: string | null;
  readonly account: string | null;
  readonly endToEndId: string | undefined;
}

function purposeOf(subfields: readonly Subfield[], decode: Decode): Purpose {
  const joined = decode(joinPurpose(subfields));
  const marks = Array.from(joined.matchAll(/(?:^|[\n ])[A-Z]{3,4}\+/.test(joined) ? PLUS_TAGS : COLON_TAGS));
  const texts = [joined.slice(0, marks[0]?.index)];
  const values = new Map<string, string>();
  marks.forEach((mark, index) => {
    const tag = mark[1] ?? mark[2] ?? '';
    const value = joined.slice(mark.index + mark[0].length, marks[index + 1]?.index);
    // A reference ends with its last subfield that is not full; what follows belongs to the purpose.
    const end = value.indexOf('\n') < 0 ? value.length : value.indexOf('\n');
    if (tag === 'SVWZ' || tag === 'MTLG') texts.push(value);
    else texts.push(value.slice(end));
    if (!values.has(tag)) values.set(tag, value.slice(0, end));
  });
  return {
    text: plainText(texts.join('\n'), 4000),
    name: optionalText(values.get('ABWA') ?? values.get('ABWE') ?? values.get('ANAM'), 400),
    account: ibanOf(values.get('IBAN') ?? ''),
    endToEndId: values.get('EREF'),
  };
}

/** One text out of ?20 to ?29 and ?60 to ?63; a line end marks where nothing goes on. Each tag opens a subfield of its own. */
function joinPurpose(subfields: readonly Subfield[]): string {
  let text = '';
  let before: Subfield | null = null;
  for (const subfield of subfields) {
    if (!PURPOSE_KEYS.test(subfield.key)) continue;
    if (before !== null) text += separation(before, subfield);
    text += subfield.value;
    before = subfield;
  }
  return text;
}

function separation(before: Subfield, { key, value }: Subfield): string {
  const isNext = Number(key) === Number(before.key) + 1 || (before.key === '29' && key === '60');
  if (!isNext || STARTS_WITH_TAG.test(value)) return '\n';
  if (before.value.length >= SUBFIELD_WIDTH) return '';
  return before.value.length >= MAY_GO_ON ? ' ' : '\n';
}

function nameOf(subfields: readonly Subfield[], decode: Decode): string | null {
  const start = first(subfields, '32');
  const rest = first(subfields, '33');
  return optionalText(decode(start.length >= SUBFIELD_WIDTH ? start + rest : `${start} ${rest}`), 400);
}

/** ?38 is the IBAN beside an old number; ?31 IBAN or number, ?30 BIC or bank code. Triodos writes the other account into >10. */
function accountOf(subfields: readonly Subfield[], separator: string): string | null {
  const number = first(subfields, separator === '>' ? '10' : '31').replace(/\s/g, '');
  const iban = ibanOf(first(subfields, '38')) ?? ibanOf(number);
  if (iban !== null || number === '') return iban;
  const bank = first(subfields, '30').trim();
  return optionalText(/^\d{8}$/.test(bank) && separator !== '>' ? `${bank}/${number}` : number, 64);
}

/** The purpose; where it is empty or only figures, with the booking text before it. */
function textOf(purpose: string, bookingText: string): string {
  return /\p{L}/u.test(purpose) ? purpose : `${bookingText} ${purpose}`.trim();
}
