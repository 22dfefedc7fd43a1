// Batches: what one sync or one file brought. Staged, shown as a diff, committed with a receipt, undone.
import { z } from 'zod';
import { CalendarDate } from '../../model/calendar-date.ts';
import { AccountId, BatchId, ClientId, ConnectionId, TransactionId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { Proof, SourceAccount, SourceWarning } from '../../model/source.ts';
import { call } from '../call.ts';

/** `new` will be added, `known` is there already, `changed` updates a known row, `doubtful` waits for a person's decision and is not committed by itself. */
export const DiffKind = z.enum(['new', 'known', 'changed', 'doubtful']);
export type DiffKind = z.infer<typeof DiffKind>;

export const DiffCounts = z.strictObject({ new: z.int(), known: z.int(), changed: z.int(), doubtful: z.int() });
export type DiffCounts = z.infer<typeof DiffCounts>;

/** TLS as it was when the bytes came, for a batch from a connection. */
export const TlsSeen = z.strictObject({
  host: z.string(),
  protocol: z.string(),
  issuer: z.string(),
  spkiSha256: z.string(),
});
export type TlsSeen = z.infer<typeof TlsSeen>;

/** The receipt of a committed batch. `hash` covers all fields before it and the previous receipt's hash: a chain a client. */
export const Receipt = z.strictObject({
  batchId: BatchId,
  source: z.string(),
  kind: z.enum(['connection', 'file']),
  /** SHA-256 of the file, or of all response bodies in order. */
  payloadSha256: z.string(),
  payloadBytes: z.int(),
  reader: z.string(),
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
  counts: DiffCounts,
  sums: z.array(z.strictObject({ currency: z.string(), amountMinor: z.string() })),
  tls: TlsSeen.nullable(),
  committedAt: Instant,
  committedBy: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

/** One account's part of a batch. `accountId` null means that the office has no such account yet and commit creates it. */
export const BatchStatement = z.strictObject({
  index: z.int(),
  account: SourceAccount,
  accountId: AccountId.nullable(),
  accountName: z.string(),
  /** True where several accounts fit, or the source names none: a person must choose one before the commit. */
  ambiguous: z.boolean(),
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
  rows: z.int(),
  openingMinor: z.string().nullable(),
  closingMinor: z.string().nullable(),
  /** Sum of its booked rows. */
  bookedMinor: z.string(),
  proof: Proof,
  counts: DiffCounts,
  /** True where signs and balances are turned round from what the source wrote. */
  inverted: z.boolean(),
  /** Whose word the signs follow: the source's, a person's on this batch, or a person's on an earlier batch of the account. */
  signs: z.enum(['source', 'chosen', 'remembered']),
  /** True where no batch has brought this account rows before: whether its signs are right is worth a question. */
  first: z.boolean(),
});
export type BatchStatement = z.infer<typeof BatchStatement>;

export const BatchSummary = z.strictObject({
  id: BatchId,
  clientId: ClientId,
  state: z.enum(['staged', 'committed', 'undone']),
  kind: z.enum(['connection', 'file']),
  source: z.string(),
  /** Format, version and charset as the reader found them; null until a reader has. */
  reader: z.string().nullable().default(null),
  connectionId: ConnectionId.nullable(),
  createdAt: Instant,
  counts: DiffCounts,
  statements: z.array(BatchStatement),
  warnings: z.array(SourceWarning),
  receipt: Receipt.nullable(),
  /** Doubtful rows nobody has decided, before or after the commit. */
  undecided: z.int().default(0),
});
export type BatchSummary = z.infer<typeof BatchSummary>;

export const DiffRow = z.strictObject({
  kind: DiffKind,
  /** Why it was sorted so, in a stable key the renderer words: `no-match`, `same-fingerprint`, `same-source-id`, `settles-pending`, `text-changed`, `similar-row`, `excluded` (known as a row that a person excluded). */
  reason: z.enum([
    'no-match',
    'same-fingerprint',
    'same-source-id',
    'settles-pending',
    'text-changed',
    'similar-row',
    'excluded',
  ]),
  statement: z.int(),
  state: z.enum(['pending', 'booked']),
  bookingDate: CalendarDate,
  amountMinor: z.string(),
  currency: z.string(),
  exponent: z.int(),
  description: z.string(),
  counterparty: z.string().nullable(),
  /** The row's number within its batch, from 1: it never changes. */
  number: z.int().min(1),
  /** The row of the ledger it was compared with: the same one, the one to change or to settle, the similar one. */
  counterpart: z
    .strictObject({
      transactionId: TransactionId,
      state: z.enum(['pending', 'booked', 'removed']),
      bookingDate: CalendarDate,
      amountMinor: z.string(),
      description: z.string(),
      counterparty: z.string().nullable(),
      source: z.string(),
    })
    .nullable(),
  /** A person's word on a doubtful row: `same` as its counterpart, or `separate`; null while it is open. */
  decision: z.enum(['same', 'separate']).nullable(),
});
export type DiffRow = z.infer<typeof DiffRow>;

/** A doubtful row with the batch it came in. */
export const DoubtfulRow = DiffRow.extend({ batchId: BatchId, source: z.string(), accountName: z.string() });
export type DoubtfulRow = z.infer<typeof DoubtfulRow>;

const BatchReference = z.strictObject({ clientId: ClientId, batchId: BatchId });

export const batches = {
  list: call({ permission: 'transactions.read' }, z.strictObject({ clientId: ClientId }), z.array(BatchSummary)),
  /** A staged batch that was compared with an earlier ledger is compared again. */
  get: call({ permission: 'transactions.read' }, BatchReference, BatchSummary),
  diff: call(
    { permission: 'transactions.read' },
    BatchReference.extend({ kind: DiffKind.nullable(), offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.strictObject({ rows: z.array(DiffRow), total: z.int() }),
  ),
  /** Every undecided doubtful row of a client's staged and committed batches, oldest batch first: the review tray. */
  doubts: call(
    { permission: 'transactions.read' },
    z.strictObject({ clientId: ClientId, offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.strictObject({
      rows: z.array(DoubtfulRow),
      total: z.int(),
    }),
  ),
  /**
   * Decides a doubtful row. In a staged batch it counts at the commit; in a committed one at once: `separate` adds the row, `same` keeps the ledger's
   * and remembers the other wording. `null` opens it again. Undoing the batch takes the decision's effect back too.
   * @throws {AppError} BATCH_ROW_NOT_DOUBTFUL, BATCH_CHANGED_SINCE
   */
  decide: call(
    { permission: 'batches.write', audited: true },
    BatchReference.extend({ number: z.int().min(1), decision: z.enum(['same', 'separate']).nullable() }),
    BatchSummary,
  ),
  /** Chooses the account a staged statement goes to; null means a new account. Matches again. */
  assign: call(
    { permission: 'batches.write', audited: true },
    BatchReference.extend({ statement: z.int(), accountId: AccountId.nullable() }),
    BatchSummary,
  ),
  /**
   * Turns the signs of a staged statement's rows and balances round, or back, with those of the same account in the batch, and matches again. From
   * the commit on the choice holds for later batches of that account from the same format or type of connection; undoing this one takes it back.
   * The raw amount and sign stay as the source wrote them.
   * @throws {AppError} BATCH_NOT_STAGED
   */
  invert: call(
    { permission: 'batches.write', audited: true },
    BatchReference.extend({ statement: z.int(), inverted: z.boolean() }),
    BatchSummary,
  ),
  commit: call({ permission: 'batches.write', audited: true }, BatchReference, Receipt),
  /** Takes back everything a committed batch brought. */
  undo: call({ permission: 'batches.write', audited: true, stepUp: true }, BatchReference, BatchSummary),
  /** Drops a staged batch. */
  discard: call({ permission: 'batches.write', audited: true }, BatchReference, z.strictObject({})),
};
