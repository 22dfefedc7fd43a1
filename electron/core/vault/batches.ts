// Batches: shown as a diff, assigned, committed with a chained receipt, undone, discarded. Every change is one transaction with its audit entry.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { BatchSummary, Receipt } from '../../../shared/ipc/contract/batches.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { AccountId, newId, type BatchId } from '../../../shared/model/ids.ts';
import type { CommitFacts, RowDecision, StagedStatement, Stamp } from '../ports/ledger-store.ts';
import type { ClientStore } from '../ports/vault-store.ts';
import type { VaultContext } from './context.ts';
import { deriveAccount, stampOf } from './ledger-changes.ts';
import { matchBatch } from './match-batch.ts';
import { sealReceipt } from './receipt-chain.ts';
import { chooseSigns } from './statement-signs.ts';

function assertState(batch: BatchSummary, state: 'staged' | 'committed'): void {
  if (batch.state === state) return;
  const code = state === 'staged' ? 'BATCH_NOT_STAGED' : 'BATCH_NOT_COMMITTED';
  throw new AppError(code, { batch: batch.id, state: batch.state });
}

/** @throws {AppError} ACCOUNT_AMBIGUOUS until a person has said which account the statement means */
function assertAssigned(store: ClientStore, batchId: BatchId): void {
  const open = store.matching.statements(batchId).find((statement) => statement.resolution === 'ambiguous');
  if (open) throw new AppError('ACCOUNT_AMBIGUOUS', { statement: String(open.position + 1) });
}

/** The batch as it would change the ledger now: one that was compared with an earlier ledger is compared again. */
function compared(store: ClientStore, batchId: BatchId): BatchSummary {
  const batch = store.batches.get(batchId);
  if (batch.state !== 'staged' || !store.matching.isStale(batchId)) return batch;
  store.transaction(() => matchBatch(store, batchId));
  return store.batches.get(batchId);
}

/** What a commit or an undo changes of accounts beside their rows: figures, and the identity of those that their first source did not name. */
function settleAccounts(store: ClientStore, accountIds: readonly AccountId[]): void {
  for (const accountId of accountIds) {
    store.accounts.learnIdentity(accountId);
    deriveAccount(store, accountId);
  }
}

function createAccounts(store: ClientStore, batchId: BatchId, context: VaultContext): void {
  for (const { key, ...account } of store.batches.newAccounts(batchId)) {
    const id = newId(AccountId, 'account', context.random(10));
    store.batches.createAccount(batchId, key, { ...account, id, createdAt: context.now() });
  }
}

const dateOrNull = (text: string | null): CalendarDate | null => (text === null ? null : CalendarDate.parse(text));

function receiptOf(batch: BatchSummary, facts: CommitFacts, chain: { stamp: Stamp; previousHash: string }): Receipt {
  return sealReceipt({
    ...facts,
    batchId: batch.id,
    source: batch.source,
    kind: batch.kind,
    from: dateOrNull(facts.from),
    to: dateOrNull(facts.to),
    sums: [...facts.sums],
    committedAt: chain.stamp.at,
    committedBy: chain.stamp.userName,
    previousHash: chain.previousHash,
  });
}

function commit(store: ClientStore, batchId: BatchId, context: VaultContext): Receipt {
  const batch = store.batches.get(batchId);
  assertState(batch, 'staged');
  if (store.matching.isStale(batchId)) matchBatch(store, batchId);
  assertAssigned(store, batchId);
  createAccounts(store, batchId, context);
  const stamp = stampOf(context);
  const facts = store.batches.apply(batchId, stamp);
  const receipt = receiptOf(batch, facts, { stamp, previousHash: store.batches.lastReceiptHash() });
  store.batches.saveReceipt(receipt);
  settleAccounts(store, store.batches.accountsOf(batchId));
  return receipt;
}

function undo(store: ClientStore, batchId: BatchId, context: VaultContext): BatchSummary {
  assertState(store.batches.get(batchId), 'committed');
  const touched = store.batches.accountsOf(batchId);
  store.batches.revert(batchId, stampOf(context));
  store.accounts.removeEmpty(batchId);
  settleAccounts(
    store,
    touched.filter((accountId) => store.accounts.exists(accountId)),
  );
  return store.batches.get(batchId);
}

