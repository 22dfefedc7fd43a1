// Which way round the signs of a staged statement stand: as a person said of it, or of the account's last batch of the same kind of source.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AccountId, BatchId } from '../../../shared/model/ids.ts';
import type { SignChoice, StagedStatement, Stamp } from '../ports/ledger-store.ts';
import type { ClientStore } from '../ports/vault-store.ts';
import { fingerprintOf } from './matching/fingerprint.ts';
import { sourceKindOf } from './matching/id-promises.ts';

/** The account's signs in batches of one format or one type of connection. */
function rememberedFor({ matching }: ClientStore, accountId: AccountId, reader: string): SignChoice | undefined {
  const kind = sourceKindOf(reader);
  return matching.signChoices(accountId).find((choice) => sourceKindOf(choice.reader) === kind);
}

/** Gives every statement of which nobody spoke the signs that its account had before. Idempotent. */
export function applySigns(store: ClientStore, batchId: BatchId): void {
  const { matching } = store;
  const reader = matching.readerOf(batchId);
  for (const { position, accountId, signsChosen } of matching.statements(batchId)) {
    if (signsChosen) continue;
    const known = accountId === null ? undefined : rememberedFor(store, accountId, reader);
    const choice = known ? { batchId: known.batchId, stamp: null } : null;
    matching.setSigns(batchId, { position, inverted: known?.inverted ?? false, choice }, fingerprintOf);
  }
}

function isOneAccount(left: StagedStatement, right: StagedStatement): boolean {
  if (left.position === right.position) return true;
  if (left.accountId !== null) return left.accountId === right.accountId;
  return left.newAccountKey !== null && left.newAccountKey === right.newAccountKey;
}

/** Notes a person's word for the statement and the batch's others of its account: one account has one sign. @throws {AppError} BATCH_NOT_FOUND */
export function chooseSigns(
  { matching }: ClientStore,
  batchId: BatchId,
  { statement, inverted, stamp }: { statement: number; inverted: boolean; stamp: Stamp },
): void {
  const statements = matching.statements(batchId);
  const meant = statements.find(({ position }) => position === statement);
  if (!meant) throw new AppError('BATCH_NOT_FOUND', { batch: batchId, statement: String(statement + 1) });
  for (const { position } of statements.filter((other) => isOneAccount(meant, other)))
    matching.setSigns(batchId, { position, inverted, choice: { batchId, stamp } }, fingerprintOf);
}
