// Maps a transaction detail to a source transaction. It looks at no other record.
import { type CurrencyCode, currencyExponent } from '../../../../shared/model/currency.ts';
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { SourceTransaction } from '../../../../shared/model/source.ts';
import { malformed } from '../failure.ts';
import { MAX_RAW } from '../limits.ts';
import { type Decode, asIs, needsDecoding } from '../mt940/text.ts';
import { cut, minorString, optionalText, plainText } from '../values.ts';
import { Fields } from './fields.ts';
import { readFunds, valueDate } from './funds.ts';
import type { LogicalRecord } from './record-scanner.ts';
import { effectOf } from './type-codes.ts';
import { amountOf } from './values.ts';

export interface DetailContext {
  readonly currency: CurrencyCode;
  readonly asOf: CalendarDate;
  readonly interim: boolean;
  readonly decode: Decode;
}

/** A detail: its amount as written and with its sign, and its row, null where it moves no money. `undated`: its value date is no day. */
export interface Detail {
  readonly written: bigint;
  readonly minor: bigint;
  readonly row: SourceTransaction | null;
  readonly undated: boolean;
}

/**
 * Type code, amount, funds type, the bank's reference, the customer's, text to the end of the record. The booking day is the group's: a detail has
 * none of its own. Amounts have no sign, the type code has; an amount left out is none.
 * @throws {AppError} STATEMENT_MALFORMED
 * @see Cash Management Balance Reporting Specifications, Version 2, record 16
 */
export function readDetail(record: LogicalRecord, context: DetailContext): Detail {
  const { place } = record;
  const fields = new Fields(record);
  const code = fields.next();
  const effect = effectOf(code);
  if (effect === null) throw malformed(place, 'the type code of a credit or debit in record 16', code);
  const amount = fields.next();
  const written = amountOf(amount, { place, what: 'the amount of record 16' }) ?? 0n;
  if (written < 0n) throw malformed(place, 'an amount without a sign in record 16', amount);
  const funds = readFunds(fields, place);
  if (effect === 'none') return { written, minor: 0n, row: null, undated: false };
  const value = valueDate(funds, context.asOf);
  const minor = effect === 'debit' ? -written : written;
  const decode = needsDecoding(record.raw) ? context.decode : asIs;
  const reference = fields.next();
  const customer = fields.next();
  const row: SourceTransaction = {
    amountMinor: minorString(minor),
    currency: context.currency,
    exponent: currencyExponent(context.currency),
    state: context.interim ? 'pending' : 'booked',
    bookingDate: context.asOf,
    valueDate: value,
    transactionDate: null,
    rawAmount: cut(amount, 64),
    rawSign: code,
    foreign: null,
    description: plainText(decode(fields.text()), 4000),
    counterparty: null,
    counterpartyAccount: null,
    endToEndId: optionalText(decode(customer), 128),
    sourceId: optionalText(decode(reference), 256),
    bankCode: code,
    balanceAfterMinor: null,
    children: [],
    raw: decode(cut(record.raw, MAX_RAW)),
  };
  return {
    written,
    minor,
    row,
    undated: funds.day !== null && funds.day !== '' && Number(funds.day) !== 0 && value === null,
  };
}
