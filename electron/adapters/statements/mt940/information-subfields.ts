// Field 86 with subfields, `166?00GUTSCHRIFT?20…?32…`, as Germany, Austria, Luxembourg, Poland and Triodos write it.
import { ibanOf, optionalText, plainText } from '../values.ts';
import { statedReference } from './information-codewords.ts';
import type { Information } from './information.ts';
import { readPurpose } from './purpose.ts';
import { SUBFIELD_WIDTH, type Subfield } from './subfield.ts';
import { type Decode, joinLines } from './text.ts';

/** Transaction code, separator, number of the first subfield. The separator is `?`; Polish banks also use `<`, `^`, `~`, Triodos `>`. */
const START = /^ ?(\d{3})([?<>^~])\d\d/;

/** Null where the lines have no subfields. @see DK Anlage 3 Datenformate §8.2.4, "Strukturierte Belegung des Feldes 86" */
export function subfieldInformation(lines: readonly string[], decode: Decode): Information | null {
  const start = START.exec(lines[0] ?? '');
  if (!start) return null;
  const separator = start[2] ?? '?';
  const subfields = subfieldsOf(joinLines(lines, { separator }), separator);
  const purpose = readPurpose(subfields, decode);
  return {
    text: textOf(purpose.text, subfields, decode),
    counterparty: nameOf(subfields, decode) ?? purpose.name,
    counterpartyAccount: accountOf(subfields, separator) ?? purpose.account,
    endToEndId: statedReference(purpose.endToEndId),
    code: start[1] ?? null,
  };
}

/** A separator without two digits behind it is text. */
function subfieldsOf(field: string, separator: string): Subfield[] {
  const subfields: Subfield[] = [];
  let at = nextSubfield(field, separator, 0);
  while (at >= 0) {
    const next = nextSubfield(field, separator, at + 1);
    const key = digitAt(field, at + 1) * 10 + digitAt(field, at + 2);
    subfields.push({ key, value: field.slice(at + 3, next < 0 ? field.length : next) });
    at = next;
  }
  return subfields;
}

function nextSubfield(field: string, separator: string, from: number): number {
  let at = field.indexOf(separator, from);
  while (at >= 0 && (digitAt(field, at + 1) < 0 || digitAt(field, at + 2) < 0)) at = field.indexOf(separator, at + 1);
  return at;
}

/** -1 where there is no digit. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 0x30;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function first(subfields: readonly Subfield[], key: number): string {
  for (const subfield of subfields) if (subfield.key === key) return subfield.value;
  return '';
}

function nameOf(subfields: readonly Subfield[], decode: Decode): string | null {
  const [start, rest] = [first(subfields, 32), first(subfields, 33)];
  if (rest === '') return optionalText(decode(start), 400);
  return optionalText(decode(start.length >= SUBFIELD_WIDTH ? start + rest : `${start} ${rest}`), 400);
}

/** ?38 is the IBAN beside an old number; ?31 IBAN or number, ?30 BIC or bank code. Triodos writes the other account into >10. */
function accountOf(subfields: readonly Subfield[], separator: string): string | null {
  const number = first(subfields, separator === '>' ? 10 : 31).replace(/\s/g, '');
  const iban = ibanOf(first(subfields, 38)) ?? ibanOf(number);
  if (iban !== null || number === '') return iban;
  const bank = first(subfields, 30).trim();
  return optionalText(/^\d{8}$/.test(bank) && separator !== '>' ? `${bank}/${number}` : number, 64);
}

/** The purpose; where it is empty or only figures, with the booking text ?00 before it. */
function textOf(purpose: string, subfields: readonly Subfield[], decode: Decode): string {
  return /\p{L}/u.test(purpose) ? purpose : `${plainText(decode(first(subfields, 0)), 400)} ${purpose}`.trim();
}
