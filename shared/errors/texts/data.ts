// Wording of errors about clients, accounts, connections, syncs, statements, batches, amounts and dates.
import type { ErrorTexts } from './error-text.ts';

const untouched = 'Nothing was changed.';
const noRows = 'No row was added or changed.';

export const dataErrors = {
  CLIENT_NOT_FOUND: {
    title: 'This client does not exist',
    whatHappened: 'The office has no client like that. It may have been removed meanwhile.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose a client from the list.',
  },
  CLIENT_NO_ACCESS: {
    title: 'You have no access to this client',
    whatHappened: 'The client’s data is encrypted with a key that you do not hold.',
    whoseMove: 'you',
    dataAffected: 'Nothing was changed.',
    nextStep: 'Ask an owner of the office for access.',
  },
  CLIENT_NAME_TAKEN: {
    title: 'There is a client of this name',
    whatHappened: 'Two clients of the same name are easily mixed up, so names are unique.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Add something that tells them apart, such as the town.',
  },
  ACCOUNT_NOT_FOUND: {
    title: 'This account does not exist',
    whatHappened: 'The client has no account like that.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose an account from the list.',
  },
  ACCOUNT_AMBIGUOUS: {
    title: 'More than one account fits',
    whatHappened: 'The source names its account so briefly that several accounts of this client fit.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Choose the account it belongs to.',
  },
  TRANSACTION_NOT_EXCLUDABLE: {
    title: 'This row can’t be excluded',
    whatHappened: 'It no longer counts: a booked row took its place, or it was excluded before.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Open the row to see what became of it.',
  },
  TRANSACTION_NOT_EXCLUDED: {
    title: 'This row is not excluded',
    whatHappened: 'Nobody excluded it, or somebody has restored it meanwhile.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Open the row to see how it counts.',
  },
  TRANSACTION_NOT_FOUND: {
    title: 'This transaction does not exist',
    whatHappened: 'The client has no transaction like that. The batch that brought it may have been undone meanwhile.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Open the list of transactions again.',
  },
  ACCOUNT_CURRENCY_DIFFERS: {
    title: 'The account is kept in another currency',
    whatHappened: 'The statement is in {statement}, the chosen account in {account}.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Choose an account in the statement’s currency, or let it make a new one.',
  },
  ACCOUNT_ASSIGNED_ELSEWHERE: {
    title: 'The account belongs to another client',
    whatHappened: 'An account belongs to exactly one client, and this one is already assigned.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Check which client it belongs to before you assign it.',
  },
  CONNECTION_NOT_FOUND: {
    title: 'This connection does not exist',
    whatHappened: 'The office has no connection like that. It may have been disconnected meanwhile.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose a connection from the list.',
  },
  CONNECTION_CREDENTIALS_MISSING: {
    title: 'This connection’s sign-in is not on this computer',
    whatHappened:
      'Its sign-in and its client key are kept in one computer’s keychain only. This office was restored from a backup, or the entry was removed.',
    whoseMove: 'you',
    byWhen: 'as soon as you need newer data',
    dataAffected: untouched,
    nextStep:
      'Disconnect it, then connect the bank again. Accounts and rows stay, and the new connection continues them.',
  },
  CONNECTION_NOT_READY: {
    title: 'The connection is not set up to the end',
    whatHappened: 'Before the first sync someone must sign in at the bank and assign accounts to clients.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Open the connection and finish its set-up.',
  },
  CONNECTION_TYPE_UNKNOWN: {
    title: 'This kind of connection is not known',
    whatHappened: 'This version of Strongroom does not know the connection’s type.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Install the newest version of Strongroom.',
  },
  SYNC_CANCELLED: {
    title: 'The sync was cancelled',
    whatHappened: 'Someone stopped the sync before it ended.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Start it again when you like. It begins where the last complete one ended.',
  },
  SYNC_ALREADY_RUNNING: {
    title: 'A sync is running already',
    whatHappened: 'This connection is being synced right now.',
    whoseMove: 'nobody',
    dataAffected: untouched,
    nextStep: 'Wait for it to end, or cancel it.',
  },
  SYNC_NOTHING_ASSIGNED: {
    title: 'No account is assigned to a client',
    whatHappened: 'Only accounts that are assigned to a client are fetched, and none is.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Open the connection and assign its accounts.',
  },
  STATEMENT_EMPTY: {
    title: 'The file is empty',
    whatHappened: 'The file holds no bytes, or nothing but blanks.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Download the statement from the bank again.',
  },
  STATEMENT_FORMAT_UNKNOWN: {
    title: 'This is not a statement format we read',
    whatHappened: 'The file’s beginning fits none of the formats Strongroom knows. Its name was not considered.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Download the statement as CAMT.053 or OFX.',
  },
  STATEMENT_MALFORMED: {
    title: 'The statement is damaged',
    whatHappened: 'The file breaks off or breaks the rules of its format ({where}).',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Download it from the bank again. If it is the same, send the bank the copied details.',
  },
  STATEMENT_NO_TRANSACTIONS: {
    title: 'The statement holds no rows',
    whatHappened: 'The file is a proper statement, but it books nothing.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Check the period chosen when it was downloaded.',
  },
  STATEMENT_PROFILE_NEEDED: {
    title: 'The file must be explained first',
    whatHappened: 'A {format} file does not say itself what its columns, dates and amounts mean.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Choose or confirm an import profile for it.',
  },
  STATEMENT_PROFILE_UNFIT: {
    title: 'The profile does not fit this file',
    whatHappened: 'The chosen profile is for other files ({what}).',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Choose another profile, or correct this one on the preview.',
  },
  STATEMENT_READER_STOPPED: {
    title: 'Reading the file was stopped',
    whatHappened:
      'Reading {file} took more time or memory than a statement may take, so the process that read it was ended.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Import the other files. Download this one again, in shorter periods or in another format.',
  },
  STATEMENT_TOO_LARGE: {
    title: 'The file is larger than allowed',
    whatHappened: 'The file, or something inside it, passes the limit of {limit}.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Download shorter periods and import them one after the other.',
  },
  STATEMENT_UNREADABLE: {
    title: 'The file cannot be read',
    whatHappened: 'There is no file {path}, or it is a folder, or this user may not read it.',
    whoseMove: 'you',
    dataAffected: 'No row was added or changed.',
    nextStep: 'Check the name and choose the statement file itself.',
  },
  STATEMENT_UNSUPPORTED: {
    title: 'The statement uses something we do not read',
    whatHappened:
      'The format is known, but this file uses a part of it that Strongroom refuses rather than misreads ({what}).',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Download the statement in another format.',
  },
  BATCH_NOT_FOUND: {
    title: 'This batch does not exist',
    whatHappened: 'The client has no batch like that. It may have been discarded meanwhile.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose a batch from the list.',
  },
  BATCH_NOT_STAGED: {
    title: 'The batch no longer waits for a decision',
    whatHappened: 'It was already committed, undone or discarded.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Look at the batch in the list to see what became of it.',
  },
  BATCH_NOT_COMMITTED: {
    title: 'Only a committed batch can be undone',
    whatHappened: 'The batch has brought nothing into the ledger, or was undone already.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Look at the batch in the list to see what became of it.',
  },
  BATCH_CHANGED_SINCE: {
    title: 'Something later counts on this batch',
    whatHappened: 'Another batch, an excluded row or an edit stands on what this batch brought: {by}.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Undo the later batch, or restore the excluded row, then try again.',
  },
  BATCH_ROW_NOT_DOUBTFUL: {
    title: 'There is nothing to decide about this row',
    whatHappened: 'The row was matched without doubt, or the batch has been taken back.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Look at the batch’s comparison again.',
  },
  PROFILE_NOT_FOUND: {
    title: 'There is no such import profile',
    whatHappened: 'The profile {profile} is not among the office’s profiles; perhaps it was removed.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose another profile or make one on the file’s preview.',
  },
  EXPORT_DESTINATION_EXISTS: {
    title: 'There is a file of this name already',
    whatHappened: 'Nothing is written over an existing file ({path}).',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose another name.',
  },
  EXPORT_FOLDER_NOT_FOUND: {
    title: 'The folder is not there',
    whatHappened: 'There is no folder for {path}, or this user may not write into it.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose another folder.',
  },
  EXPORT_NOT_EXPRESSIBLE: {
    title: 'The format cannot hold a row of this period',
    whatHappened: 'The file was not written, so that nothing is missing from it: {what}.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose CSV, XLSX or CAMT.053.',
  },
  MONEY_INVALID: {
    title: 'An amount cannot be read exactly',
    whatHappened:
      'An amount has a form that could be misread, or more decimal places than its currency. It was refused, not rounded.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Send the bank the copied details, or download another format.',
  },
  DATE_INVALID: {
    title: 'A date does not exist',
    whatHappened: 'A date is not a day of the calendar.',
    whoseMove: 'you',
    dataAffected: noRows,
    nextStep: 'Check the date. In a file: send the bank the copied details, or download another format.',
  },
} satisfies ErrorTexts<
  | 'CLIENT'
  | 'ACCOUNT'
  | 'TRANSACTION'
  | 'CONNECTION'
  | 'SYNC'
  | 'STATEMENT'
  | 'BATCH'
  | 'PROFILE'
  | 'EXPORT'
  | 'MONEY'
  | 'DATE'
>;
