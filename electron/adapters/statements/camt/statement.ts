// Maps what a statement says about itself: account, period, balances, summary, pages.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import type { BalanceType, SourceAccount, SourceBalance, StatementBalance } from '../../../../shared/model/source.ts';
import { currencyOf, cut, minorString, optionalText } from '../values.ts';
import { type CamtElement, find, textAt } from './elements.ts';
import { accountNumber, amountOf, dateOf, dateOfText, institutionName, partyName, signOf } from './parts.ts';

/** @see ISO 20022 external code set, BalanceType */
const BALANCE_TYPES: ReadonlyMap<string, BalanceType> = new Map([
  ['OPBD', 'opening-booked'],
  ['CLBD', 'closing-booked'],
  ['ITBD', 'interim-booked'],
  ['OPAV', 'opening-available'],
  ['CLAV', 'closing-available'],
  ['ITAV', 'interim-available'],
  ['PRCD', 'previously-closed-booked'],
  ['FWAV', 'forward-available'],
  ['XPCD', 'expected'],
  ['INFO', 'information'],
]);

/** @see ISO 20022 external code set, CashAccountType */
const KINDS: ReadonlyMap<string, SourceAccount['kind']> = new Map([
  ['CACC', 'current'],
  ['TRAN', 'current'],
  ['SVGS', 'savings'],
  ['LLSV', 'savings'],
  ['MOMA', 'savings'],
  ['CARD', 'card'],
  ['LOAN', 'loan'],
  ['OTHR', 'other'],
]);

/** The account, null without any number. */
export function mapAccount(element: CamtElement | undefined, currency: CurrencyCode | null): SourceAccount | null {
  const { iban, number } = accountNumber(element);
  if (number === null) return null;
  const servicer = institutionName(find(element, 'Svcr', 'FinInstnId'));
  return {
    id: cut(number, 256),
    iban,
    currency,
    name: optionalText(textAt(element, 'Nm') ?? partyName(find(element, 'Ownr')) ?? undefined, 400),
    institution: optionalText(servicer, 400),
    kind: KINDS.get(textAt(element, 'Tp', 'Cd') ?? '') ?? 'current',
  };
}

/** A balance, or the reason why it is left out. */
export function mapBalance(element: CamtElement): SourceBalance | 'type' | 'value' {
  const code =
    textAt(element, 'Tp', 'CdOrPrtry', 'Cd') ??
    textAt(element, 'Tp', 'Cd') ??
    textAt(element, 'Tp', 'CdOrPrtry', 'Prtry');
  const type = BALANCE_TYPES.get(code ?? '');
  if (type === undefined) return 'type';
  const amount = amountOf(find(element, 'Amt'));
  const sign = signOf(textAt(element, 'CdtDbtInd'));
  const date = dateOf(find(element, 'Dt'));
  if (amount === null || sign === null || date === null) return 'value';
  return { type, amountMinor: minorString(sign * amount.minor), currency: amount.currency, date };
}

/** Only what the statement states; a missing period is null. */
export function mapPeriod(element: CamtElement | undefined): { from: CalendarDate | null; to: CalendarDate | null } {
  return {
    from: dateOfText(textAt(element, 'FrDtTm') ?? textAt(element, 'FrDt')),
    to: dateOfText(textAt(element, 'ToDtTm') ?? textAt(element, 'ToDt')),
  };
}

/** Number of entries by TxsSummry, null where it does not say. */
export function statedEntries(summary: CamtElement | undefined): number | null {
  const text = textAt(summary, 'TtlNtries', 'NbOfNtries');
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** True when the statement says that another page follows. */
export function hasMorePages(pagination: CamtElement | undefined): boolean {
  return ['false', '0'].includes(textAt(pagination, 'LastPgInd') ?? '');
}

/** The earliest opening balance; the previous closing where no opening is stated. */
export function openingOf(balances: readonly SourceBalance[]): SourceBalance | null {
  return first(balances, 'opening-booked') ?? first(balances, 'previously-closed-booked');
}

/** The latest closing balance. */
export function closingOf(balances: readonly SourceBalance[]): SourceBalance | null {
  let latest: SourceBalance | null = null;
  for (const balance of balances) {
    if (balance.type === 'closing-booked' && (latest === null || balance.date > latest.date)) latest = balance;
  }
  return latest;
}

function first(balances: readonly SourceBalance[], type: BalanceType): SourceBalance | null {
  let earliest: SourceBalance | null = null;
  for (const balance of balances) {
    if (balance.type === type && (earliest === null || balance.date < earliest.date)) earliest = balance;
  }
  return earliest;
}

/** Account currency: stated, else that of a booked balance, else the first entry's, else any balance's. */
export function accountCurrency(
  account: CamtElement | undefined,
  balances: readonly SourceBalance[],
  entry: CamtElement | null,
): CurrencyCode | null {
  const booked = openingOf(balances) ?? closingOf(balances) ?? first(balances, 'interim-booked');
  return (
    currencyOf(textAt(account, 'Ccy') ?? '') ??
    booked?.currency ??
    currencyOf(find(entry ?? undefined, 'Amt')?.currency ?? '') ??
    balances[0]?.currency ??
    null
  );
}

/** The balance without its currency, null where it is in another currency than the account. */
export function inAccountCurrency(
  balance: SourceBalance | null,
  currency: CurrencyCode | null,
): StatementBalance | null {
  if (balance === null || balance.currency !== currency) return null;
  return { amountMinor: balance.amountMinor, date: balance.date };
}
