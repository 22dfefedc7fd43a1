// Ledgers to be exported: of fixed or random rows, with the header that belongs to them. It knows no format.
import { type Arbitrary, array, bigInt, constantFrom, integer, option, record, tuple } from 'fast-check';
import type {
  LedgerAccount,
  LedgerFile,
  LedgerHeader,
  LedgerRecord,
  LedgerSum,
  StatementWriter,
} from '../../electron/core/ports/statement-writer.ts';
import { type CalendarDate, addDays, parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { CurrencyCode, currencyExponent } from '../../shared/model/currency.ts';
import { TransactionId } from '../../shared/model/ids.ts';
import { Instant } from '../../shared/model/instant.ts';
import { MinorUnits, toMinorUnits } from '../../shared/model/money.ts';
import type { ForeignAmount, SourceChild } from '../../shared/model/source.ts';

export interface WrittenLedger {
  readonly header: LedgerHeader;
  readonly rows: readonly LedgerRecord[];
}

export const IBAN = 'DE89370400440532013000';
const FIRST_DAY = parseCalendarDate('2025-11-20');

export function anAccount(overrides: Partial<LedgerAccount> = {}): LedgerAccount {
  const currency = overrides.currency ?? CurrencyCode.parse('EUR');
  return {
    iban: IBAN,
    number: IBAN,
    institution: 'Bank of Elsewhere',
    name: 'Müller & Söhne GmbH, current',
    kind: 'current',
    currency,
    exponent: currencyExponent(currency),
    ...overrides,
  };
}

/** Number `index` of a ledger: its id follows from it. */
export function aRecord(index: number, overrides: Partial<LedgerRecord> = {}): LedgerRecord {
  return {
    transactionId: TransactionId.parse(`transaction_${index.toString(16).padStart(20, '0')}`),
    amountMinor: MinorUnits.parse('-1250'),
    currency: CurrencyCode.parse('EUR'),
    exponent: 2,
    bookingDate: FIRST_DAY,
    valueDate: FIRST_DAY,
    transactionDate: null,
    description: `Invoice ${index}`,
    counterparty: 'Acme Ltd',
    counterpartyAccount: 'GB29NWBK60161331926819',
    endToEndId: `E2E-${index}`,
    sourceId: `REF${index}`,
    bankCode: null,
    foreign: null,
    children: [],
    ...overrides,
  };
}

/** A ledger that is proven: closing is opening and the sum of the rows in the account's currency. */
export function aLedger(rows: readonly LedgerRecord[], overrides: Partial<LedgerHeader> = {}): WrittenLedger {
  const account = overrides.account ?? anAccount();
  const own = rows.filter((row) => row.currency === account.currency);
  const credits = sumOf(own.filter((row) => !row.amountMinor.startsWith('-')));
  const debits = sumOf(own.filter((row) => row.amountMinor.startsWith('-')));
  const opening = 123_456n;
  const closing = opening + BigInt(credits.sumMinor) + BigInt(debits.sumMinor);
  const from = rows[0]?.bookingDate ?? FIRST_DAY;
  const to = rows.at(-1)?.bookingDate ?? FIRST_DAY;
  const header: LedgerHeader = {
    statementId: 'S2026000000000A1',
    createdAt: Instant.parse('2026-04-02T08:15:30.250Z'),
    office: 'Kanzlei <Grün> & Partner',
    software: 'Strongroom 0.1.0',
    account,
    from,
    to,
    balances: {
      opening: { amountMinor: toMinorUnits(opening), date: addDays(from, -1) },
      closing: { amountMinor: toMinorUnits(closing), date: to },
    },
    totals: { rows: rows.length, credits, debits },
    ...overrides,
  };
  return { header, rows };
}

function sumOf(rows: readonly LedgerRecord[]): LedgerSum {
  const sum = rows.reduce((total, row) => total + BigInt(row.amountMinor), 0n);
  return { rows: rows.length, sumMinor: toMinorUnits(sum) };
}

/** The whole file, its rows given in slices of `slice`. */
export function writtenBytes(writer: StatementWriter, { header, rows }: WrittenLedger, slice = 100): Buffer {
  const file: LedgerFile = writer.open(header);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < rows.length; at += slice) pieces.push(...file.write(rows.slice(at, at + slice)));
  return Buffer.concat([...pieces, ...file.end()]);
}

