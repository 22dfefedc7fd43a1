// One Ntry with its details. NtryRef is the ledger's own id; the bank's reference stands beside it in AcctSvcrRef.
import type { ForeignAmount, SourceChild } from '../../../../shared/model/source.ts';
import type { LedgerRecord } from '../../../core/ports/statement-writer.ts';
import { isDebit } from '../amounts.ts';
import { identifier, shortened } from '../texts.ts';
import { element, leaf } from '../xml.ts';
import { MAX, bankTransactionCode, camtAmount, day, direction, relatedParties, remittance } from './parts.ts';

/** @see camt.053.001.08, ReportEntry10 */
export function camtEntry(row: LedgerRecord): string {
  const batch = row.children.length > 1;
  return `${element(
    'Ntry',
    leaf('NtryRef', row.transactionId),
    camtAmount(row),
    direction(row.amountMinor),
    element('Sts', leaf('Cd', 'BOOK')),
    day('BookgDt', row.bookingDate),
    day('ValDt', row.valueDate),
    leaf('AcctSvcrRef', identifier(row.sourceId, MAX.identifier)),
    bankTransactionCode(row.bankCode),
    row.foreign === null ? '' : originalAmount(row.foreign, row),
    element('NtryDtls', ...(batch ? batchDetails(row) : [singleDetail(row)])),
    batch ? leaf('AddtlNtryInf', shortened(row.description, 500)) : '',
  )}\n`;
}

/** @see AmountAndCurrencyExchange3: InstdAmt is the amount before conversion */
function originalAmount(foreign: ForeignAmount, row: LedgerRecord): string {
  // BaseOneRate has at most 11 digits, 10 of them decimals.
  const digits = foreign.rate?.replace('.', '').length ?? 0;
  const fits = foreign.rate !== null && /^\d+(?:\.\d{1,10})?$/.test(foreign.rate) && digits <= 11;
  const exchange = fits
    ? element(
        'CcyXchg',
        leaf('SrcCcy', foreign.currency),
        leaf('TrgtCcy', row.currency),
        leaf('XchgRate', foreign.rate),
      )
    : '';
  return element('AmtDtls', element('InstdAmt', camtAmount(foreign), exchange));
}

function singleDetail(row: LedgerRecord): string {
  return element(
    'TxDtls',
    element('Refs', leaf('EndToEndId', identifier(row.endToEndId, MAX.identifier))),
    relatedParties(row, isDebit(row.amountMinor)),
    remittance(row.description),
    element('RltdDts', leaf('TxDtTm', row.transactionDate && `${row.transactionDate}T00:00:00`)),
  );
}

/** @see EntryDetails9, EntryTransaction10 */
function batchDetails({ children, amountMinor }: LedgerRecord): string[] {
  const count = element('Btch', leaf('NbOfTxs', String(children.length)));
  return [count, ...children.map((child) => childDetail(child, isDebit(amountMinor)))];
}

function childDetail(child: SourceChild, entryIsDebit: boolean): string {
  const debit = child.amount === null ? entryIsDebit : isDebit(child.amount.amountMinor);
  const detail = element(
    'TxDtls',
    element(
      'Refs',
      leaf('AcctSvcrRef', identifier(child.sourceId, MAX.identifier)),
      leaf('EndToEndId', identifier(child.endToEndId, MAX.identifier)),
    ),
    child.amount === null ? '' : `${camtAmount(child.amount)}${direction(child.amount.amountMinor)}`,
    relatedParties(child, debit),
    remittance(child.description),
  );
  return detail === '' ? '<TxDtls/>' : detail;
}
