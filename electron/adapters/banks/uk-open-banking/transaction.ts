// One transaction record of the bank mapped to a ledger row, or named as one that is none. It matches nothing.
import { z } from 'zod';
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import { CurrencyCode as Currency } from '../../../../shared/model/currency.ts';
import type { ForeignAmount, SourceChild, SourceTransaction } from '../../../../shared/model/source.ts';
import { BALANCE_TYPES } from './balances.ts';
import { checkShape, invalidResponse, JsonNumber } from './response-body.ts';
import { Amount, CreditDebit, DateOfDateTime, signedAmount, type CreditDebit as Indicator } from './values.ts';

const Party = z.object({
  SchemeName: z.string().optional(),
  Identification: z.string().max(256).optional(),
  Name: z.string().optional(),
});

/** Not in the standard; some banks list the payments of a batch booking here. @see OBSupplementaryData1, free form */
const BatchDetail = z.object({
  Amount: Amount.optional(),
  CreditDebitIndicator: CreditDebit.optional(),
  Name: z.string().optional(),
  Identification: z.string().max(64).optional(),
  Reference: z.string().optional(),
  EndToEndIdentification: z.string().max(128).optional(),
});

/** What Strongroom uses of a record; everything else stays in the raw record. @see OBTransaction6 */
const Transaction = z.object({
  AccountId: z.string(),
  TransactionId: z.string().min(1).max(256).optional(),
  TransactionReference: z.string().max(128).optional(),
  CreditDebitIndicator: CreditDebit,
  Status: z.string().max(10),
  BookingDateTime: DateOfDateTime,
  ValueDateTime: DateOfDateTime.optional(),
  TransactionInformation: z.string().optional(),
  Amount,
  CurrencyExchange: z
    .object({ ExchangeRate: z.union([JsonNumber, z.string().max(40)]).optional(), InstructedAmount: Amount.optional() })
    .optional(),
  BankTransactionCode: z.object({ Code: z.string().max(31), SubCode: z.string().max(31) }).optional(),
  ProprietaryBankTransactionCode: z.object({ Code: z.string().max(64) }).optional(),
  Balance: z.object({ CreditDebitIndicator: CreditDebit, Type: z.string(), Amount }).optional(),
  MerchantDetails: z.object({ MerchantName: z.string().optional() }).optional(),
  CreditorAccount: Party.optional(),
  DebtorAccount: Party.optional(),
  UltimateCreditor: Party.optional(),
  UltimateDebtor: Party.optional(),
  SupplementaryData: z.object({ BatchDetails: z.array(z.unknown()).max(100_000).optional() }).optional(),
});
type Transaction = z.infer<typeof Transaction>;

/** @see ExternalEntryStatus1Code: RJCT, INFO and FUTR never moved money */
const STATES: Readonly<Record<string, SourceTransaction['state']>> = { BOOK: 'booked', PDNG: 'pending' };
const NO_ROW = new Set(['RJCT', 'INFO', 'FUTR']);

/** A row, or the status for which the record is none. */
export type MappedRecord =
  { readonly row: SourceTransaction; readonly skipped: null } | { readonly row: null; readonly skipped: string };

const clip = (text: string, length = 4000): string => text.slice(0, length).toWellFormed();
const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : clip(text));

/** The other side: the creditor of money out, the debtor of money in. */
function counterpartyOf(record: Transaction): { counterparty: string | null; counterpartyAccount: string | null } {
  const out = record.CreditDebitIndicator === 'Debit';
  const party = out ? record.CreditorAccount : record.DebtorAccount;
  const ultimate = out ? record.UltimateCreditor : record.UltimateDebtor;
  const name = party?.Name ?? ultimate?.Name ?? record.MerchantDetails?.MerchantName;
  const isCard = party?.SchemeName === 'UK.OBIE.PAN';
  return {
    counterparty: orNull(name),
    counterpartyAccount: isCard ? null : (orNull(party?.Identification)?.slice(0, 64) ?? null),
  };
}

