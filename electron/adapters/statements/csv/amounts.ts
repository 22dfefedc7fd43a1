// Reads an amount as the profile says: decimal mark, grouping, sign, a currency beside it. What the profile does not allow is no amount.
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import type { DecimalMark } from '../../../../shared/model/statement-profile.ts';

/** An amount as a plain decimal (`.` its only mark) and its sign as written. */
export interface CsvDecimal {
  /** Without sign. */
  readonly text: string;
  readonly sign: '' | '+' | '-';
  /** Currency symbol, code or word beside the digits; empty where there is none. */
  readonly currency: string;
}

const LONGEST = 64;
const SPACES = /[\s\u00a0\u2007\u2009\u202f]+/g;
const SIGNS: ReadonlyMap<string, '+' | '-'> = new Map([
  ['+', '+'],
  ['-', '-'],
  ['\u2212', '-'],
  ['\u2013', '-'],
]);
const WORD = '\\p{Sc}|\\p{L}{1,4}\\.?\\p{Sc}?';
const SHAPE = new RegExp(
  `^(${WORD})? ?([-+\\u2212\\u2013])? ?(${WORD})? ?([\\d.,'\\u2019 ]+?) ?(${WORD})? ?([-+\\u2212\\u2013])? ?(${WORD})?$`,
  'u',
);
const PLAIN: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^[-+]?\d{1,15}(?:\.\d{1,2})?$/,
  ',': /^[-+]?\d{1,15}(?:,\d{1,2})?$/,
};

/** The decimal a cell means under a decimal mark; null where it is none or means something else under it. */
export function csvDecimal(cell: string, mark: DecimalMark): CsvDecimal | null {
  if (cell.length > LONGEST) return null;
  if (PLAIN[mark].test(cell)) return plainDecimal(cell, mark);
  const bracketed = /^\(([^()]*)\)$/.exec(cell)?.[1];
  const match = SHAPE.exec((bracketed ?? cell).replace(SPACES, ' ').trim());
  if (!match) return null;
  const [, before = '', leading = '', between = '', digits = '', after = '', trailing = '', last = ''] = match;
  const currencies = [before, between, after, last].filter((word) => word !== '');
  const signs = [leading, trailing].filter((sign) => sign !== '');
  if (currencies.length > 1 || signs.length + (bracketed === undefined ? 0 : 1) > 1) return null;
  const text = decimalOf(digits, mark);
  const sign = bracketed === undefined ? (SIGNS.get(signs[0] ?? '') ?? '') : '-';
  return text === null ? null : { text, sign, currency: currencies[0] ?? '' };
}

function plainDecimal(cell: string, mark: DecimalMark): CsvDecimal {
  const first = cell.charAt(0);
  const sign = first === '-' || first === '+' ? first : '';
  const digits = sign === '' ? cell : cell.slice(1);
  return { text: mark === ',' ? digits.replace(',', '.') : digits, sign, currency: '' };
}

/** Digits in groups by one separator, Western (`1.234.567`) or Indian (`12,34,567`), and at most one decimal mark behind them. */
function decimalOf(digits: string, mark: DecimalMark): string | null {
  const parts = digits.split(mark);
  const [whole = '', fraction = ''] = parts;
  if (parts.length > 2 || !/^\d*$/.test(fraction) || (whole === '' && fraction === '')) return null;
  const plain = ungrouped(whole);
  return plain === null ? null : `${plain === '' ? '0' : plain}${fraction === '' ? '' : `.${fraction}`}`;
}

function ungrouped(whole: string): string | null {
  if (/^\d*$/.test(whole)) return whole;
  const grouped = /^\d{1,3}([.,'\u2019 ])\d{3}(?:\1\d{3})*$/.test(whole) || /^\d{1,2}(?:,\d{2})+,\d{3}$/.test(whole);
  return grouped ? whole.replace(/\D/g, '') : null;
}

/** True where a cell says the same under both marks, or cannot be told apart: `1.234`, `1,234`. */
export function isAmbiguousDecimal(cell: string): boolean {
  const [point, comma] = [csvDecimal(cell, '.'), csvDecimal(cell, ',')];
  return point !== null && comma !== null && point.text !== comma.text;
}

const DOLLARS = 'USD CAD AUD NZD HKD SGD MXN ARS CLP COP TWD BRL';
/** Symbols and words and the currencies they may stand for. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP EGP LBP SYP'],
  ['$', DOLLARS],
  ['US$', 'USD'],
  ['R$', 'BRL'],
  ['¥', 'JPY CNY'],
  ['₹', 'INR'],
  ['RS', 'INR'],
  ['RS.', 'INR'],
  ['KR', 'SEK NOK DKK ISK'],
  ['KR.', 'DKK SEK NOK ISK'],
  ['ZŁ', 'PLN'],
  ['KČ', 'CZK'],
  ['FR.', 'CHF'],
  ['SFR.', 'CHF'],
  ['FT', 'HUF'],
  ['LEI', 'RON'],
  ['TL', 'TRY'],
  ['₺', 'TRY'],
  ['₽', 'RUB'],
  ['₪', 'ILS'],
  ['₩', 'KRW'],
  ['₴', 'UAH'],
  ['EURO', 'EUR'],
]);

/** ISO 4217 codes a symbol, code or word beside an amount can mean; none where it is no currency. */
export function currenciesOf(word: string): readonly string[] {
  const upper = word.toUpperCase();
  const known = SYMBOLS.get(upper);
  if (known !== undefined) return known.split(' ');
  return /^[A-Z]{3}$/.test(upper) ? [upper] : [];
}

/** Whether the currency beside an amount, if any, agrees with the row's. */
export function agrees(word: string, currency: CurrencyCode): boolean {
  return word === '' || currenciesOf(word).includes(currency);
}
