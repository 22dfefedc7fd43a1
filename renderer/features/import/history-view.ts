// What of the batch history is shown, kept in the address so that Back from a batch finds it again.
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';

export const HISTORY_PAGE = 25;

export interface HistoryView {
  readonly find: string;
  readonly state: BatchSummary['state'] | null;
  readonly account: string | null;
  readonly offset: number;
}

export const WHOLE_HISTORY: HistoryView = { find: '', state: null, account: null, offset: 0 };

/** The view an address describes; whatever is not valid in it is left out. */
export function readHistoryView(parameters: URLSearchParams): HistoryView {
  const state = parameters.get('state');
  const offset = Number(parameters.get('offset'));
  return {
    find: parameters.get('find')?.slice(0, 200) ?? '',
    state: state === 'committed' || state === 'undone' ? state : null,
    account: parameters.get('account'),
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset - (offset % HISTORY_PAGE) : 0,
  };
}

export function historyAddress({ find, state, account, offset }: HistoryView): string {
  const parameters = new URLSearchParams();
  if (find !== '') parameters.set('find', find);
  if (state !== null) parameters.set('state', state);
  if (account !== null) parameters.set('account', account);
  if (offset > 0) parameters.set('offset', String(offset));
  return parameters.size === 0 ? '/import' : `/import?${parameters.toString()}`;
}

/** Every word must occur in the batch's name, its accounts' names or its receipt's hash or file hash. */
function hasWords({ source, statements, receipt }: BatchSummary, words: readonly string[]): boolean {
  const names = [source, ...statements.map(({ accountName }) => accountName), receipt?.hash, receipt?.payloadSha256];
  const text = names.join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

export function matchingBatches(batches: readonly BatchSummary[], view: HistoryView): BatchSummary[] {
  const words = view.find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return batches.filter(
    (batch) =>
      (view.state === null || batch.state === view.state) &&
      (view.account === null || batch.statements.some(({ accountId }) => accountId === view.account)) &&
      hasWords(batch, words),
  );
}
