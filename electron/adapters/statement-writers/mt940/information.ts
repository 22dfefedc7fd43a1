// Field 86 in the subfields of the German banks: ?20 to ?29 and ?60 to ?63 purpose with SEPA tags, ?31 account, ?32 and ?33 name of the other side.
import type { LedgerRecord } from '../../../core/ports/statement-writer.ts';
import { isDebit } from '../amounts.ts';
import { swiftIdentifier, swiftText } from './swift-text.ts';

const SUBFIELD = 27;
const WIDTH = 65;
const LINES = 6;
const PURPOSES = 14;
const MAX_END_TO_END_ID = 35;

/** SEPA credit transfer in and out: the codes whose field 86 is laid out as here. @see DK Anlage 3, Geschäftsvorfallcodes */
const CODES = { credit: '166', debit: '116' };

/** A subfield's text; `goesOn` where a word was divided, so that its rest belongs on the same line. */
interface Piece {
  readonly text: string;
  readonly goesOn: boolean;
}

type Token = readonly [key: string, piece: Piece];

/**
 * The lines of field 86, at most 6 of 65 characters; none where nothing is known of the row. The purpose is shortened to what fits.
 * @see DK Anlage 3 Datenformate §8.2.4, "Strukturierte Belegung des Feldes 86"; SWIFT MT 940, field 86: 6*65x
 */
export function informationLines(row: LedgerRecord): string[] {
  const other = otherSide(row);
  const endToEndId = swiftIdentifier(row.endToEndId, MAX_END_TO_END_ID);
  const text = subfieldText(row.description);
  const purposes = [
    ...(endToEndId === null || endToEndId.includes('?') ? [] : divideAnywhere(`EREF+${endToEndId}`)),
    ...(text === '' ? [] : divide(`SVWZ+${text}`)),
  ];
  if (other.length + purposes.length === 0) return [];
  for (let count = Math.min(purposes.length, PURPOSES); ; count -= 1) {
    const lines = layOut(codeOf(row), arrange(purposes.slice(0, count), other));
    if (lines.length <= LINES || count === 0) return lines;
  }
}

function codeOf({ bankCode, amountMinor }: LedgerRecord): string {
  if (bankCode !== null && /^\d{3}$/.test(bankCode)) return bankCode;
  return isDebit(amountMinor) ? CODES.debit : CODES.credit;
}

/** A question mark would begin a subfield, a plus behind four letters a tag. */
function subfieldText(text: string): string {
  return swiftText(text)
    .replaceAll('?', '.')
    .replace(/\b([A-Z]{3,4})\+/g, '$1.')
    .replaceAll('MTLG:', 'MTLG.');
}

function otherSide({ counterparty, counterpartyAccount }: LedgerRecord): Token[] {
  const account = swiftIdentifier(counterpartyAccount, 34);
  const name = divide(counterparty === null ? '' : subfieldText(counterparty));
  return [
    ...(account === null || account.includes('?') ? [] : [['31', { text: account, goesOn: false }] as const]),
    ...name.slice(0, 2).map((piece, index): Token => [String(32 + index), piece]),
  ];
}

/** Divides behind a blank, which stays: readers that join with nothing and those that join with a blank get the same words. */
function divide(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  while (rest.length > SUBFIELD) {
    const blank = rest.lastIndexOf(' ', SUBFIELD - 1);
    const length = blank > 0 ? blank + 1 : SUBFIELD;
    pieces.push({ text: rest.slice(0, length), goesOn: blank <= 0 });
    rest = rest.slice(length);
  }
  return rest === '' ? pieces : [...pieces, { text: rest, goesOn: false }];
}

/** A reference goes on in full subfields: one that ends early would end the reference. */
function divideAnywhere(text: string): Piece[] {
  const rest = text.slice(SUBFIELD);
  const first = { text: text.slice(0, SUBFIELD), goesOn: rest !== '' };
  return rest === '' ? [first] : [first, ...divideAnywhere(rest)];
}

function arrange(purposes: readonly Piece[], other: readonly Token[]): Token[] {
  const keyed = purposes.map((piece, index): Token => [String(index < 10 ? 20 + index : 50 + index), piece]);
  return [...keyed.slice(0, 10), ...other, ...keyed.slice(10)];
}

/** Lines break between subfields, never in one: a line never begins with `:` or `-`, and no reader has to guess at blanks. */
function layOut(code: string, tokens: readonly Token[]): string[] {
  const lines: string[] = [];
  let line = code;
  tokens.forEach(([key, piece], index) => {
    const subfield = `?${key}${piece.text}`;
    const rest = piece.goesOn ? (tokens[index + 1]?.[1].text.length ?? 0) + 3 : 0;
    const full = line.length + subfield.length > WIDTH;
    const divided = line.length + subfield.length + rest > WIDTH && subfield.length + rest <= WIDTH;
    if (full || divided) {
      lines.push(line);
      line = '';
    }
    line += subfield;
  });
  return [...lines, line];
}
