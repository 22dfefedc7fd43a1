// Fields 61 and 86 of one row. What would read as another day or amount is refused.
import { type CalendarDate, daysBetween } from '../../../../shared/model/calendar-date.ts';
import type { ForeignAmount } from '../../../../shared/model/source.ts';
import type { LedgerAccount, LedgerRecord } from '../../../core/ports/statement-writer.ts';
import { type WrittenAmount, isDebit, magnitudeOf } from '../amounts.ts';
import { rowNotExpressible } from '../failure.ts';
import { informationLines } from './information.ts';
import { swiftIdentifier } from './swift-text.ts';

const LINE_END = '\r\n';
const MAX_AMOUNT = 15;
/** Field 61 gives the booking day without its year: readers take the year nearest to the value date. */
const MAX_DAYS_APART = 150;

/** `1234,56`, null where it has more than 15 characters. @see SWIFT MT 940, 15d */
export function swiftAmount(amount: WrittenAmount): string | null {
  const decimal = magnitudeOf(amount, ',');
  const written = decimal.includes(',') ? decimal : `${decimal},`;
  return written.length > MAX_AMOUNT ? null : written;
}

/** `YYMMDD`, null outside 1980 to 2069, where readers agree on the century. */
export function swiftDate(date: CalendarDate): string | null {
  return date >= '1980' && date < '2070' ? date.slice(2).replaceAll('-', '') : null;
}

/** @throws {AppError} EXPORT_NOT_EXPRESSIBLE @see SWIFT MT 940, field 61: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x][34x] */
export function swiftEntry(row: LedgerRecord, account: LedgerAccount): string {
  if (row.currency !== account.currency)
    throw rowNotExpressible(
      row,
      `is in another currency than the account (${account.currency}), which MT940 cannot say`,
    );
  const amount = swiftAmount(row);
  if (amount === null)
    throw rowNotExpressible(row, 'has an amount of more than 15 characters, the most MT940 can hold');
  const days = daysOf(row);
  const mark = isDebit(row.amountMinor) ? 'D' : 'C';
  const line = `:61:${days}${mark}${amount}${typeOf(row.bankCode)}NONREF${bankReference(row.sourceId)}`;
  const details = row.foreign === null ? '' : originalAmount(row.foreign, row);
  const [first, ...rest] = informationLines(row);
  const lines = [line, ...(details === '' ? [] : [details]), ...(first === undefined ? [] : [`:86:${first}`, ...rest])];
  return lines.join(LINE_END) + LINE_END;
}

/** A row without value date has its booking date there, since the field may not be empty. */
function daysOf(row: LedgerRecord): string {
  const valueDate = row.valueDate ?? row.bookingDate;
  const value = swiftDate(valueDate);
  const entry = swiftDate(row.bookingDate);
  const near = Math.abs(daysBetween(valueDate, row.bookingDate)) <= MAX_DAYS_APART;
  if (value === null || entry === null || !near)
    throw rowNotExpressible(row, `has days (value date ${valueDate}) whose years MT940 cannot say`);
  return `${value}${entry.slice(2)}`;
}

function typeOf(bankCode: string | null): string {
  return bankCode !== null && /^[NF][A-Z]{3}$/.test(bankCode) ? bankCode : 'NMSC';
}

/** @see SWIFT MT 940, field 61, subfield 8: no slash at its ends, no two slashes in it */
function bankReference(sourceId: string | null): string {
  const reference = swiftIdentifier(sourceId, 16);
  return reference === null || /^\/|\/$|\/\/|^NONREF$/.test(reference) ? '' : `//${reference}`;
}

/** @see DK Anlage 3 Datenformate, field 61, subfield 9: /OCMT/ original amount; /EXCH/ rate. At most 34 characters */
function originalAmount(foreign: ForeignAmount, row: LedgerRecord): string {
  const amount = swiftAmount(foreign);
  if (amount === null || foreign.currency === row.currency) return '';
  const original = `/OCMT/${foreign.currency}${amount}/`;
  const rate = foreign.rate !== null && /^\d{1,12}(?:\.\d{1,12})?$/.test(foreign.rate) ? foreign.rate : null;
  const whole = rate === null ? original : `${original}EXCH/${rate.replace('.', ',')}/`;
  return whole.length <= 34 ? whole : original;
}
