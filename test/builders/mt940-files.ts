// Writes MT940 and MT942 files of the invented ledger the way a German bank does: SWIFT blocks, subfields, lines of 65 characters. Same input, same bytes.
import { type LedgerRow, decimal } from './statement-files.ts';

export interface Mt940Options {
  readonly rows: readonly LedgerRow[];
  readonly currency?: string;
  readonly account?: string;
  /** Opening balance in minor units. */
  readonly opening?: number;
  readonly lineEnd?: string;
  /** SWIFT blocks 1, 2 and 4 around the message. */
  readonly blocks?: boolean;
}

const swiftAmount = (amountMinor: number): string => decimal(Math.abs(amountMinor)).replace('.', ',');
const swiftDate = (date: string): string => date.slice(2).replaceAll('-', '');

/** `C200101EUR12,34`. */
export function swiftBalance(amountMinor: number, date: string, currency = 'EUR'): string {
  return `${amountMinor < 0 ? 'D' : 'C'}${swiftDate(date)}${currency}${swiftAmount(amountMinor)}`;
}

/** Lines of 65 characters, the first shortened by the tag. */
function wrapped(text: string): string[] {
  const lines = [text.slice(0, 61)];
  for (let at = 61; at < text.length; at += 65) lines.push(text.slice(at, at + 65));
  return lines;
}

function subfields(key: number, text: string): string {
  const parts = text.match(/.{1,27}/gsu) ?? [];
  return parts.map((part, index) => `?${key + index}${part}`).join('');
}

export function mt940Entry(row: LedgerRow): string[] {
  const mark = row.amountMinor < 0 ? 'D' : 'C';
  const day = swiftDate(row.date);
  const information = `166?00GUTSCHRIFT?100399${subfields(20, `EREF+${row.id}`)}${subfields(21, `SVWZ+${row.text}`)}?32${row.name.slice(0, 27)}`;
  return [
    `:61:${day}${day.slice(2)}${mark}${swiftAmount(row.amountMinor)}NTRFNONREF//${row.id}`,
    ...wrapped(`:86:${information}`).slice(0),
  ];
}

/** One statement. `:64:` stands only inside blocks, whose end mark shows that nothing is missing. */
export function mt940Text(options: Mt940Options): string {
  const {
    rows,
    currency = 'EUR',
    account = '50880050/0194774600',
    opening = 0,
    lineEnd = '\n',
    blocks = false,
  } = options;
  const closing = rows.reduce((sum, row) => sum + row.amountMinor, opening);
  const [first, last] = [rows[0]?.date ?? '2020-01-01', rows.at(-1)?.date ?? '2020-01-01'];
  const closes = swiftBalance(closing, last, currency);
  const fields = [
    ':20:STARTUMS',
    `:25:${account}`,
    ':28C:1/1',
    `:60F:${swiftBalance(opening, first, currency)}`,
    ...rows.flatMap(mt940Entry),
    `:62F:${closes}`,
  ];
  const whole = blocks
    ? ['{1:F01BANKDEFFAXXX0000000000}{2:I940BANKDEFFXXXXN}{4:', ...fields, `:64:${closes}`, '-}']
    : [...fields, '-'];
  return whole.map((line) => line + lineEnd).join('');
}

/** A report of the same rows. */
export function mt942Text({
  rows,
  currency = 'EUR',
  account = '50880050/0194774600',
  lineEnd = '\n',
}: Mt940Options): string {
  const total = (sign: number): string => {
    const some = rows.filter((row) => row.amountMinor * sign > 0);
    return `${some.length}${currency}${swiftAmount(some.reduce((sum, row) => sum + row.amountMinor, 0))}`;
  };
  return [
    '\u0001',
    ':20:STARTDISPE',
    `:25:${account}`,
    ':28C:1/1',
    `:34F:${currency}0,`,
    `:13D:${swiftDate(rows.at(-1)?.date ?? '2020-01-01')}1200+0100`,
    ...rows.flatMap(mt940Entry),
    `:90D:${total(-1)}`,
    `:90C:${total(1)}`,
    '-\u0003',
  ]
    .map((line) => line + lineEnd)
    .join('');
}