const WORDS = [
  'Invoice',
  '4711',
  'Grüße',
  'Łódź',
  'naïve',
  'R&D',
  '<b>',
  '"quoted"',
  '€ 5',
  '=1+1',
  '-x',
  '@home',
  '+49',
  ':61:',
  '-',
  'EREF+fake',
  "O'Brien",
  'a,b;c',
  '100%',
  'Ωmega',
  '😀',
  'what?20',
  '_x0041_',
  'ref/2026/01',
  '00123',
];

/** Words with single blanks between, as the ledger keeps texts. */
const words = (max: number): Arbitrary<string> =>
  array(constantFrom(...WORDS), { minLength: 1, maxLength: max }).map((list) => list.join(' '));

const amounts = (digits: number): Arbitrary<MinorUnits> =>
  bigInt({ min: -(10n ** BigInt(digits)) + 1n, max: 10n ** BigInt(digits) - 1n }).map(toMinorUnits);

const numbers = constantFrom('GB29NWBK60161331926819', 'FR1420041010050500013M02606', '12345678', null);

/** References of `from` to `to` characters. */
const references = (from: number, to: number): Arbitrary<string> =>
  tuple(integer({ min: from, max: to }), bigInt({ min: 0n, max: 2n ** 200n })).map(([length, seed]) =>
    seed.toString(36).toUpperCase().padStart(40, '0').slice(-length),
  );

const separated = tuple(references(1, 16), constantFrom('-', '/', ':', '.', ' '), references(1, 17)).map((parts) =>
  parts.join(''),
);

const children: Arbitrary<SourceChild[]> = array(
  record({
    amount: option(
      amounts(7).map((amountMinor) => ({ amountMinor, currency: CurrencyCode.parse('EUR'), exponent: 2 })),
    ),
    description: words(3),
    counterparty: option(words(2)),
    counterpartyAccount: numbers,
    endToEndId: option(references(5, 20)),
    sourceId: references(5, 20),
  }),
  { minLength: 2, maxLength: 3 },
);

interface Shape {
  /** Most digits of an amount in minor units. */
  readonly digits: number;
  readonly currency?: string;
  /** Longest texts in words. */
  readonly words?: number;
}

const days = (min: number, max: number): Arbitrary<number> => integer({ min, max });

function rowOf({
  digits,
  currency = 'EUR',
  words: longest = 6,
}: Shape): Arbitrary<Omit<LedgerRecord, 'transactionId'>> {
  const code = CurrencyCode.parse(currency);
  return record({
    amountMinor: amounts(digits),
    bookingDate: days(0, 120),
    valueDate: option(days(-40, 40)),
    transactionDate: option(days(-9, 0)),
    description: words(longest),
    counterparty: option(words(4)),
    counterpartyAccount: numbers,
    endToEndId: option(separated),
    sourceId: option(references(1, 40)),
    bankCode: option(constantFrom('PMNT-RCDT-ESCT', 'NTRF', '166', 'POS')),
    foreign: option(tuple(days(1, 99_999_999), option(constantFrom('1.0834', '0.92', '1'))), { freq: 4 }),
    children: option(children, { freq: 6, nil: [] }),
  }).map((row) => {
    const bookingDate = addDays(FIRST_DAY, row.bookingDate);
    const later = (by: number | null): CalendarDate | null => (by === null ? null : addDays(bookingDate, by));
    return {
      ...row,
      currency: code,
      exponent: currencyExponent(currency),
      bookingDate,
      valueDate: later(row.valueDate),
      transactionDate: later(row.transactionDate),
      foreign: row.foreign && foreignAmount(row.amountMinor, row.foreign),
    };
  });
}

/** The bank states an original amount in the direction of its row. */
function foreignAmount(own: MinorUnits, [minor, rate]: readonly [number, string | null]): ForeignAmount {
  const amountMinor = toMinorUnits(BigInt(own.startsWith('-') ? -minor : minor));
  return { amountMinor, currency: CurrencyCode.parse('USD'), exponent: 2, rate };
}

/** Proven ledgers of up to 24 rows in the order of their days; some rows are twins of others. */
export function ledgers(shape: Shape, account?: Partial<LedgerAccount>): Arbitrary<WrittenLedger> {
  const currency = CurrencyCode.parse(shape.currency ?? 'EUR');
  return array(tuple(rowOf(shape), integer({ min: 1, max: 2 })), { minLength: 1, maxLength: 12 }).map((list) => {
    const twins = list.flatMap(([row, times]) => Array.from({ length: times }, () => row));
    const ordered = twins.sort((a, b) => a.bookingDate.localeCompare(b.bookingDate));
    const rows = ordered.map((row, index) => ({ ...aRecord(index + 1), ...row }));
    return aLedger(rows, { account: anAccount({ currency, ...account }) });
  });
}
