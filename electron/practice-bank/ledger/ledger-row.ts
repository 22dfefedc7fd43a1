// The words of the practice ledger. Amounts are signed minor units; plus is money in.
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';

export type RowKind =
  | 'card'
  | 'credit-transfer'
  | 'receipt'
  | 'direct-debit'
  | 'standing-order'
  | 'payroll'
  | 'card-takings'
  | 'fee'
  | 'interest'
  | 'internal-transfer';

export type Party = { readonly name: string; readonly iban: string | null };

/** The amount in the other currency (signed like the row) and the rate: account units for one unit of `currency`. */
export type ForeignAmount = { readonly amountMinor: bigint; readonly currency: string; readonly rate: string };

export type BatchDetail = {
  readonly amountMinor: bigint;
  readonly party: Party;
  readonly reference: string;
  readonly endToEndId: string;
};

/** A row before the ledger gives it its place: second of the day decides the order. */
export type DraftRow = {
  readonly kind: RowKind;
  readonly secondOfDay: number;
  readonly amountMinor: bigint;
  readonly description: string;
  readonly party: Party | null;
  readonly endToEndId: string | null;
  readonly foreign: ForeignAmount | null;
  readonly details: readonly BatchDetail[];
};

export type LedgerRow = DraftRow & {
  readonly id: string;
  readonly state: 'booked' | 'pending';
  readonly bookingDate: CalendarDate;
  readonly bookedAt: string;
  readonly valueDate: CalendarDate;
  /** The booked balance after this row; null while pending. */
  readonly balanceAfterMinor: bigint | null;
};

export type LedgerAccount = {
  readonly accountId: string;
  readonly iban: string;
  readonly sortCodeAccountNumber: string;
  readonly currency: string;
  readonly name: string;
  readonly company: string;
  readonly type: 'CACC' | 'SVGS';
  readonly openedOn: CalendarDate;
  readonly openingMinor: bigint;
  /** Oldest first; booked rows before the pending ones of the same day. */
  readonly rows: readonly LedgerRow[];
};
