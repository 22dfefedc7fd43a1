// An invented ledger: four currencies, long names, pending rows, batch bookings and twins. The same account gives the same rows.
import { CalendarDate, addDays } from '../../../shared/model/calendar-date.ts';
import { currencyExponent } from '../../../shared/model/currency.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { Proof } from '../../../shared/model/source.ts';
import type { TransactionRow } from '../../../shared/ipc/contract/transactions.ts';
import { accountId, clientId, transactionId } from './ids.ts';

export interface DoubleAccount {
  readonly number: number;
  readonly client: ClientId;
  readonly name: string;
  readonly institution: string;
  readonly currency: string;
  readonly iban: string | null;
  readonly rows: number;
  readonly openingMinor: bigint;
  readonly proof: Proof;
  /** Number of its connection; null when it lives from files. */
  readonly connection: number | null;
  /** Age of its data in days; null before the first data. */
  readonly dataAge: number | null;
}

export const CLIENT_NAMES = [
  'Aldgate Instruments Ltd',
  'Bramble & Daughters Bakery',
  'Kontor Nord Schiffsausrüstung und Industriebedarf Handelsgesellschaft mbH & Co. KG',
  'Café Zürich',
  'Dr. Okonkwo Dental Practice',
  'Eastern Lights Trading KK',
  'Fjord Yachts AS',
  'Greenfield Community Housing Trust',
  'Harbour Supplies',
  'Isla Robertson, Landscape Architect',
  'Łódź Print & Packaging',
  'Moreton-in-Marsh Veterinary Surgery',
] as const;

const CURRENCIES = ['GBP', 'EUR', 'USD', 'JPY'] as const;
const BANKS = ['Practice Bank', 'Bank of the Thames', 'Nordseebank AG', 'First Pacific'] as const;
const KINDS = [
  'Operating account',
  'Client money',
  'Euro account',
  'Tax reserve',
  'Card settlement and refunds account',
];

const PARTIES = [
  'Thames Valley Power',
  'HM Revenue & Customs',
  'Nordwind Energie Vertriebsgesellschaft mbH',
  'Café Zürich',
  'Payroll',
  'M. Okonkwo',
  'Łódź Print Sp. z o.o.',
  'City of Westminster Business Rates',
  '東京商事株式会社',
  'Stripe Payments UK',
];
const SUBJECTS = ['Invoice', 'Refund', 'Salary', 'Direct debit', 'Card purchase', 'Standing order', 'VAT', 'Transfer'];

/** Accounts of all clients: one to five each, the first client's are large. */
export function doubleAccounts(clients: number): DoubleAccount[] {
  return Array.from({ length: clients }, (_, client) =>
    Array.from({ length: 1 + ((client * 3 + 3) % 4) }, (_, index): DoubleAccount => {
      const number = client * 10 + index + 1;
      const currency = CURRENCIES[(client + index) % 4] ?? 'GBP';
      return {
        number,
        client: clientId(client + 1),
        name: KINDS[index % KINDS.length] ?? 'Account',
        institution: BANKS[(client + index) % BANKS.length] ?? 'Practice Bank',
        currency,
        iban: index === 3 ? null : 'GB33BUKB20201555555555',
        rows: client === 0 ? 4800 - index * 900 : 60 + ((number * 37) % 400),
        openingMinor: BigInt(1_000_000 + number * 31_337),
        proof: number % 17 === 2 ? 'fail' : number % 5 === 4 ? 'absent' : 'pass',
        connection: index === 3 ? null : (client % 8) + 1,
        dataAge: client === 11 ? null : ([0.02, 0.2, 1.3, 0.1, 9.4, 0.3][client % 6] ?? 0),
      };
    }),
  ).flat();
}

const written = new Map<number, readonly TransactionRow[]>();

/** Rows of an account, newest first. */
export function ledgerOf(account: DoubleAccount): readonly TransactionRow[] {
  const known = written.get(account.number);
  if (known) return known;
  const today = CalendarDate.parse(new Date().toISOString().slice(0, 10));
  const rows = Array.from({ length: account.rows }, (_, index) => writeRow(account, index, today));
  written.set(account.number, rows);
  return rows;
}

/** The one row that stayed pending while its account's data went on. */
function isOverdue(account: DoubleAccount, index: number): boolean {
  return account.number === 3 && index === 40;
}

function stateOf(account: DoubleAccount, index: number): TransactionRow['state'] {
  const newest = index < 3 && account.dataAge !== null && account.connection !== null;
  return newest || isOverdue(account, index) ? 'pending' : 'booked';
}

function writeRow(account: DoubleAccount, index: number, today: CalendarDate): TransactionRow {
  const twin = index % 97 === 1 ? index - 1 : index;
  const seed = (twin * 7919 + account.number * 104_729) % 1_000_003;
  const party = PARTIES[seed % PARTIES.length] ?? '';
  const subject = SUBJECTS[seed % SUBJECTS.length] ?? '';
  const sign = seed % 3 === 0 ? 1 : -1;
  return {
    id: transactionId(account.number * 100_000 + index),
    accountId: accountId(account.number),
    accountName: account.name,
    state: stateOf(account, index),
    bookingDate: addDays(today, -Math.floor((twin * 1095) / account.rows)),
    valueDate: addDays(today, -Math.floor((twin * 1095) / account.rows)),
    amountMinor: String(sign === 1 ? ((seed % 900_000) + 1) * 2 + 4_000 : -((seed % 900_000) + 1)),
    currency: account.currency,
    exponent: currencyExponent(account.currency),
    description:
      `${subject} ${2_026_000 + twin} ${seed % 7 === 0 ? 'for services rendered in the period agreed between the parties, see contract' : ''}`.trim(),
    counterparty: seed % 11 === 0 ? null : party,
    children: seed % 53 === 0 ? 12 : 0,
    overdue: isOverdue(account, index),
  };
}

/** Sum of the rows of one state. */
export function sumOf(rows: readonly TransactionRow[], state: TransactionRow['state']): bigint {
  return rows.reduce((sum, row) => (row.state === state ? sum + BigInt(row.amountMinor) : sum), 0n);
}