/** A word on a row of a committed batch changes the ledger at once. */
function decide(
  store: ClientStore,
  batchId: BatchId,
  { decision, context }: { decision: RowDecision; context: VaultContext },
): BatchSummary {
  const { state } = store.batches.get(batchId);
  if (state === 'undone')
    throw new AppError('BATCH_ROW_NOT_DOUBTFUL', { batch: batchId, row: String(decision.number) });
  const changed = store.batches.decide(batchId, decision, stampOf(context));
  if (changed) deriveAccount(store, changed);
  return store.batches.get(batchId);
}

/** @throws {AppError} ACCOUNT_CURRENCY_DIFFERS, ACCOUNT_NOT_FOUND */
function assertCurrency({ accounts }: ClientStore, { currency }: StagedStatement, accountId: AccountId): void {
  const account = accounts.get(accountId).currency;
  if (currency !== null && currency !== account)
    throw new AppError('ACCOUNT_CURRENCY_DIFFERS', { statement: currency, account });
}

function assign(
  store: ClientStore,
  batchId: BatchId,
  choice: { statement: number; accountId: AccountId | null },
): BatchSummary {
  assertState(store.batches.get(batchId), 'staged');
  const { statement, accountId } = choice;
  const known = store.matching.statements(batchId).find(({ position }) => position === statement);
  if (!known) throw new AppError('BATCH_NOT_FOUND', { batch: batchId, statement: String(statement + 1) });
  if (accountId !== null) assertCurrency(store, known, accountId);
  const key = `statement ${statement + 1} of ${batchId}`;
  const resolution = accountId === null ? { key } : { accountId };
  store.matching.resolve(batchId, statement, { type: 'chosen', ...resolution });
  matchBatch(store, batchId);
  return store.batches.get(batchId);
}

function invert(
  store: ClientStore,
  batchId: BatchId,
  { context, ...choice }: { statement: number; inverted: boolean; context: VaultContext },
): BatchSummary {
  assertState(store.batches.get(batchId), 'staged');
  chooseSigns(store, batchId, { ...choice, stamp: stampOf(context) });
  matchBatch(store, batchId);
  return store.batches.get(batchId);
}

type BatchHandlers = Pick<Handlers<AppContract, VaultContext, 'vault'>, 'batches'>;

/** The vault's answers to the `batches` calls of THE contract. */
export function createBatchHandlers(): BatchHandlers {
  return {
    batches: {
      list: ({ clientId }, context) => context.client(clientId).batches.list(),
      get: ({ clientId, batchId }, context) => compared(context.client(clientId), batchId),
      diff: ({ clientId, batchId, ...page }, context) => context.client(clientId).batches.diff(batchId, page),
      doubts: ({ clientId, ...page }, context) => context.client(clientId).batches.doubts(page),
      decide: ({ clientId, batchId, ...decision }, context) => {
        const store = context.client(clientId);
        const action = { subject: batchId, payload: { row: decision.number, decision: decision.decision } };
        return context.act(store, action, () => decide(store, batchId, { decision, context }));
      },
      assign: ({ clientId, batchId, ...choice }, context) => {
        const store = context.client(clientId);
        const action = { subject: batchId, payload: { statement: choice.statement, account: choice.accountId } };
        return context.act(store, action, () => assign(store, batchId, choice));
      },
      invert: ({ clientId, batchId, ...choice }, context) => {
        const store = context.client(clientId);
        return context.act(store, { subject: batchId, payload: choice }, () =>
          invert(store, batchId, { ...choice, context }),
        );
      },
      commit: ({ clientId, batchId }, context) => {
        const store = context.client(clientId);
        return context.act(store, { subject: batchId }, () => commit(store, batchId, context));
      },
      undo: ({ clientId, batchId }, context) => {
        const store = context.client(clientId);
        return context.act(store, { subject: batchId }, () => undo(store, batchId, context));
      },
      discard: ({ clientId, batchId }, context) => {
        const store = context.client(clientId);
        return context.act(store, { subject: batchId }, () => {
          assertState(store.batches.get(batchId), 'staged');
          store.staging.drop(batchId);
          return {};
        });
      },
    },
  };
}
