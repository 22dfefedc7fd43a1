// Reads the group header: whose accounts follow, of which day, in which currency, and whether they are news, a correction or to be left out.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import { malformed } from '../failure.ts';
import type { StatementSink } from '../statement-sink.ts';
import { currencyOf, optionalText } from '../values.ts';
import { Fields } from './fields.ts';
import type { LogicalRecord } from './record-scanner.ts';
import { dayOf } from './values.ts';

/** What a group says about its accounts. `read` is false where its rows are none of the ledger's; `interim`: reports of a day that is not over. */
export interface Group {
  readonly originator: string | null;
  readonly asOf: CalendarDate;
  readonly currency: CurrencyCode;
  readonly read: boolean;
  readonly interim: boolean;
}

const DEFAULT_CURRENCY = currencyOf('USD');

/**
 * Status 1 update, 2 deletion, 3 correction, 4 test only; without a currency it is USD; modifier 3 is interim same-day, whose rows the next
 * previous-day report books.
 * @throws {AppError} STATEMENT_MALFORMED
 * @see Cash Management Balance Reporting Specifications, Version 2, record 02
 */
export function readGroup(record: LogicalRecord, sink: StatementSink): Group {
  const { place } = record;
  const fields = new Fields(record);
  fields.next();
  const originator = optionalText(fields.next(), 200);
  const status = fields.next();
  const day = fields.next();
  const asOf = dayOf(day);
  if (asOf === null) throw malformed(place, 'the day of the group (YYMMDD) in record 02', day);
  fields.next();
  const currency = currencyIn(fields.next(), DEFAULT_CURRENCY, record);
  const read = isRead(status, record, sink);
  return { originator, asOf, currency, read, interim: fields.next() === '3' };
}

/** @throws {AppError} STATEMENT_MALFORMED where it is no currency */
export function currencyIn(written: string, standard: CurrencyCode | null, { place }: LogicalRecord): CurrencyCode {
  const currency = written === '' ? standard : currencyOf(written);
  if (currency === null) throw malformed(place, 'a currency code', written);
  return currency;
}

function isRead(status: string, { place }: LogicalRecord, sink: StatementSink): boolean {
  switch (status) {
    case '':
    case '1':
      return true;
    case '2':
      sink.warn(
        'PART_NOT_READ',
        `Line ${place.line}: a group takes back what the bank sent before; exclude those rows where they were imported.`,
      );
      return false;
    case '3':
      sink.warn(
        'CORRECTION_OF_EARLIER_ROW',
        `Line ${place.line}: a group corrects what the bank sent before; exclude rows of that day that it no longer holds.`,
      );
      return true;
    case '4':
      sink.warn('PART_NOT_READ', `Line ${place.line}: a group says that it is a test; its rows were left out.`);
      return false;
    default:
      throw malformed(place, 'group status 1, 2, 3 or 4 in record 02', status);
  }
}
