// Wording of the import screen. Text only: no state, no markup.
import type { BatchSummary } from '../../shared/ipc/contract/batches.ts';
import type { StatementSurvey } from '../../shared/model/statement-survey.ts';
import { wordReader } from './batch.ts';

export const importText = {
  title: 'Import',
  lead: 'Statement files become part of the ledger only after you have seen what they would change.',
  readOnly: 'Your role reads what was imported; an accountant or an owner imports.',
  why: 'A file goes to one client. Pick the client it belongs to.',
  dropTitle: (client: string) => `Drop statement files for ${client}`,
  dropHint:
    'OFX, CAMT, MT940, MT942, CSV, QIF, BAI2 or a ZIP of CAMT files, many at once or a whole folder. A process without any key reads them.',
  choose: 'Choose files',
  chooseFolder: 'Choose a folder',
  noFiles: 'There is no file in it.',
  dropNow: 'Let go to read these files',
  queue: 'Files',
  tally: {
    ok: (count: string) => `${count} ok`,
    needYou: (count: number, shown: string) => (count === 1 ? '1 needs you' : `${shown} need you`),
    underWay: (count: string) => `${count} under way`,
    clear: 'Clear the list',
  },
  moreFiles: (count: string) => `${count} more wait for their turn.`,
  reading: (done: string, total: string) => `${done} of ${total} read`,
  rowsRead: (rows: string) => `${rows} rows`,
  rate: (rows: string) => `${rows} rows/s`,
  entries: (count: number) => (count === 1 ? '1 file in the archive' : `${count} files in the archive`),
  withProfile: (name: string) => `read with the profile “${name}”`,
  answer: 'Answer',
  answerFile: (name: string) => `Answer what ${name} leaves open`,
  fileStates: {
    surveying: 'Being looked at',
    asking: 'Needs your answer',
    waiting: 'Waiting for its turn',
    comparing: 'Comparing with the ledger',
    failed: 'Not read. The ledger is as it was.',
    cancelled: 'Cancelled. Nothing was added.',
  },
  cancel: 'Cancel',
  cancelFile: (name: string) => `Cancel ${name}`,
  dismissFile: (name: string) => `Dismiss ${name}`,
  review: 'Review',
  staged: 'Waiting for your decision',
  stagedHint: 'Read, compared, not yet part of the ledger.',
  history: 'History',
  historyColumns: {
    source: 'Source',
    when: 'Committed',
    rows: 'Rows',
    state: 'State',
    receipt: 'Receipt',
    undo: 'Way back',
  },
  historyFilters: 'Filters of the history',
  historySearch: 'Find a batch by its name',
  historyState: 'State',
  anyState: 'Any state',
  historyAccount: 'Account',
  anyAccount: 'All accounts',
  historyNoMatch: 'No batch fits these filters.',
  historyClear: 'Clear filters',
  historyPages: 'Pages of the history',
  historyNone: 'No file or sync has been committed for this client yet.',
  back: 'All imports',
  reader: 'Read as',
  created: 'Read',
  source: 'Came from',
  detection: 'What was found',
  accountInFile: 'Account in the source',
  goesTo: 'Goes to',
  goesToLabel: (account: string) => `Account that ${account} goes to`,
  newAccount: 'A new account',
  chooseAccount: 'Choose the account',
  accountNeeded: 'Needed before the commit',
  period: 'Period',
  noPeriod: 'not stated',
  opening: 'Opening',
  closing: 'Closing',
  notStated: 'not stated',
  rows: 'Rows',
  proof: 'Proof',
  changes: 'Compared',
  noRows: 'The statement says itself that it holds no rows. A commit keeps it as proof of the period and adds nothing.',
  nothingNew: (count: number, shown: string) =>
    `Nothing new: ${count === 1 ? 'its only row is' : `all ${shown} rows are`} in the ledger already. You can discard it, or commit it to keep its balances as proof.`,
  nothingNewShort: 'Nothing new',
  warnings: (count: number) => (count === 1 ? '1 remark from the reader' : `${count} remarks from the reader`),
  diff: 'What would change',
  diffCommitted: 'What it changed',
  commit: (count: number, text: string) => (count === 1 ? 'Commit 1 row' : `Commit ${text} rows`),
  commitNothing: 'Commit with no new rows',
  discard: 'Discard',
  discarded: (source: string) => `${source} discarded. The ledger was not touched.`,
  committed: (source: string) => `${source} committed`,
  undo: 'Undo',
  undoBatch: (source: string) => `Undo ${source}`,
  undoTitle: (source: string) => `Undo ${source}?`,
  undoConfirm: 'Undo the batch',
  undoLost: {
    nothing: 'No row: it added and changed none.',
    added: (count: number, shown: string) =>
      count === 1 ? '1 row leaves the ledger.' : `${shown} rows leave the ledger.`,
    changed: (count: number, shown: string) =>
      count === 1
        ? '1 row gets the version back that it had before.'
        : `${shown} rows get the version back that they had before.`,
    decisions: 'Decisions on its doubtful rows lose their effect.',
    signs: 'Where it was this batch that turned signs round, later files of the account are read as written again.',
    keptFile: 'Its receipt stays. The file can be imported again.',
    keptSync: 'Its receipt stays. The connection stays as it is.',
  },
  undone: (source: string) => `${source} undone. Its rows are out of the ledger.`,
  states: { staged: 'Waiting for your decision', committed: 'Committed', undone: 'Undone' } satisfies Record<
    BatchSummary['state'],
    string
  >,
  sources: { connection: 'Bank connection', file: 'File' } satisfies Record<BatchSummary['kind'], string>,
  receipt: 'Receipt',
  receiptHint: 'Each receipt covers the one before it, so a changed or missing batch shows.',
  receiptFields: {
    committed: 'Committed',
    by: 'By',
    period: 'Period',
    payload: 'SHA-256 of the source',
    bytes: 'Bytes',
    reader: 'Read as',
    counts: 'Rows',
    sums: 'Sum of new rows',
    proof: 'Proof',
    tls: 'TLS seen',
    previous: 'Receipt before',
    hash: 'Receipt',
  },
  firstReceipt: 'first in the chain',
  seeTransactions: 'See transactions',
  progressLabel: (name: string) => `Reading ${name}`,
} as const;

/** What a file is, in words: format with its version, and character set. Empty where it is not known. */
export function wordSurvey({ format, version, charset }: StatementSurvey): string {
  if (format === null) return '';
  const reader = wordReader(`${format} ${version ?? ''}`);
  return [reader, charset?.toUpperCase().replace('WINDOWS', 'Windows')]
    .filter((part) => part !== undefined && part !== null)
    .join(' · ');
}
