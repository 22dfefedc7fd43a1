// Maps the parts that entries, details and statements share: amounts, dates, parties, accounts, codes.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { type CurrencyCode, currencyExponent } from '../../../../shared/model/currency.ts';
import { calendarDateOf, currencyOf, ibanOf, minorUnitsOf, optionalText } from '../values.ts';
import { type CamtElement, find, textAt } from './elements.ts';

/** An unsigned amount as CAMT states it. */
export interface CamtAmount {
  readonly minor: bigint;
  readonly currency: CurrencyCode;
}

/** Null where the element is missing, has no currency, is negative, or has more significant decimals than its currency. */
export function amountOf(element: CamtElement | undefined): CamtAmount | null {
  const currency = currencyOf(element?.currency ?? '');
  if (!element || currency === null) return null;
  const minor = minorUnitsOf(element.text.trim(), currencyExponent(currency));
  return minor === null || minor < 0n ? null : { minor, currency };
}

/** `CRDT` is plus, `DBIT` minus, anything else null. */
export function signOf(indicator: string | undefined): 1n | -1n | null {
  if (indicator === 'CRDT') return 1n;
  return indicator === 'DBIT' ? -1n : null;
}

/** The day of a choice of `Dt` and `DtTm` with the bank's digits; a time zone never moves it. */
export function dateOf(choice: CamtElement | undefined): CalendarDate | null {
  return dateOfText(textAt(choice, 'Dt') ?? textAt(choice, 'DtTm'));
}

export function dateOfText(text: string | undefined): CalendarDate | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}(?:$|[TZ+-])/.test(text)) return null;
  return calendarDateOf(text.slice(0, 10));
}

/** IBAN, or the number under whatever name the version gives it (`Othr`, `PrtryAcct`, `BBAN`, `UPIC`). */
export function accountNumber(account: CamtElement | undefined): { iban: string | null; number: string | null } {
  const id = find(account, 'Id');
  const written =
    textAt(id, 'IBAN') ??
    textAt(id, 'Othr', 'Id') ??
    textAt(id, 'PrtryAcct', 'Id') ??
    textAt(id, 'BBAN') ??
    textAt(id, 'UPIC');
  const iban = written === undefined ? null : ibanOf(written);
  return { iban, number: iban ?? optionalText(written, 64) };
}

/** A party's name: direct up to version 07, under `Pty` or `Agt` from 08 on. */
export function partyName(party: CamtElement | undefined): string | null {
  const agent = find(party, 'Agt', 'FinInstnId');
  return optionalText(textAt(party, 'Nm') ?? textAt(party, 'Pty', 'Nm') ?? institutionName(agent), 4000);
}

/** Name or BIC of a `FinInstnId` in any version. */
export function institutionName(institution: CamtElement | undefined): string | undefined {
  return (
    textAt(institution, 'Nm') ??
    textAt(institution, 'NmAndAdr', 'Nm') ??
    textAt(institution, 'CmbndId', 'Nm') ??
    textAt(institution, 'BICFI') ??
    textAt(institution, 'BIC')
  );
}

/** ISO code `PMNT-RCDT-ESCT`, else the bank's own. */
export function bankCodeOf(element: CamtElement): string | null {
  const code = find(element, 'BkTxCd');
  const domain = find(code, 'Domn');
  const parts = [textAt(domain, 'Cd'), textAt(domain, 'Fmly', 'Cd'), textAt(domain, 'Fmly', 'SubFmlyCd')];
  const iso = parts.filter((part) => part !== undefined).join('-');
  return optionalText(iso === '' ? textAt(code, 'Prtry', 'Cd') : iso, 64);
}
