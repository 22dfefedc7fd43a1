// What a file of a format without fixed meaning (CSV, QIF) needs to be told before it can be read. Saved by name, exported as JSON, recognised again.
import { z } from 'zod';
import { CurrencyCode } from './currency.ts';
import { ProfileId } from './ids.ts';
import { Instant } from './instant.ts';

/** Order of day, month and year in the file's dates. Two-digit years mean 1970 to 2069. */
export const DateOrder = z.enum(['ymd', 'dmy', 'mdy']);
export type DateOrder = z.infer<typeof DateOrder>;

export const DecimalMark = z.enum(['.', ',']);
export type DecimalMark = z.infer<typeof DecimalMark>;

/** A column by the text of its header; by its place, from 0, where the file has no header. */
export const ColumnReference = z.strictObject({
  header: z.string().min(1).max(200).nullable(),
  index: z.int().min(0).max(999),
});
export type ColumnReference = z.infer<typeof ColumnReference>;

/**
 * Where amounts come from. `signed`: one column with its sign. `split`: money out and money in in two columns; a minus in them is only their ornament, so
 * a column that changes its sign is refused. `indicated`: an unsigned amount and a column whose text says the direction; any other text than `debit` and
 * `credit` (in any case) is refused.
 */
export const AmountColumns = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signed'), amount: ColumnReference }),
  z.strictObject({ kind: z.literal('split'), debit: ColumnReference, credit: ColumnReference }),
  z.strictObject({
    kind: z.literal('indicated'),
    amount: ColumnReference,
    indicator: ColumnReference,
    debit: z.string().min(1).max(40),
    credit: z.string().min(1).max(40),
  }),
]);
export type AmountColumns = z.infer<typeof AmountColumns>;

export const PROFILE_CHARSETS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'iso-8859-2',
] as const;

const column = ColumnReference.nullable();

const statusTexts = z.array(z.string().max(40)).max(20);

/** Rows marked `ignored` never happened: declined, reverted. An empty text stands for an empty cell. */
export const StatusColumn = z.strictObject({
  column: ColumnReference,
  booked: statusTexts,
  pending: statusTexts,
  ignored: statusTexts,
});
export type StatusColumn = z.infer<typeof StatusColumn>;

/** How one bank writes its tables. Nothing in it names a client or an account, so an office can share it. */
export const CsvProfile = z.strictObject({
  format: z.literal('csv'),
  charset: z.enum(PROFILE_CHARSETS),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Lines before the header, or before the first row where there is none. With a header it is also found where the bank wrote fewer or more of them. */
  skipLines: z.int().min(0).max(200),
  hasHeader: z.boolean(),
  /**
   * Totals and notices: rows whose first filled cell begins with one of these texts, or any cell of a whole row without an amount. Blank lines and
   * repeated headers need no entry.
   */
  ignoredRows: z.array(z.string().min(1).max(100)).max(20),
  amount: AmountColumns,
  /** True where the bank writes money out with a plus, as card statements do; the running balance is then what is owed. */
  signInverted: z.boolean(),
  decimalMark: DecimalMark,
  dateOrder: DateOrder,
  bookingDate: ColumnReference,
  valueDate: column,
  /** The day of the purchase, where the bank states it beside the booking. */
  transactionDate: column,
  /** A fee that the bank takes besides the amount, written without a sign: it is part of the row. */
  fee: column,
  description: z.array(ColumnReference).max(10),
  counterparty: column,
  counterpartyAccount: column,
  endToEndId: column,
  sourceId: column,
  balanceAfter: column,
  account: column,
  /** A column with ISO 4217 codes; else every row is in `currency`. One of the two is set. */
  currencyColumn: column,
  currency: CurrencyCode.nullable(),
  /** What the texts of a column say about a row's state, in any case; a text in none of the lists is refused. Null where all rows are booked. */
  status: StatusColumn.nullable(),
});
export type CsvProfile = z.infer<typeof CsvProfile>;

export const QifProfile = z.strictObject({
  format: z.literal('qif'),
  charset: z.enum(PROFILE_CHARSETS),
  dateOrder: DateOrder,
  decimalMark: DecimalMark,
  /** QIF never says its currency: null until a person has, and until then nothing is read. */
  currency: CurrencyCode.nullable(),
});
export type QifProfile = z.infer<typeof QifProfile>;

export const StatementProfile = z.discriminatedUnion('format', [CsvProfile, QifProfile]);
export type StatementProfile = z.infer<typeof StatementProfile>;

/** A profile the office keeps. `signature` is of the files it fits: SHA-256 over format, delimiter and header cells, 64 hex digits. */
export const SavedProfile = z.strictObject({
  id: ProfileId,
  name: z.string().trim().min(1).max(120),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
  profile: StatementProfile,
  savedAt: Instant,
  savedBy: z.string(),
});
export type SavedProfile = z.infer<typeof SavedProfile>;
