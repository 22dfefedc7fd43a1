// The port every export format implements: an account's booked rows in, the bytes of one file out. A writer keeps no row it has written.
import type { ExportFormat } from '../../../shared/ipc/contract/statements.ts';
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { CurrencyCode } from '../../../shared/model/currency.ts';
import type { TransactionId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { MinorUnits } from '../../../shared/model/money.ts';
import type { SourceAccount, SourceTransaction, StatementBalance } from '../../../shared/model/source.ts';

/** The account as the ledger knows it. `number` is what its first source called it; `iban` counts before it where there is one. */
export interface LedgerAccount {
  readonly iban: string | null;
  readonly number: string;
  readonly institution: string | null;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly exponent: number;
  readonly kind: SourceAccount['kind'];
}

/** Count and sum of rows; `sumMinor` is signed. */
export interface LedgerSum {
  readonly rows: number;
  readonly sumMinor: MinorUnits;
}

/** All rows of the period, and those in the account's currency by direction. A row over nothing is a credit. */
export interface LedgerTotals {
  readonly rows: number;
  readonly credits: LedgerSum;
  readonly debits: LedgerSum;
}

/** What is known before the first row. CAMT states totals ahead of its rows, and every writer holds what it wrote against them. */
export interface LedgerHeader {
  /** Names this file: at most 16 capital letters and digits, as MT940 allows; never used twice by one office. */
  readonly statementId: string;
  readonly createdAt: Instant;
  readonly office: string;
  /** Name and version of the program: `Strongroom 1.0.0`. */
  readonly software: string;
  readonly account: LedgerAccount;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** The ledger's booked balances before the first and after the last day; null where no balance is known. */
  readonly balances: { readonly opening: StatementBalance; readonly closing: StatementBalance } | null;
  readonly totals: LedgerTotals;
}

/** One booked row with the ledger's own id, which is unique and never changes. */
export interface LedgerRecord extends Readonly<
  Pick<
    SourceTransaction,
    | 'amountMinor'
    | 'currency'
    | 'exponent'
    | 'bookingDate'
    | 'valueDate'
    | 'transactionDate'
    | 'description'
    | 'counterparty'
    | 'counterpartyAccount'
    | 'endToEndId'
    | 'sourceId'
    | 'bankCode'
    | 'foreign'
    | 'children'
  >
> {
  readonly transactionId: TransactionId;
}

/** A file in the making. Rows come in the order of their booking dates; the pieces together are the file. */
export interface LedgerFile {
  /** @throws {AppError} EXPORT_NOT_EXPRESSIBLE with the first row that the format can't hold */
  write(rows: readonly LedgerRecord[]): Uint8Array[];
  /** Ends the file. @throws {Error} where the rows are not those of the header's totals: then the ledger changed meanwhile or was read wrongly */
  end(): Uint8Array[];
}

/** One export format. The same header and rows give the same bytes on every system. */
export interface StatementWriter {
  readonly format: ExportFormat;
  /** @throws {AppError} EXPORT_NOT_EXPRESSIBLE where the format can't name the account or needs balances that are not known */
  open(header: LedgerHeader): LedgerFile;
}
