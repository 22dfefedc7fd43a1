// Profiles of tables for tests: columns by the header `Date,Text,Amount,Balance` unless a test says otherwise.
import { type ColumnReference, CsvProfile } from '../../shared/model/statement-profile.ts';

/** A column by its header. */
export function named(header: string, index = 0): ColumnReference {
  return { header, index };
}

/** A column by its place. */
export function placed(index: number): ColumnReference {
  return { header: null, index };
}

/** A profile of a plain table in euros: ISO dates, `.` as decimal mark, one signed amount. */
export function aCsvProfile(parts: Readonly<Record<string, unknown>> = {}): CsvProfile {
  return CsvProfile.parse({
    format: 'csv',
    charset: 'utf-8',
    delimiter: ',',
    skipLines: 0,
    hasHeader: true,
    ignoredRows: [],
    amount: { kind: 'signed', amount: named('Amount', 2) },
    signInverted: false,
    decimalMark: '.',
    dateOrder: 'ymd',
    bookingDate: named('Date'),
    valueDate: null,
    transactionDate: null,
    fee: null,
    description: [named('Text', 1)],
    counterparty: null,
    counterpartyAccount: null,
    endToEndId: null,
    sourceId: null,
    balanceAfter: null,
    account: null,
    currencyColumn: null,
    currency: 'EUR',
    status: null,
    ...parts,
  });
}