function foreignOf(record: Transaction): ForeignAmount | null {
  const { InstructedAmount, ExchangeRate } = record.CurrencyExchange ?? {};
  if (!InstructedAmount || InstructedAmount.Currency === record.Amount.Currency) return null;
  return { ...signedAmount(InstructedAmount, record.CreditDebitIndicator), rate: ExchangeRate?.slice(0, 40) ?? null };
}

/** Only a booked balance in the account's own currency says what the account held after the row. */
function balanceAfterOf({ Balance, Amount: amount }: Transaction): SourceTransaction['balanceAfterMinor'] {
  const booked =
    Balance && Object.hasOwn(BALANCE_TYPES, Balance.Type) && BALANCE_TYPES[Balance.Type]?.endsWith('booked');
  if (!Balance || !booked || Balance.Amount.Currency !== amount.Currency) return null;
  return signedAmount(Balance.Amount, Balance.CreditDebitIndicator).amountMinor;
}

function toChild(value: unknown, indicator: Indicator): SourceChild[] {
  const parsed = BatchDetail.safeParse(value);
  if (!parsed.success) return [];
  const detail = parsed.data;
  return [
    {
      amount: detail.Amount ? signedAmount(detail.Amount, detail.CreditDebitIndicator ?? indicator) : null,
      description: clip(detail.Reference ?? ''),
      counterparty: orNull(detail.Name),
      counterpartyAccount: orNull(detail.Identification),
      endToEndId: orNull(detail.EndToEndIdentification),
      sourceId: null,
    },
  ];
}

function bankCodeOf(record: Transaction): string | null {
  const code = record.BankTransactionCode;
  return code ? `${code.Code}-${code.SubCode}` : (record.ProprietaryBankTransactionCode?.Code ?? null);
}

function toRow(record: Transaction, state: SourceTransaction['state'], raw: string): SourceTransaction {
  const details = record.SupplementaryData?.BatchDetails ?? [];
  return {
    ...signedAmount(record.Amount, record.CreditDebitIndicator),
    state,
    bookingDate: record.BookingDateTime,
    valueDate: record.ValueDateTime ?? null,
    transactionDate: null,
    rawAmount: record.Amount.Amount,
    rawSign: record.CreditDebitIndicator,
    foreign: foreignOf(record),
    description: clip(record.TransactionInformation ?? record.MerchantDetails?.MerchantName ?? ''),
    ...counterpartyOf(record),
    endToEndId: record.TransactionReference === 'NOTPROVIDED' ? null : orNull(record.TransactionReference),
    sourceId: record.TransactionId ?? null,
    bankCode: bankCodeOf(record),
    balanceAfterMinor: balanceAfterOf(record),
    children: details.flatMap((detail) => toChild(detail, record.CreditDebitIndicator)),
    raw,
  };
}

/** The account a record must belong to. */
export interface ExpectedAccount {
  readonly resourceId: string;
  readonly currency: CurrencyCode | null;
}

/**
 * A record in another currency than the account's is refused: its amount would count as the account's (domain.md §3 pain 15).
 * @throws {AppError} BANK_RESPONSE_INVALID, also for another account's record and for a status nobody defined
 */
export function mapTransaction(value: unknown, expected: ExpectedAccount, at: string): MappedRecord {
  const record = checkShape(Transaction, value, at);
  if (record.AccountId !== expected.resourceId) throw invalidResponse(`${at}.AccountId`);
  if (NO_ROW.has(record.Status)) return { row: null, skipped: record.Status };
  const state = Object.hasOwn(STATES, record.Status) ? STATES[record.Status] : undefined;
  if (!state) throw invalidResponse(`${at}.Status`);
  if (expected.currency !== null && record.Amount.Currency !== Currency.parse(expected.currency))
    throw invalidResponse(`${at}.Amount.Currency`);
  const raw = JSON.stringify(value);
  if (raw.length > 1_000_000) throw invalidResponse(at);
  return { row: toRow(record, state, raw), skipped: null };
}
