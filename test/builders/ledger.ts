// Deterministic source rows and events of one account, for tests and benches. The same options give the same ledger, to the last digit.
import { addDays, parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { SourceAccount, SourceTransaction, type SourceEvent } from '../../shared/model/source.ts';

/** A small deterministic generator: xorshift over 32 bits. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const SHOPS = [
  'Café Müller',
  'Harbour Stationers',
  'Northgate Energy',
  'Blue Line Taxis',
  'Acme Payroll',
  'Rent Office',
  'Post & Parcel',
];
const WORDS = ['invoice', 'card payment', 'standing order', 'direct debit', 'refund', 'transfer', 'subscription'];

export function aSourceAccount(changes: Partial<SourceAccount> = {}): SourceAccount {
  const base = {
    id: '404400 12345674',
    iban: null,
    currency: 'GBP',
    name: 'Business current',
    institution: 'Practice Bank',
  };
  return SourceAccount.parse({ ...base, kind: 'current', ...changes });
}

/** One booked row with every optional field empty; `changes` fill what a test is about. */
export function aSourceRow(changes: Partial<Record<keyof SourceTransaction, unknown>> = {}): SourceTransaction {
  const amountMinor = changes.amountMinor ?? '-350';
  return SourceTransaction.parse({
    amountMinor,
    currency: 'GBP',
    exponent: 2,
    state: 'booked',
    bookingDate: '2026-03-02',
    valueDate: null,
    transactionDate: null,
    rawAmount: amountMinor,
    rawSign: null,
    foreign: null,
    description: 'Coffee at the corner',
    counterparty: 'Café Müller',
    counterpartyAccount: null,
    endToEndId: null,
    sourceId: null,
    bankCode: null,
    balanceAfterMinor: null,
    children: [],
    raw: JSON.stringify(changes),
    ...changes,
  });
}

export interface LedgerOptions {
  readonly rows: number;
  readonly seed?: number;
  /** Rows a day on average. */
  readonly perDay?: number;
  readonly from?: string;
  readonly openingMinor?: bigint;
  /** Gives each row an id and a running balance, as the better banks do. */
  readonly ids?: boolean;
  readonly balances?: boolean;
  /** Share of rows that repeat the row before them exactly: twins. */
  readonly twins?: number;
}

export interface BuiltLedger {
  readonly rows: SourceTransaction[];
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
}

/** A ledger in booking order whose closing balance is its opening balance and the sum of its rows. */
export function buildLedger(options: LedgerOptions): BuiltLedger {
  const { rows: count, seed = 1, perDay = 20, from = '2023-01-01', openingMinor = 100_000n, twins = 0.02 } = options;
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const dates: string[] = [];
  const rows: SourceTransaction[] = [];
  let balance = openingMinor;
  for (let at = 0; at < count; at += 1) {
    const day = Math.floor(at / perDay);
    dates[day] ??= addDays(parseCalendarDate(from), day);
    const twin = rows.at(-1);
    const repeat = twin && twin.bookingDate === dates[day] && random() < twins;
    const amountMinor = repeat ? twin.amountMinor : String(Math.floor(random() * 90_000) - 50_000 || 1);
    balance += BigInt(amountMinor);
    const words = repeat
      ? { description: twin.description, counterparty: twin.counterparty, endToEndId: twin.endToEndId }
      : {
          description: `${pick(WORDS)} ${Math.floor(random() * 1e6)}`,
          counterparty: pick(SHOPS),
          endToEndId: random() < 0.3 ? `E2E-${Math.floor(random() * 1e9)}` : null,
        };
    rows.push({
      ...ROW,
      ...words,
      amountMinor: amountMinor as SourceTransaction['amountMinor'],
      rawAmount: amountMinor,
      bookingDate: dates[day] as SourceTransaction['bookingDate'],
      valueDate: dates[day] as SourceTransaction['bookingDate'],
      sourceId: options.ids ? `id-${seed}-${at}` : null,
      balanceAfterMinor: options.balances ? (balance.toString() as SourceTransaction['amountMinor']) : null,
      raw: `<STMTTRN><TRNAMT>${amountMinor}<FITID>${at}<NAME>${words.counterparty ?? ''}<MEMO>${words.description}</STMTTRN>`,
    });
  }
  return { rows, openingMinor, closingMinor: balance };
}

const ROW = aSourceRow();

export interface StatementOptions {
  readonly account?: SourceAccount;
  readonly rows: readonly SourceTransaction[];
  readonly openingMinor?: bigint | null;
  readonly closingMinor?: bigint | null;
  /** Rows a `transactions` event holds. */
  readonly slice?: number;
  readonly balances?: Extract<SourceEvent, { type: 'statement-end' }>['balances'];
}

/** The events of one statement over the given rows, its period from first to last row. */
export function statementEvents(options: StatementOptions): SourceEvent[] {
  const {
    account = aSourceAccount(),
    rows,
    openingMinor = null,
    closingMinor = null,
    slice = 1000,
    balances = [],
  } = options;
  const dates = rows.map((row) => row.bookingDate).sort();
  const [from, to] = [dates.at(0) ?? null, dates.at(-1) ?? null];
  const balance = (amount: bigint | null, date: typeof from) =>
    amount === null || date === null
      ? null
      : { amountMinor: amount.toString() as SourceTransaction['amountMinor'], date };
  const events: SourceEvent[] = [{ type: 'statement', account, statementId: null }];
  for (let start = 0; start < rows.length; start += slice)
    events.push({ type: 'transactions', items: rows.slice(start, start + slice) });
  const [opening, closing] = [balance(openingMinor, from), balance(closingMinor, to)];
  events.push({ type: 'statement-end', from, to, opening, closing, balances });
  return events;
}
