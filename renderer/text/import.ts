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
    'OFX, CAMT, MT940, MT942, CSV, QIF, BAI2 or a ZIP of CAMT files, many at once. A process without any key reads them.',
  choose: 'Choose files',
  dropNow: 'Let go to read these files',
  queue: 'Files',
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
  undone: (source: string) => `${source} undone. Its rows are out of the ledger.`,
  open: (source: string) => `Open ${source}`,
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
    sums: 'Sum of new rows',
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
