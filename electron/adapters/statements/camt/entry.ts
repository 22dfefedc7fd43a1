// Maps one Ntry with its details to a ledger row. Its sign is CdtDbtInd's; a reversal does not turn it again.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ForeignAmount, SourceChild, SourceTransaction } from '../../../../shared/model/source.ts';
import { type Place, malformed, quoteSource } from '../failure.ts';
import type { StatementSink } from '../statement-sink.ts';
import { cut, optionalText, plainText, sourceAmount } from '../values.ts';
import { type CamtAmountDetails, type CamtDetail, type CamtParty, mapAmountDetails } from './details.ts';
import { type CamtElement, find, textAt } from './elements.ts';
import { type CamtAmount, amountOf, bankCodeOf, dateOf, signOf } from './parts.ts';

/** What an entry needs to know of its statement. */
export interface EntryContext {
  readonly place: Place;
  readonly raw: string;
  readonly sink: StatementSink;
  readonly accountCurrency: CurrencyCode;
  readonly accountNumber: string | null;
  readonly message: '052' | '053' | '054';
  /** The statement's own day, for entries that name none. */
  readonly fallbackDate: CalendarDate | null;
}

interface Entry {
  readonly element: CamtElement;
  readonly details: readonly CamtDetail[];
  readonly amount: CamtAmount;
  readonly sign: 1n | -1n;
  readonly reversal: boolean;
}

/**
 * The row, or null for an entry that is information only and no ledger row.
 * @throws {AppError} STATEMENT_MALFORMED, STATEMENT_UNSUPPORTED
 * @see ISO 20022 camt.053.001.08, ReportEntry10: "If CreditDebitIndicator is CRDT and ReversalIndicator is true, the original entry was a debit" —
 * the indicator already states the direction of the reversal itself
 */
export function mapEntry(
  element: CamtElement,
  details: readonly CamtDetail[],
  context: EntryContext,
): SourceTransaction | null {
  const state = stateOf(element, context);
  if (state === null) return null;
  const entry = readEntry(element, details, context);
  const single = details.length === 1 ? details[0] : undefined;
  const other = counterparty(entry, single, context);
  const minor = entry.sign * entry.amount.minor;
  return {
    ...sourceAmount(minor, entry.amount.currency),
    state,
    bookingDate: bookingDate(element, context),
    valueDate: dateOf(find(element, 'ValDt')),
    transactionDate: single?.transactionDate ?? null,
    rawAmount: cut(find(element, 'Amt')?.text.trim() ?? '', 64),
    rawSign: textAt(element, 'CdtDbtInd') ?? null,
    foreign: foreignOf(entry, single),
    description: descriptionOf(element, single),
    counterparty: other?.name ?? null,
    counterpartyAccount: other?.account ?? null,
    endToEndId: single?.endToEndId ?? null,
    sourceId: sourceIdOf(element, single),
    bankCode: bankCodeOf(element) ?? single?.bankCode ?? null,
    balanceAfterMinor: null,
    children: details.length > 1 ? childrenOf(entry, context) : [],
    raw: context.raw,
  };
}

function readEntry(element: CamtElement, details: readonly CamtDetail[], context: EntryContext): Entry {
  const written = find(element, 'Amt');
  const amount = amountOf(written);
  if (amount === null)
    throw malformed(
      context.place,
      'an amount in Ntry/Amt with no more decimals than its currency has',
      `${written?.text.trim() ?? ''} ${written?.currency ?? ''}`,
    );
  const sign = signOf(textAt(element, 'CdtDbtInd'));
  if (sign === null)
    throw malformed(context.place, 'CRDT or DBIT in Ntry/CdtDbtInd', textAt(element, 'CdtDbtInd') ?? '');
  if (amount.currency !== context.accountCurrency) {
    context.sink.warn(
      'ROW_IN_OTHER_CURRENCY',
      `Line ${context.place.line}: an entry is in ${amount.currency}, the account in ${context.accountCurrency}.`,
    );
  }
  const reversal = ['true', '1'].includes(textAt(element, 'RvslInd') ?? '');
  return { element, details, amount, sign, reversal };
}

/** Status is text up to version 07 and a choice from 08 on. @see ISO 20022 external code set, EntryStatus: BOOK, PDNG, FUTR, INFO */
function stateOf(element: CamtElement, context: EntryContext): 'booked' | 'pending' | null {
  const status = textAt(element, 'Sts', 'Cd') ?? textAt(element, 'Sts', 'Prtry') ?? textAt(element, 'Sts');
  if (status === 'BOOK') return 'booked';
  if (status === 'PDNG' || status === 'FUTR') return 'pending';
  if (status === 'INFO') {
    context.sink.warn(
      'ENTRY_INFORMATION_ONLY',
      `Line ${context.place.line}: an entry with status INFO is not on the account and was left out.`,
    );
    return null;
  }
  if (status === undefined && context.message === '053') {
    context.sink.warn(
      'STATUS_MISSING',
      `Line ${context.place.line}: an entry has no status; a statement holds booked entries, so it counts as booked.`,
    );
    return 'booked';
  }
  if (status === undefined) throw malformed(context.place, 'a status in Ntry/Sts', '');
  throw new AppError('STATEMENT_UNSUPPORTED', {
    what: `an entry with status ${quoteSource(status)}`,
    line: String(context.place.line),
  });
}

