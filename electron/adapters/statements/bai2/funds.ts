// Reads the funds type of a summary or a detail with the fields it brings along. What is available when changes no ledger amount.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { type Place, malformed } from '../failure.ts';
import type { Fields } from './fields.ts';
import { amountOf, countOf, dayOf } from './values.ts';

/** `day` is a value date as written; `immediate`: available on the day of the group. */
export interface Funds {
  readonly immediate: boolean;
  readonly day: string | null;
}

const MOST_DISTRIBUTIONS = 100;

/**
 * 0 immediate, 1 one day, 2 two or more days, Z or nothing unknown; V value dated: day and time; S: three amounts; D: a number, then as many pairs of
 * days and amount.
 * @throws {AppError} STATEMENT_MALFORMED
 * @see Cash Management Balance Reporting Specifications, Version 2, "Funds Type"
 */
export function readFunds(fields: Fields, place: Place): Funds {
  const type = fields.next().toUpperCase();
  switch (type) {
    case 'V': {
      const day = fields.next();
      fields.next();
      return { immediate: false, day };
    }
    case 'S':
      for (let index = 0; index < 3; index += 1) amountOf(fields.next(), availability(place));
      break;
    case 'D':
      skipDistributions(fields, place);
      break;
    case '':
    case '0':
    case '1':
    case '2':
    case 'Z':
      break;
    default:
      throw malformed(place, 'a funds type (0, 1, 2, S, V, D or Z)', type);
  }
  return { immediate: type === '0', day: null };
}

/** The value date, null where the bank leaves it open. */
export function valueDate({ immediate, day }: Funds, asOf: CalendarDate): CalendarDate | null {
  if (immediate) return asOf;
  return day === null ? null : dayOf(day);
}

/** They are checked for what they are, so that a lost comma never makes a reference of one. */
function skipDistributions(fields: Fields, place: Place): void {
  const number = countOf(fields.next(), { place, what: 'a number of distributions' });
  if (number === null || number > MOST_DISTRIBUTIONS)
    throw malformed(place, 'a number of distributions', String(number));
  for (let index = 0; index < number; index += 1) {
    countOf(fields.next(), { place, what: 'days of availability' });
    amountOf(fields.next(), availability(place));
  }
}

function availability(place: Place): { place: Place; what: string } {
  return { place, what: 'an amount of availability' };
}
