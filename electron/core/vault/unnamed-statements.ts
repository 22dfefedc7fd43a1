// Where the statements of a file go that name no account, once a person has named one account for the file. What is not certain is asked.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { AccountId, BatchId } from '../../../shared/model/ids.ts';
import { UNNAMED_ACCOUNT } from '../../../shared/model/source.ts';
import type { StagedStatement, StatementResolution } from '../ports/ledger-store.ts';
import type { ClientStore } from '../ports/vault-store.ts';

const namesNone = ({ account }: StagedStatement): boolean => account.id === UNNAMED_ACCOUNT && account.iban === null;

const fits = ({ currency }: StagedStatement, account: Pick<AccountSummary, 'currency'>): boolean =>
  currency === null || currency === account.currency;

/** The one account of the statement's currency that came with the chosen one before; a new one where the client has none of that currency. */
function placeOf(
  store: ClientStore,
  statement: StagedStatement,
  { chosen, batchId }: { chosen: AccountId; batchId: BatchId },
): StatementResolution {
  const accounts = store.accounts.list().filter((account) => fits(statement, account));
  if (accounts.length === 0) return { type: 'chosen', key: `${statement.currency ?? ''} of ${batchId}` };
  const siblings = store.matching.broughtWith(chosen);
  const [only, ...others] = accounts.filter(({ id }) => siblings.includes(id));
  return only && others.length === 0 ? { type: 'chosen', accountId: only.id } : { type: 'ambiguous' };
}

/**
 * Sends every statement that names no account to the chosen one, or to its own currency's.
 * @throws {AppError} ACCOUNT_NOT_FOUND; ACCOUNT_CURRENCY_DIFFERS where none of them is in the chosen account's currency
 */
export function placeUnnamed(store: ClientStore, batchId: BatchId, accountId: AccountId): void {
  const chosen = store.accounts.get(accountId);
  const unnamed = store.matching.statements(batchId).filter(namesNone);
  const [first] = unnamed;
  if (first && !unnamed.some((statement) => fits(statement, chosen)))
    throw new AppError('ACCOUNT_CURRENCY_DIFFERS', { statement: first.currency ?? '', account: chosen.currency });
  for (const statement of unnamed) {
    const place: StatementResolution = fits(statement, chosen)
      ? { type: 'chosen', accountId }
      : placeOf(store, statement, { chosen: accountId, batchId });
    store.matching.resolve(batchId, statement.position, place);
  }
}
