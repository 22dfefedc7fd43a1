// Reads QIF dates: day, month and year in the profile's order, an apostrophe before a year from 2000 on, blanks for leading zeros.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { DateOrder } from '../../../../shared/model/statement-profile.ts';
import { csvDate } from '../csv/dates.ts';

/** `1/ 5'26` and `1/5' 6` as `1/05/26` and `1/5/06`; nothing else is changed. */
export function plainQifDate(text: string): string {
  const apostrophe = /^(\s*\d{1,2})\s*([-./])\s*(\d{1,2})\s*'\s*(\d{1,4})$/.exec(text);
  if (!apostrophe) return text.replace(/([-./])\s+(?=\d)/g, '$1').trim();
  const [, first = '', mark = '', second = '', year = ''] = apostrophe;
  const full = year.length === 4 ? year : `20${year.padStart(2, '0')}`;
  return `${first.trim()}${mark}${second}${mark}${full}`;
}

/** The day, null where it is none under this order. */
export function qifDate(text: string, order: DateOrder): CalendarDate | null {
  return csvDate(plainQifDate(text), order);
}
