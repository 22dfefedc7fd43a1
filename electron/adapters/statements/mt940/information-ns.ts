// Field NS, the non-SWIFT field of German and Hungarian banks: lines that begin with the number of a subfield.
import { optionalText, plainText } from '../values.ts';
import type { Information } from './information.ts';
import { type Decode, linesOf } from './text.ts';

/** Number and text of each line; a line without a number goes on with the one before. */
function numbered(field: string): (readonly [number, string])[] {
  const found: [number, string][] = [];
  for (const line of linesOf(field)) {
    const match = /^(\d\d)(.*)$/.exec(line);
    const last = found.at(-1);
    if (match) found.push([Number(match[1]), match[2] ?? '']);
    else if (last) last[1] += ` ${line}`;
  }
  return found;
}

/** A line has 27 characters; a full one goes on in the next without a blank. */
function nameOf(start: string, rest: string): string {
  return start.length >= 27 ? start + rest : `${start} ${rest}`;
}

/** 01 to 14 purpose, 15 and 16 counterparty, 17 booking text, 33 its bank code, 34 its account. @see DK Anlage 3 Datenformate, MT940, field NS */
export function nonSwiftInformation(field: string, decode: Decode): Information {
  const lines = numbered(field);
  const text = (from: number, to: number): string =>
    lines
      .filter(([number]) => number >= from && number <= to)
      .map(([, value]) => value)
      .join(' ');
  const purpose = plainText(decode(text(1, 14)), 4000);
  const [bank, account] = [text(33, 33).trim(), text(34, 34).trim()];
  return {
    text: purpose === '' ? plainText(decode(text(17, 17)), 4000) : purpose,
    counterparty: optionalText(decode(nameOf(text(15, 15), text(16, 16))), 400),
    counterpartyAccount: optionalText(bank === '' || account === '' ? account : `${bank}/${account}`, 64),
    endToEndId: null,
    code: null,
  };
}

/** 22 names the account's owner. */
export function accountOwner(field: string, decode: Decode): string | null {
  const owner = numbered(field).find(([number]) => number === 22)?.[1];
  return owner !== undefined && /\p{L}/u.test(decode(owner)) ? optionalText(decode(owner), 400) : null;
}
