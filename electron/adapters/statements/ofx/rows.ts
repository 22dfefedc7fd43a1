// Maps one STMTTRN to a source transaction. The sign is TRNAMT's own; TRNTYPE never changes it.
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import { currencyExponent } from '../../../../shared/model/currency.ts';
import type { ForeignAmount, SourceTransaction } from '../../../../shared/model/source.ts';
import { type Place, malformed } from '../failure.ts';
import type { StatementSink } from '../statement-sink.ts';
import { currencyOf, cut, minorUnitsOf, optionalText, plainText, sourceAmount } from '../values.ts';
import { ofxIban } from './account.ts';
import { ofxDecimal } from './amounts.ts';
import { ofxDate } from './dates.ts';
import type { Frame } from './frames.ts';

/** Where and for which account a row stands. */
export interface RowContext {
  readonly currency: CurrencyCode;
  readonly place: Place;
  readonly pending: boolean;
  readonly raw: string;
  readonly sink: StatementSink;
}

type Fields = ReadonlyMap<string, string>;

/** @throws {AppError} STATEMENT_MALFORMED for an amount, date or currency that is missing or could mean two things. @see OFX 2.2 §11.4.4.1 */
export function mapRow(frame: Frame, context: RowContext): SourceTransaction {
  const { fields } = frame;
  const currency = rowCurrency(frame, context);
  const written = fields.get('TRNAMT') ?? '';
  const minor = amountOf(written, currency, context);
  const name = optionalText(fields.get('EXTDNAME') ?? fields.get('NAME') ?? payeeName(frame), 4000);
  noteContradiction(fields.get('TRNTYPE'), minor, context);
  return {
    ...sourceAmount(minor, currency),
    state: context.pending ? 'pending' : 'booked',
    bookingDate: requiredDate(fields, context),
    valueDate: optionalDate(fields.get('DTAVAIL'), context),
    transactionDate: optionalDate(fields.get('DTUSER'), context),
    rawAmount: cut(written, 64),
    rawSign: written.includes('-') ? '-' : written.includes('+') ? '+' : null,
    foreign: foreignAmount(frame, minor, context),
    description: descriptionOf(fields, name),
    counterparty: name,
    counterpartyAccount: counterpartyAccount(frame),
    endToEndId: null,
    sourceId: optionalText(fields.get('FITID'), 256),
    bankCode: optionalText(fields.get('TRNTYPE'), 64),
    balanceAfterMinor: null,
    children: [],
    raw: context.raw,
  };
}

/** CURRENCY says that TRNAMT is in another currency than the account's. @see OFX 2.2 §5.2 */
function rowCurrency(frame: Frame, context: RowContext): CurrencyCode {
  const symbol = frame.parts?.get('CURRENCY')?.get('CURSYM');
  if (symbol === undefined) return context.currency;
  const currency = currencyOf(symbol);
  if (currency === null) throw malformed(context.place, 'a currency code in CURSYM', symbol);
  if (currency !== context.currency) {
    context.sink.warn(
      'ROW_IN_OTHER_CURRENCY',
      `Line ${context.place.line}: a row is in ${currency}, the account in ${context.currency}.`,
    );
  }
  return currency;
}

function amountOf(written: string, currency: CurrencyCode, context: RowContext): bigint {
  const exponent = currencyExponent(currency);
  const decimal = ofxDecimal(written, exponent);
  const minor = decimal === null ? null : minorUnitsOf(decimal.text, exponent);
  if (minor === null)
    throw malformed(context.place, `an unambiguous amount with ${exponent} decimals in TRNAMT`, written);
  if (decimal?.unusual)
    context.sink.warn(
      'NOTATION_UNUSUAL',
      `Line ${context.place.line}: an amount is not in OFX notation but can mean only one value.`,
    );
  return minor;
}

function requiredDate(fields: Fields, context: RowContext): SourceTransaction['bookingDate'] {
  const written = fields.get('DTPOSTED') ?? fields.get('DTTRAN') ?? fields.get('DTUSER') ?? '';
  const found = ofxDate(written);
  if (found === null) throw malformed(context.place, 'an unambiguous date in DTPOSTED', written);
  if (found.unusual)
    context.sink.warn(
      'NOTATION_UNUSUAL',
      `Line ${context.place.line}: a date is not in OFX notation but can mean only one day.`,
    );
  return found.date;
}

function optionalDate(written: string | undefined, context: RowContext): SourceTransaction['valueDate'] {
  if (written === undefined || /^0*$/.test(written)) return null;
  const found = ofxDate(written);
  if (found === null)
    context.sink.warn(
      'DATE_UNREADABLE',
      `Line ${context.place.line}: a value or transaction date is no date and was left out.`,
    );
  return found?.date ?? null;
}

/** A row under CURRENCY keeps its amount and the bank's rate; ORIGCURRENCY states a rate but no original amount. */
function foreignAmount(frame: Frame, minor: bigint, context: RowContext): ForeignAmount | null {
  if (frame.parts?.has('ORIGCURRENCY')) {
    context.sink.warn(
      'FOREIGN_AMOUNT_NOT_STATED',
      `Line ${context.place.line}: the row was converted by the bank, which states the rate but not the original amount.`,
    );
  }
  const part = frame.parts?.get('CURRENCY');
  const currency = currencyOf(part?.get('CURSYM') ?? '');
  if (!part || currency === null || currency === context.currency) return null;
  return { ...sourceAmount(minor, currency), rate: optionalText(part.get('CURRATE'), 40) };
}

function payeeName(frame: Frame): string | undefined {
  return frame.parts?.get('PAYEE')?.get('NAME') ?? frame.parts?.get('EXTDPAYEE')?.get('NAME');
}

function counterpartyAccount(frame: Frame): string | null {
  const to = frame.parts?.get('BANKACCTTO') ?? frame.parts?.get('CCACCTTO');
  return to ? (ofxIban(to) ?? optionalText(to.get('ACCTID'), 64)) : null;
}

function descriptionOf(fields: Fields, name: string | null): string {
  const memo = plainText(fields.get('MEMO') ?? '', 4000);
  const cheque = optionalText(fields.get('CHECKNUM'), 32);
  const text = memo === '' ? (name ?? '') : memo;
  return cheque === null ? text : cut(`${text} CHECKNUM ${cheque}`.trim(), 4000);
}

/** @see OFX 2.2 §3.2.9.2: amounts are signed from the customer's perspective, whatever the type */
function noteContradiction(type: string | undefined, minor: bigint, context: RowContext): void {
  const contradicts = (type === 'DEBIT' && minor > 0n) || (type === 'CREDIT' && minor < 0n);
  if (contradicts)
    context.sink.warn(
      'SIGN_CONTRADICTS_TYPE',
      `Line ${context.place.line}: TRNTYPE is ${type} but the amount has the other sign; the amount's sign counts.`,
    );
}
