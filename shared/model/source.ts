// What a bank or a statement file said, normalised but not yet matched: the language between readers, bank adapters and the vault.
import { z } from 'zod';
import { CalendarDate } from './calendar-date.ts';
import { CurrencyCode } from './currency.ts';
import { MinorUnits } from './money.ts';

/** `pending` never counts in booked totals. */
export const TransactionState = z.enum(['pending', 'booked', 'removed']);
export type TransactionState = z.infer<typeof TransactionState>;

/** An amount with its exponent, as the source meant it. Plus is money in. */
export const SourceAmount = z.strictObject({
  amountMinor: MinorUnits,
  currency: CurrencyCode,
  exponent: z.int().min(0).max(4),
});
export type SourceAmount = z.infer<typeof SourceAmount>;

/** The amount in another currency beside the account amount, with the bank's own rate as its decimal string. */
export const ForeignAmount = SourceAmount.extend({ rate: z.string().max(40).nullable() });
export type ForeignAmount = z.infer<typeof ForeignAmount>;

const text = z.string().max(4000);

/** A detail of a batch booking. It explains the row above it and never counts by itself. */
export const SourceChild = z.strictObject({
  amount: SourceAmount.nullable(),
  description: text,
  counterparty: text.nullable(),
  counterpartyAccount: z.string().max(64).nullable(),
  endToEndId: z.string().max(128).nullable(),
  sourceId: z.string().max(256).nullable(),
});
export type SourceChild = z.infer<typeof SourceChild>;

/** One ledger row as the source gave it. `raw` is the source's own record, `rawAmount` its amount and `rawSign` its own indicator (`DBIT`, `D`, `-`), letter for letter. */
export const SourceTransaction = SourceAmount.extend({
  state: z.enum(['pending', 'booked']),
  bookingDate: CalendarDate,
  valueDate: CalendarDate.nullable(),
  transactionDate: CalendarDate.nullable(),
  rawAmount: z.string().max(64),
  rawSign: z.string().max(16).nullable(),
  foreign: ForeignAmount.nullable(),
  description: text,
  counterparty: text.nullable(),
  counterpartyAccount: z.string().max(64).nullable(),
  endToEndId: z.string().max(128).nullable(),
  sourceId: z.string().max(256).nullable(),
  bankCode: z.string().max(64).nullable(),
  balanceAfterMinor: MinorUnits.nullable(),
  children: z.array(SourceChild).max(100_000),
  raw: z.string().max(1_000_000),
});
export type SourceTransaction = z.infer<typeof SourceTransaction>;

/** Balance kinds in ISO 20022 terms; OFX LEDGERBAL is `closing-booked`, AVAILBAL `closing-available`. */
export const BalanceType = z.enum([
  'opening-booked',
  'closing-booked',
  'interim-booked',
  'opening-available',
  'closing-available',
  'interim-available',
  'previously-closed-booked',
  'forward-available',
  'expected',
  'information',
]);
export type BalanceType = z.infer<typeof BalanceType>;

export const SourceBalance = z.strictObject({
  type: BalanceType,
  amountMinor: MinorUnits,
  currency: CurrencyCode,
  date: CalendarDate,
});
export type SourceBalance = z.infer<typeof SourceBalance>;

/** An account as the source names it. `id` is what the source calls it (IBAN, bank id + number, resource id); `iban` only when the check digits hold. */
/** `id` of an account that the source does not name (CSV, QIF): a person says which account it is; it is never found by this. */
export const UNNAMED_ACCOUNT = 'unnamed';

export const SourceAccount = z.strictObject({
  id: z.string().min(1).max(256),
  iban: z.string().max(34).nullable(),
  currency: CurrencyCode.nullable(),
  name: z.string().max(400).nullable(),
  institution: z.string().max(400).nullable(),
  kind: z.enum(['current', 'savings', 'card', 'loan', 'other']),
});
export type SourceAccount = z.infer<typeof SourceAccount>;

/** Opening or closing balance of a statement as the bank states it. */
export const StatementBalance = z.strictObject({ amountMinor: MinorUnits, date: CalendarDate });
export type StatementBalance = z.infer<typeof StatementBalance>;

/** `pass`: opening + Σ booked = closing. `absent`: the source states too little to tell. */
export const Proof = z.enum(['pass', 'fail', 'absent']);
export type Proof = z.infer<typeof Proof>;

export const SourceWarning = z.strictObject({ code: z.string().regex(/^[A-Z_]+$/), text: z.string().max(1000) });
export type SourceWarning = z.infer<typeof SourceWarning>;

/**
 * The stream a reader or a bank adapter produces: `statement` opens one account's rows, `transactions` brings them in slices,
 * `statement-end` closes it with what is known only then. Statements never overlap.
 */
export const SourceEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('statement'), account: SourceAccount, statementId: z.string().max(256).nullable() }),
  z.strictObject({ type: z.literal('transactions'), items: z.array(SourceTransaction).max(5000) }),
  z.strictObject({
    type: z.literal('statement-end'),
    from: CalendarDate.nullable(),
    to: CalendarDate.nullable(),
    opening: StatementBalance.nullable(),
    closing: StatementBalance.nullable(),
    balances: z.array(SourceBalance).max(200),
    /** True where the statement has no rows and says so itself; a file without rows that says nothing is refused. */
    declaredEmpty: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('warning'), warning: SourceWarning }),
]);
export type SourceEvent = z.infer<typeof SourceEvent>;