function bookingDate(element: CamtElement, context: EntryContext): CalendarDate {
  const booked = dateOf(find(element, 'BookgDt'));
  if (booked !== null) return booked;
  if (find(element, 'BookgDt'))
    throw malformed(
      context.place,
      'a date in Ntry/BookgDt',
      textAt(element, 'BookgDt', 'Dt') ?? textAt(element, 'BookgDt', 'DtTm') ?? '',
    );
  const other = dateOf(find(element, 'ValDt')) ?? context.fallbackDate;
  if (other === null) throw malformed(context.place, 'a date in Ntry/BookgDt', '');
  context.sink.warn(
    'BOOKING_DATE_MISSING',
    `Line ${context.place.line}: an entry has no booking date; ${other} was taken from its value date or its statement.`,
  );
  return other;
}

/** The source id in the order of stability. @see ISO 20022 ReportEntry10: AcctSvcrRef is "unique … assigned by the account servicing institution" */
function sourceIdOf(element: CamtElement, single: CamtDetail | undefined): string | null {
  const own = textAt(element, 'AcctSvcrRef') ?? single?.servicerReference ?? textAt(element, 'NtryRef');
  return optionalText(own ?? single?.endToEndId ?? single?.uetr ?? undefined, 256);
}

function descriptionOf(element: CamtElement, single: CamtDetail | undefined): string {
  const text = single?.description ?? '';
  return text === '' ? plainText(textAt(element, 'AddtlNtryInf') ?? '', 4000) : text;
}

/**
 * The party on the other side: the debtor of money in, the creditor of money out. A reversal keeps the roles of the entry that it takes back.
 * Where that party's account is the statement's own account, the roles were swapped by the bank and the other one is meant.
 */
function counterparty(entry: Entry, single: CamtDetail | undefined, context: EntryContext): CamtParty | null {
  if (!single) return null;
  const debtorSide = entry.sign > 0n !== entry.reversal;
  const [likely, opposite] = debtorSide ? [single.debtor, single.creditor] : [single.creditor, single.debtor];
  const own = context.accountNumber;
  const swapped = own !== null && likely.account === own && opposite.account !== null && opposite.account !== own;
  return swapped ? opposite : likely;
}

function foreignOf(entry: Entry, single: CamtDetail | undefined): ForeignAmount | null {
  const own = foreignIn(mapAmountDetails(find(entry.element, 'AmtDtls'), null), entry);
  return own ?? (single ? foreignIn(single.amounts, entry) : null);
}

function foreignIn(details: CamtAmountDetails, entry: Entry): ForeignAmount | null {
  const found = details.amounts.find((amount) => amount.currency !== entry.amount.currency);
  return found ? { ...sourceAmount(entry.sign * found.minor, found.currency), rate: details.rate } : null;
}

function childrenOf(entry: Entry, context: EntryContext): SourceChild[] {
  const children = entry.details.map((detail) => childOf(entry, detail, context));
  const sum = sumOf(children, entry.amount.currency);
  if (sum !== null && sum !== entry.sign * entry.amount.minor) {
    context.sink.warn(
      'BATCH_SUM_DIFFERS',
      `Line ${context.place.line}: the details of a batch do not add up to its entry; the entry counts.`,
    );
  }
  return children;
}

function childOf(entry: Entry, detail: CamtDetail, context: EntryContext): SourceChild {
  if (detail.unreadableAmount) {
    context.sink.warn(
      'AMOUNT_UNREADABLE',
      `Line ${context.place.line}: a detail of a batch has no readable amount; the entry counts.`,
    );
  }
  const sign = detail.sign ?? entry.sign;
  const other = counterparty({ ...entry, sign }, detail, context);
  return {
    amount: detail.amount === null ? null : sourceAmount(sign * detail.amount.minor, detail.amount.currency),
    description: detail.description,
    counterparty: other?.name ?? null,
    counterpartyAccount: other?.account ?? null,
    endToEndId: detail.endToEndId,
    sourceId: detail.servicerReference ?? detail.endToEndId ?? detail.uetr,
  };
}

/** Null where a child has no amount or one in another currency: then nothing can be compared. */
function sumOf(children: readonly SourceChild[], currency: CurrencyCode): bigint | null {
  let sum = 0n;
  for (const child of children) {
    if (child.amount?.currency !== currency) return null;
    sum += BigInt(child.amount.amountMinor);
  }
  return sum;
}
