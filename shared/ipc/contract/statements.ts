// Statements of a client's accounts: which months are covered, whether their balances prove complete, and the ledger as a file of any format.
import { z } from 'zod';
import { CalendarDate } from '../../model/calendar-date.ts';
import { AccountId, BatchId, ClientId, TransactionId } from '../../model/ids.ts';
import { call } from '../call.ts';

/**
 * `proven`: every day lies between stated balances that agree with the rows. `mismatch`: one of them doesn't. `duplicate`: statements overlap and
 * bring rows that are doubtful twins. `unproven`: there are rows or a statement, but no balances to prove them. `missing`: neighbours are covered,
 * this month isn't. `none`: outside all statements.
 */
export const CoverageState = z.enum(['proven', 'mismatch', 'duplicate', 'unproven', 'missing', 'none']);
export type CoverageState = z.infer<typeof CoverageState>;

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const AccountCoverage = z.strictObject({
  clientId: ClientId,
  accountId: AccountId,
  name: z.string(),
  numberMask: z.string(),
  currency: z.string(),
  months: z.array(
    z.strictObject({ month: Month, state: CoverageState, rows: z.int(), bookedMinor: z.string(), statements: z.int() }),
  ),
});
export type AccountCoverage = z.infer<typeof AccountCoverage>;

/**
 * What doesn't fit between two statements or inside one. `gap`: days between a closing and the next opening, whose balances differ by
 * `differenceMinor`, or nothing is stated. `overlap`: days in two statements, no fault by itself. `mismatch`: opening + Σ is not closing.
 */
export const ProofFinding = z.strictObject({
  kind: z.enum(['gap', 'overlap', 'mismatch']),
  from: CalendarDate,
  to: CalendarDate,
  /** Stated minus computed: positive when money in is missing. Null where nothing is stated. */
  differenceMinor: z.string().nullable(),
  /** First day whose stated balance differs from the computed one; null for a gap without balances. */
  firstBrokenDay: CalendarDate.nullable(),
  /** What would explain the difference, likeliest first. */
  candidates: z.array(
    z.strictObject({
      kind: z.enum(['missing', 'twin', 'sign', 'late', 'pending', 'excluded', 'doubtful']),
      transactionId: TransactionId.nullable(),
      bookingDate: CalendarDate.nullable(),
      amountMinor: z.string(),
      description: z.string(),
    }),
  ),
});
export type ProofFinding = z.infer<typeof ProofFinding>;

/** A statement in the chain, in the order of its days. */
export const ChainedStatement = z.strictObject({
  batchId: BatchId,
  source: z.string(),
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
  rows: z.int(),
  openingMinor: z.string().nullable(),
  bookedMinor: z.string(),
  closingMinor: z.string().nullable(),
  proof: z.enum(['pass', 'fail', 'absent']),
  /** How it follows the statement before: `first`, `continues` (balances meet), `gap`, `overlap`, `unknown` (nothing stated). */
  link: z.enum(['first', 'continues', 'gap', 'overlap', 'unknown']),
});
export type ChainedStatement = z.infer<typeof ChainedStatement>;

export const EXPORT_FORMATS = ['ofx', 'camt053', 'mt940', 'csv', 'xlsx'] as const;
export const ExportFormat = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof ExportFormat>;

const AccountPeriod = z.strictObject({
  clientId: ClientId,
  accountId: AccountId,
  from: CalendarDate,
  to: CalendarDate,
});

export const statements = {
  /** One entry an account, months from `from` to `to`. Null means all clients the user may open. */
  coverage: call(
    { permission: 'transactions.read' },
    z.strictObject({ clientId: ClientId.nullable(), from: Month, to: Month }),
    z.array(AccountCoverage),
  ),
  /** The chain of an account's statements and what doesn't fit in the period. */
  proof: call(
    { permission: 'transactions.read' },
    AccountPeriod,
    z.strictObject({ statements: z.array(ChainedStatement), findings: z.array(ProofFinding) }),
  ),
  /**
   * Writes the booked rows of an account and period as a file that is not there yet. Opening and closing are the ledger's balances at its edges.
   * @throws {AppError} EXPORT_DESTINATION_EXISTS, EXPORT_FOLDER_NOT_FOUND, EXPORT_NOT_EXPRESSIBLE (the format can't hold a row, which is named)
   */
  export: call(
    { permission: 'statements.export', audited: true, stepUp: true },
    AccountPeriod.extend({ format: ExportFormat, path: z.string().min(1).max(4000) }),
    z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string(), rows: z.int(), sumMinor: z.string() }),
  ),
};
