// The parts that CAMT entries, details and balances share: amounts, parties, accounts, codes.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { isIban } from '../../../../shared/model/iban.ts';
import type { SourceAmount } from '../../../../shared/model/source.ts';
import { isDebit, magnitudeOf } from '../amounts.ts';
import { identifier, paragraphs, shortened } from '../texts.ts';
import { element, leaf } from '../xml.ts';

/** Lengths of the schema's types Max35Text, Max34Text, Max140Text. */
export const MAX = { identifier: 35, account: 34, name: 140, remittance: 140 };

/** Amount without sign, and the direction beside it. */
export function camtAmount(amount: SourceAmount): string {
  return `<Amt Ccy="${amount.currency}">${magnitudeOf(amount)}</Amt>`;
}

export function direction(amountMinor: string): string {
  return leaf('CdtDbtInd', isDebit(amountMinor) ? 'DBIT' : 'CRDT');
}

export function day(name: string, date: CalendarDate | null): string {
  return element(name, leaf('Dt', date));
}

/** IBAN or other number; nothing where it does not fit. @see AccountIdentification4Choice */
export function accountId(number: string | null): string {
  if (number === null) return '';
  const id = isIban(number) ? leaf('IBAN', number) : element('Othr', leaf('Id', identifier(number, MAX.account)));
  return element('Id', id);
}

/** What a detail says of the other side. */
export interface CamtOtherSide {
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
}

/** The other side is the debtor of money in and the creditor of money out. @see TransactionParties6 */
export function relatedParties(side: CamtOtherSide, debit: boolean): string {
  const role = debit ? 'Cdtr' : 'Dbtr';
  return element(
    'RltdPties',
    element(role, element('Pty', leaf('Nm', side.counterparty && shortened(side.counterparty, MAX.name)))),
    element(`${role}Acct`, accountId(side.counterpartyAccount)),
  );
}

export function remittance(description: string): string {
  return element('RmtInf', ...paragraphs(description, MAX.remittance).map((part) => leaf('Ustrd', part)));
}

/** `PMNT-RCDT-ESCT` is ISO's domain, family and sub-family; anything else the bank's own. The element may not be left out, but be empty. */
export function bankTransactionCode(code: string | null): string {
  const iso = /^([A-Z]{4})-([A-Z]{4})-([A-Z]{4})$/.exec(code ?? '');
  const [, domain = '', family = '', subFamily = ''] = iso ?? [];
  const content = iso
    ? element('Domn', leaf('Cd', domain), element('Fmly', leaf('Cd', family), leaf('SubFmlyCd', subFamily)))
    : element('Prtry', leaf('Cd', identifier(code, MAX.identifier)));
  return content === '' ? '<BkTxCd/>' : element('BkTxCd', content);
}
