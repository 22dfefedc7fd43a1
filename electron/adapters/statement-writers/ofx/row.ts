// One STMTTRN. Its FITID is the ledger's own id: unique, so that no program drops a row, and the same in every export.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import type { LedgerRecord } from '../../../core/ports/statement-writer.ts';
import { decimalOf, isDebit } from '../amounts.ts';
import { rowNotExpressible } from '../failure.ts';
import { identifier, printable, shortened } from '../texts.ts';
import { element, leaf } from '../xml.ts';
import { ofxAccountTo } from './account.ts';

/** Transaction types of either direction that a bank may have stated. @see OFX 2.2 §11.4.4.3 */
const TYPES: ReadonlySet<string> = new Set(
  'CREDIT DEBIT INT DIV FEE SRVCHG DEP ATM POS XFER CHECK PAYMENT CASH DIRECTDEP DIRECTDEBIT REPEATPMT OTHER'.split(
    ' ',
  ),
);

/** Lengths of OFX 2.2 §11.4.4.1. */
const MAX = { reference: 32, name: 32, extendedName: 100, memo: 255 };

/** Noon in Greenwich is that day from UTC−12 to UTC+11: midnight would be the day before in America. @see OFX 2.2 §3.2.8.2 */
export function ofxDay(date: CalendarDate): string {
  return `${date.replaceAll('-', '')}120000`;
}

/** @throws {AppError} EXPORT_NOT_EXPRESSIBLE @see OFX 2.2 §11.4.4.1 */
export function ofxRow(row: LedgerRecord, accountCurrency: CurrencyCode): string {
  const name = row.counterparty === null ? '' : printable(row.counterparty);
  return `${element(
    'STMTTRN',
    leaf('TRNTYPE', typeOf(row)),
    leaf('DTPOSTED', ofxDay(row.bookingDate)),
    leaf('DTUSER', row.transactionDate && ofxDay(row.transactionDate)),
    leaf('DTAVAIL', row.valueDate && ofxDay(row.valueDate)),
    leaf('TRNAMT', decimalOf(row)),
    leaf('FITID', row.transactionId),
    leaf('REFNUM', identifier(row.sourceId, MAX.reference)),
    leaf('NAME', shortened(name, MAX.name)),
    leaf('EXTDNAME', name.length > MAX.name ? shortened(name, MAX.extendedName) : null),
    ofxAccountTo(row.counterpartyAccount),
    leaf('MEMO', shortened(row.description, MAX.memo)),
    currencyOf(row, accountCurrency),
  )}\r\n`;
}

function typeOf(row: LedgerRecord): string {
  const direction = isDebit(row.amountMinor) ? 'DEBIT' : 'CREDIT';
  const stated = row.bankCode ?? '';
  const contradicts = stated === 'DEBIT' || stated === 'CREDIT';
  return TYPES.has(stated) && !contradicts ? stated : direction;
}

/** CURRENCY says that TRNAMT is in another currency than the account; it needs the rate. @see OFX 2.2 §5.2 */
function currencyOf(row: LedgerRecord, accountCurrency: CurrencyCode): string {
  if (row.currency === accountCurrency) return '';
  const rate = row.foreign?.currency === row.currency ? row.foreign.rate : null;
  if (rate === null || !/^\d{1,12}(?:\.\d{1,12})?$/.test(rate))
    throw rowNotExpressible(row, 'is in another currency than the account, and OFX needs a rate, which is not known');
  return element('CURRENCY', leaf('CURRATE', rate), leaf('CURSYM', row.currency));
}
