// Invented profiles: one that fits the double's recognised files, and what a proposal of the others begins with.
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { ProfileId } from '../../../shared/model/ids.ts';
import type { CsvProfile, SavedProfile } from '../../../shared/model/statement-profile.ts';
import { fakeHash, instantAgo } from './ids.ts';

export const COLUMNS = ['Buchungstag', 'Valuta', 'Auftraggeber / Begünstigter', 'Verwendungszweck', 'Betrag', 'Saldo'];
export const KNOWN_SIGNATURE = fakeHash(801);
export const NEW_SIGNATURE = fakeHash(802);

function column(index: number): { header: string | null; index: number } {
  return { header: COLUMNS[index] ?? null, index };
}

export function csvProfile(change: Partial<CsvProfile> = {}): CsvProfile {
  return {
    format: 'csv',
    charset: 'windows-1252',
    delimiter: ';',
    skipLines: 2,
    hasHeader: true,
    ignoredRows: [],
    amount: { kind: 'signed', amount: column(4) },
    signInverted: false,
    decimalMark: ',',
    dateOrder: 'dmy',
    bookingDate: column(0),
    valueDate: column(1),
    transactionDate: null,
    fee: null,
    description: [column(3)],
    counterparty: column(2),
    counterpartyAccount: null,
    endToEndId: null,
    sourceId: null,
    balanceAfter: column(5),
    account: null,
    currencyColumn: null,
    currency: CurrencyCode.parse('EUR'),
    status: null,
    ...change,
  };
}

export function profileIdOf(number: number): ProfileId {
  return ProfileId.parse(`profile_${number.toString(16).padStart(20, '0')}`);
}

export function doubleProfiles(): SavedProfile[] {
  const savedBy = 'Margarethe Thornbury-Oyelaran';
  const saved = { savedAt: instantAgo(30), savedBy, profile: csvProfile() };
  return [
    { ...saved, id: profileIdOf(1), name: 'Nordseebank Umsatzliste', signature: KNOWN_SIGNATURE },
    {
      id: profileIdOf(2),
      name: 'Old ledger program',
      signature: fakeHash(803),
      savedAt: instantAgo(200),
      savedBy,
      profile: {
        format: 'qif',
        charset: 'utf-8',
        dateOrder: 'mdy',
        decimalMark: '.',
        currency: CurrencyCode.parse('USD'),
      },
    },
  ];
}
