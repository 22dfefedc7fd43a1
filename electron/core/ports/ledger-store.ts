// One client's ledger as core sees it: staging, matching, batches, accounts, transactions. All of it is synchronous and runs in the caller's transaction.
import type { AccountDetail, AccountProof, AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type {
  BatchSummary,
  DiffCounts,
  DiffRow,
  DoubtfulRow,
  Receipt,
  TlsSeen,
} from '../../../shared/ipc/contract/batches.ts';
import type {
  TransactionDetail,
  TransactionFilter,
  TransactionPage,
  TransactionSort,
} from '../../../shared/ipc/contract/transactions.ts';
import type { z } from 'zod';
import type { AccountId, BatchId, ConnectionId, TransactionId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { SourceAccount, SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import type { AccountIdentity, Coverage, IncomingRow, LedgerRow, Match } from './ledger-rows.ts';

export interface NewBatch {
  readonly id: BatchId;
  readonly kind: 'connection' | 'file';
  readonly source: string;
  readonly connectionId: ConnectionId | null;
  readonly reader: string;
  readonly createdAt: Instant;
}

/** What is known only when all bytes have come. */
export interface BatchFacts {
  readonly payloadSha256: string;
  readonly payloadBytes: number;
  readonly reader: string;
  readonly tls: TlsSeen | null;
  readonly complete: readonly string[];
}

/** A source row with its fingerprint as 32 hex digits and the version of the algorithm. */
export interface FingerprintedRow {
  readonly row: SourceTransaction;
  readonly fingerprint: string;
  readonly version: number;
}

type Event<Type extends SourceEvent['type']> = Extract<SourceEvent, { type: Type }>;

/** Where statements and rows wait inside the encrypted file, so that memory stays bounded. `resourceId` null is a file's. */
export interface StagingStore {
  create(batch: NewBatch): void;
  /** @throws {AppError} BATCH_NOT_FOUND, BATCH_NOT_STAGED when it is not open for more */
  assertOpen(batchId: BatchId): void;
  openStatement(batchId: BatchId, resourceId: string | null, event: Event<'statement'>): void;
  /** Adds to the resource's last statement. @throws {AppError} STATEMENT_MALFORMED where none is open */
  addRows(batchId: BatchId, resourceId: string | null, rows: readonly FingerprintedRow[]): void;
  closeStatement(batchId: BatchId, resourceId: string | null, event: Event<'statement-end'>): void;
  addWarning(batchId: BatchId, event: Event<'warning'>): void;
  /** From here the batch is staged and takes no more rows. */
  seal(batchId: BatchId, facts: BatchFacts): void;
  /** Removes an open or staged batch and all it holds. */
  drop(batchId: BatchId): void;
}

export interface StagedStatement {
  readonly position: number;
  readonly account: SourceAccount;
  /** The source's currency, or that of the statement's first row; null when neither says. */
  readonly currency: string | null;
  readonly rows: number;
  /** It has no rows and says so itself. */
  readonly declaredEmpty: boolean;
  readonly resolution: 'open' | 'identity' | 'chosen' | 'new' | 'ambiguous';
  readonly accountId: AccountId | null;
  /** Equal for statements of the same account that is still to be made. */
  readonly newAccountKey: string | null;
  /** Signs stand opposite to what the source wrote. */
  readonly inverted: boolean;
  /** A person said of this very batch which signs are right. */
  readonly signsChosen: boolean;
}

/** What a person said of the signs of an account in a committed batch. */
export interface SignChoice {
  readonly batchId: BatchId;
  readonly reader: string;
  readonly inverted: boolean;
}

/** A staged statement's signs: `choice` is the batch whose word they follow, with who said it where that is this one; null where nobody did. */
export interface StatementSigns {
  readonly position: number;
  readonly inverted: boolean;
  readonly choice: { readonly batchId: BatchId; readonly stamp: Stamp | null } | null;
}

/** What of a row its fingerprint is made of. */
export type FingerprintedFields = Pick<
  SourceTransaction,
  'bookingDate' | 'amountMinor' | 'currency' | 'description' | 'counterparty' | 'endToEndId'
>;

export type StatementResolution =
  | { readonly type: 'identity' | 'chosen'; readonly accountId: AccountId }
  | { readonly type: 'new' | 'chosen'; readonly key: string }
  | { readonly type: 'ambiguous' };

/** What matching reads and writes. */
export interface MatchingStore {
  /** Name of the reader, which says what kind of source it was. */
  readerOf(batchId: BatchId): string;
  statements(batchId: BatchId): StagedStatement[];
  resolve(batchId: BatchId, position: number, resolution: StatementResolution): void;
  identities(): AccountIdentity[];
  /** What people said of the account's signs, latest commit first; of undone batches nothing. */
  signChoices(accountId: AccountId): SignChoice[];
  /** Notes whose word the statement's signs follow and turns its amounts round where they stand otherwise: of rows, with new fingerprints, and balances. */
  setSigns(batchId: BatchId, signs: StatementSigns, fingerprintOf: (row: FingerprintedFields) => string): void;
  /** Other accounts for which a committed batch brought unnamed statements together with the given one's. */
  broughtWith(accountId: AccountId): AccountId[];
  /** Makes every staged row `new` again. */
  reset(batchId: BatchId): void;
  /** Marks rows as known whose id and content came before in the same answer. */
  markRepeats(batchId: BatchId): void;
  hasRows(accountId: AccountId): boolean;
  /** Rows of the batch that go to the account and are not repeats, in the source's order. */
  incoming(batchId: BatchId, accountId: AccountId): IncomingRow[];
  /** The period of the batch's statements for the account: stated or found in its booked rows; null without either. */
  coverage(batchId: BatchId, accountId: AccountId): Coverage | null;
  ledger(accountId: AccountId, first: string, last: string): LedgerRow[];
  /** Description and counterparty as the source wrote them. */
  incomingText(number: number): string;
  ledgerText(number: number): string;
  save(matches: readonly Match[]): void;
  /** Counts a statement's kinds, proves each statement and notes the ledger's generation. Decisions about another counterpart than now are dropped. */
  summarise(batchId: BatchId): void;
  /** True when a commit or an undo came after the batch was matched. */
  isStale(batchId: BatchId): boolean;
}

export interface Stamp {
  readonly at: Instant;
  readonly userId: string;
  readonly userName: string;
}

export interface NewAccount {
  readonly id: AccountId;
  readonly account: SourceAccount;
  readonly currency: string;
}

/** What a commit brought, for its receipt. */
export interface CommitFacts {
  readonly from: string | null;
  readonly to: string | null;
  readonly counts: z.infer<typeof DiffCounts>;
  /** Booked sum of the new rows, a currency each, by currency. */
  readonly sums: readonly { readonly currency: string; readonly amountMinor: string }[];
  readonly payloadSha256: string;
  readonly payloadBytes: number;
  readonly reader: string;
  readonly tls: TlsSeen | null;
}

export interface BatchStore {
  /** Newest first. Batches still being staged are not listed. */
  list(): BatchSummary[];
  /** Batches that wait to be committed or discarded. */
  staged(): BatchSummary[];
  /** Staged and committed ones with doubtful rows that nobody decided, newest first. */
  undecided(): BatchSummary[];
  /** @throws {AppError} BATCH_NOT_FOUND */
  get(batchId: BatchId): BatchSummary;
  diff(batchId: BatchId, page: DiffPage): { rows: DiffRow[]; total: number };
  /** Undecided doubtful rows of staged and committed batches, oldest batch first. */
  doubts(page: Omit<DiffPage, 'kind'>): { rows: DoubtfulRow[]; total: number };
  /**
   * Keeps a person's word on a row, with its effect where the batch is committed. Returns the account whose rows changed, null where none did.
   * @throws {AppError} BATCH_ROW_NOT_DOUBTFUL; BATCH_CHANGED_SINCE where the counterpart is gone or something later counts on the placed row
   */
  decide(batchId: BatchId, decision: RowDecision, stamp: Stamp): AccountId | null;
  /** Statements without an account that need one, first of each key. */
  newAccounts(batchId: BatchId): { readonly key: string; readonly account: SourceAccount; readonly currency: string }[];
  createAccount(batchId: BatchId, key: string, account: NewAccount & { readonly createdAt: Instant }): void;
  /** Moves new rows into the ledger, changes known ones, links settled pending ones; returns the facts of the receipt. */
  apply(batchId: BatchId, stamp: Stamp): CommitFacts;
  /** Takes back exactly what `apply` did. @throws {AppError} BATCH_CHANGED_SINCE when something later counts on it */
  revert(batchId: BatchId, stamp: Stamp): void;
  accountsOf(batchId: BatchId): AccountId[];
  lastReceiptHash(): string;
  saveReceipt(receipt: Receipt): void;
  /** Oldest first. */
  receipts(): Receipt[];
}

export interface RowDecision {
  /** Within the batch, from 1. */
  readonly number: number;
  readonly decision: DiffRow['decision'];
}

export interface DiffPage {
  readonly kind: DiffRow['kind'] | null;
  readonly offset: number;
  readonly limit: number;
}

/** What an account's figures are derived from. */
export interface AccountFacts {
  readonly currency: string;
  readonly days: readonly { readonly date: string; readonly bookedMinor: bigint }[];
  readonly statements: readonly StatementFacts[];
  /** Balances as recorded, oldest first. */
  readonly balances: readonly {
    readonly type: string;
    readonly date: string;
    readonly amountMinor: bigint;
    readonly currency: string;
  }[];
}

export interface StatementFacts {
  readonly from: string | null;
  readonly firstBooked: string | null;
  readonly lastBooked: string | null;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
  readonly closingDate: string | null;
}

export interface AccountStore {
  list(): AccountSummary[];
  /** Without the daily balances, which core derives. @throws {AppError} ACCOUNT_NOT_FOUND */
  get(accountId: AccountId): Omit<AccountDetail, 'daily'>;
  exists(accountId: AccountId): boolean;
  /** Pending rows of all accounts. */
  pendingCount(): number;
  /** Accounts with pending rows that nothing settled in time, by name. */
  overdue(): { readonly id: AccountId; readonly name: string }[];
  facts(accountId: AccountId): AccountFacts;
  /** Recounts the account's sums and days from its rows. */
  recount(accountId: AccountId): void;
  saveDerived(accountId: AccountId, derived: { readonly bookedMinor: bigint; readonly proof: AccountProof }): void;
  /**
   * Gives an account whose first source did not name it the identity of its first committed statement that names one, or none again where there is
   * no such statement any more. Other accounts stay as they are.
   */
  learnIdentity(accountId: AccountId): void;
  /** Removes accounts that the undone batch had created and nothing else uses. */
  removeEmpty(batchId: BatchId): void;
  /** Last booked day of the last complete, committed answer of the connection; null before one. */
  completeThrough(accountId: AccountId, connectionId: ConnectionId): string | null;
  /** The account that the connection's resource went to at its last commit; null before one. */
  ofResource(connectionId: ConnectionId, resourceId: string): AccountId | null;
}

export interface TransactionStore {
  /** A page with the exact totals of all that is filtered. Removed rows are left out unless asked for by state. */
  page(query: TransactionQuery): TransactionPage;
  /** @throws {AppError} TRANSACTION_NOT_FOUND */
  get(transactionId: TransactionId): TransactionDetail;
  /** Takes the row out of all that counts; returns its account, whose figures are to be derived anew. @throws {AppError} TRANSACTION_NOT_FOUND, TRANSACTION_NOT_EXCLUDABLE */
  exclude(transactionId: TransactionId, exclusion: Stamp & { readonly reason: string }): AccountId;
  /** Gives it back the state it had. @throws {AppError} TRANSACTION_NOT_FOUND, TRANSACTION_NOT_EXCLUDED */
  restore(transactionId: TransactionId): AccountId;
}

export interface TransactionQuery {
  readonly filter: Omit<TransactionFilter, 'clientId'>;
  readonly sort: z.infer<typeof TransactionSort>;
  readonly offset: number;
  readonly limit: number;
}

/** The repositories of a client's database, beside its audit chain and transactions. */
export interface Ledger {
  readonly staging: StagingStore;
  readonly matching: MatchingStore;
  readonly batches: BatchStore;
  readonly accounts: AccountStore;
  readonly transactions: TransactionStore;
}
