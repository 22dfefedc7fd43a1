// Maps field 25 to an account. It assigns nothing to a client.
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import type { SourceAccount } from '../../../../shared/model/source.ts';
import { cut, ibanOf, plainText } from '../values.ts';

/**
 * IBAN, `BIC/IBAN`, bank code and number, or a bare number; a currency behind it is no part of the number. The id is the number as written, a
 * German account number filled up to its ten digits, so that it ends like the account's IBAN. Null where the field is empty.
 * @see DK Anlage 3 Datenformate §8.1.3 (field 25: bank code / account number); ISO 13616 registry, DE: bank code of 8 and account of 10 digits
 */
export function mapAccount(field: string, currency: CurrencyCode, name: string | null): SourceAccount | null {
  const written = plainText(field, 200).split(' ')[0] ?? '';
  if (written === '') return null;
  const iban = ibanIn(written, currency);
  const id = iban ?? cut(germanNumber(withoutCurrency(written, currency)), 256);
  return { id, iban, currency, name, institution: null, kind: 'current' };
}

function ibanIn(written: string, currency: CurrencyCode): string | null {
  const parts = [written, ...written.split('/')];
  for (const part of parts) {
    const iban = ibanOf(part) ?? ibanOf(withoutCurrency(part, currency));
    if (iban !== null) return iban;
  }
  return null;
}

/** `4005287001EUR`, `123456/HUF`: the code counts as a currency only where it is the statement's own. */
function withoutCurrency(written: string, currency: CurrencyCode): string {
  if (!written.endsWith(currency)) return written;
  const number = written.slice(0, -currency.length);
  return /[\d/]$/.test(number) ? number.replace(/\/$/, '') : written;
}

function germanNumber(number: string): string {
  const match = /^(\d{8})\/(\d{1,9})$/.exec(number);
  return match ? `${match[1]}/${match[2]?.padStart(10, '0')}` : number;
}
