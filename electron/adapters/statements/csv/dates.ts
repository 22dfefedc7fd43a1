// Reads a date in the profile's order. Times behind it are left out and never move the day; what could be another day is no date.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { DateOrder } from '../../../../shared/model/statement-profile.ts';
import { calendarDateOf } from '../values.ts';

const LONGEST = 40;
/** First letters of the months in the languages of the header dictionary; `juin` and `juil` need four. */
const MONTHS = [
  'jan ene gen sty',
  'feb fév fev lut',
  'mar mär mrz mrt maa',
  'apr abr avr kwi',
  'may mai maj mei mag',
  'jun juin giu cze',
  'jul juil lug lip',
  'aug ago aoû aou sie',
  'sep set wrz',
  'oct okt ott out paź',
  'nov lis',
  'dec dez dic déc des gru',
];
const MONTH_OF: ReadonlyMap<string, string> = new Map(
  MONTHS.flatMap((names, index) => names.split(' ').map((name) => [name, two(String(index + 1))])),
);

/** A time, with or without zone, behind a date. */
const TIME =
  /[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[A-Z]{3,4}|[-+]\d{2}:?\d{2})?$/;
const PARTS = /^(\d{1,4})([-./ ])\s?(\d{1,2})\2\s?(\d{1,4})\.?$/;
const NAMED = /^(\d{1,2})[-./ ]*\s?(\p{L}{3,9})\.?[-/ ,]*(\d{4}|\d{2})$/u;
const NAMED_US = /^(\p{L}{3,9})\.?\s(\d{1,2}),?\s(\d{4})$/u;

/**
 * The day a cell means, null where it is none under this order. A year of four digits in front and a month by name have no other reading and are read under
 * any order. Eight digits are a date without marks. Two-digit years mean 1970 to 2069.
 */
export function csvDate(cell: string, order: DateOrder): CalendarDate | null {
  if (cell.length < 6 || cell.length > LONGEST) return null;
  const text = cell.length > 10 ? cell.replace(TIME, '') : cell;
  const parts = PARTS.exec(text);
  if (parts)
    return isDottedShort(parts, order) ? null : fromParts([parts[1] ?? '', parts[3] ?? '', parts[4] ?? ''], order);
  if (/^\d{8}(?:\d{4}|\d{6})?$/.test(text)) return fromDigits(text.slice(0, 8), order);
  return fromName(text);
}

/** `31.12.26` begins with no year: no country writes short years in front of dots. */
function isDottedShort(parts: readonly string[], order: DateOrder): boolean {
  return order === 'ymd' && parts[2] === '.' && parts[1]?.length !== 4;
}

function fromParts([a, b, c]: readonly [string, string, string], order: DateOrder): CalendarDate | null {
  if (a.length === 4) return dated(a, b, c);
  if (order === 'ymd') return a.length === 2 && c.length <= 2 ? dated(a, b, c) : null;
  if (c.length !== 4 && c.length !== 2) return null;
  return order === 'dmy' ? dated(c, b, a) : dated(c, a, b);
}

function fromDigits(digits: string, order: DateOrder): CalendarDate | null {
  if (order === 'ymd') return calendarDateOf(digits);
  const [a, b, year] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)];
  return order === 'dmy' ? dated(year, b, a) : dated(year, a, b);
}

function fromName(text: string): CalendarDate | null {
  const named = NAMED.exec(text);
  if (named) return dated(named[3] ?? '', monthOf(named[2]), named[1] ?? '');
  const american = NAMED_US.exec(text);
  return american ? dated(american[3] ?? '', monthOf(american[1]), american[2] ?? '') : null;
}

function monthOf(name: string | undefined): string {
  const letters = (name ?? '').toLowerCase();
  return MONTH_OF.get(letters.slice(0, 4)) ?? MONTH_OF.get(letters.slice(0, 3)) ?? '';
}

function dated(year: string, month: string, day: string): CalendarDate | null {
  if (month.length > 2 || day.length > 2 || month === '' || (year.length !== 4 && year.length !== 2)) return null;
  const full = year.length === 4 ? year : `${Number(year) >= 70 ? '19' : '20'}${year}`;
  return calendarDateOf(`${full}-${two(month)}-${two(day)}`);
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

/** The orders under which every cell is a date. */
export function possibleOrders(cells: readonly string[]): DateOrder[] {
  return DateOrder.options.filter((order) => cells.every((cell) => csvDate(cell, order) !== null));
}
