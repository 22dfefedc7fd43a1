// Wording of errors about backups and about the program itself.
import type { ErrorTexts } from './error-text.ts';

const untouched = 'Nothing was changed.';
const kept = 'Everything confirmed before is stored. The unfinished step was taken back.';

export const programErrors = {
  INTERNAL_UNEXPECTED: {
    title: 'Something went wrong inside Strongroom',
    whatHappened: 'This is a fault of the program, not of what you did.',
    whoseMove: 'program',
    dataAffected: kept,
    nextStep: 'Try again. If it happens again, report it with the copied details; they hold no private data.',
  },
  USAGE_INVALID: {
    title: 'The command was not understood',
    whatHappened: 'An argument is missing or not known: {problem}',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Look at the command’s help and try again.',
  },
  BACKUP_DESTINATION_EXISTS: {
    title: 'There is a file of this name',
    whatHappened: 'A backup never overwrites another file.',
    whoseMove: 'you',
    dataAffected: 'The existing file is untouched. No backup was written.',
    nextStep: 'Choose another name or folder.',
  },
  BACKUP_FILE_INVALID: {
    title: 'This is not a usable backup',
    whatHappened: 'The file is no Strongroom backup, or it is damaged ({reason}).',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose another backup. Keep this file until you have restored one.',
  },
  BACKUP_NO_MATCHING_KEY: {
    title: 'The key does not open this backup',
    whatHappened: 'Neither the recovery key nor the passphrase given belongs to this backup.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Check the kit’s date against the backup’s, and type the eight groups again.',
  },
  BACKUP_INCOMPLETE: {
    title: 'The backup is not complete',
    whatHappened: 'A file inside is missing or differs from what was written.',
    whoseMove: 'you',
    byWhen: 'before you rely on it',
    dataAffected: untouched,
    nextStep: 'Make a new backup, or choose an older one that verifies.',
  },
  BACKUP_TARGET_NOT_EMPTY: {
    title: 'A backup is restored into an empty place only',
    whatHappened: 'The office’s folder already holds something.',
    whoseMove: 'you',
    dataAffected: 'What is in the folder is untouched.',
    nextStep: 'Choose an empty folder.',
  },
  HOST_NOT_AVAILABLE: {
    title: 'No window can be opened here',
    whatHappened: 'Neither the desktop program nor a suitable browser was found on this computer.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Install Chromium, Chrome or Edge, or use the command line.',
  },
  HOST_BROWSER_FAILED: {
    title: 'The browser did not open',
    whatHappened: 'The system did not open the page in a browser.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Set a default browser in the system’s settings, then try again.',
  },
  IPC_SENDER_REFUSED: {
    title: 'A request came from the wrong place',
    whatHappened: 'Something other than Strongroom’s own window tried to use the program.',
    whoseMove: 'you',
    dataAffected: 'The request was refused.',
    nextStep: 'Close the window and start Strongroom again. If it happens again, report it.',
  },
  IPC_TOO_LARGE: {
    title: 'Too much at once',
    whatHappened: 'What was sent passes the limit for one step.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Choose less at once.',
  },
  IPC_CALL_UNKNOWN: {
    title: 'The window and the program do not match',
    whatHappened: 'The window asked for something the program does not know: {call}',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Close Strongroom and start it again.',
  },
  IPC_INPUT_INVALID: {
    title: 'Something entered is not as it should be',
    whatHappened: 'A value does not have the form that is needed: {where}',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Check what you entered and try again.',
  },
  PROCESS_CRASHED: {
    title: 'A part of Strongroom stopped and was started again',
    whatHappened: 'The {process} process ended unexpectedly.',
    whoseMove: 'program',
    dataAffected: kept,
    nextStep: 'Unlock again if asked to, and repeat the step.',
  },
  PROCESS_TIMEOUT: {
    title: 'A part of Strongroom does not answer',
    whatHappened: 'The {process} process did not answer in time.',
    whoseMove: 'program',
    dataAffected: kept,
    nextStep: 'Try again. If it happens again, lock and unlock the office.',
  },
  PRACTICE_NOT_STARTED: {
    title: 'The practice bank did not start',
    whatHappened: 'Its process ended before it was ready. Its port may be taken.',
    whoseMove: 'you',
    dataAffected: 'Nothing was changed.',
    nextStep: 'Leave out --port to take a free one, or choose another.',
  },
  PRACTICE_NOT_RUNNING: {
    title: 'The practice bank is not running',
    whatHappened: 'The step needs the practice bank on this computer, and it is stopped.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Start the practice bank on the overview, then try again.',
  },
} satisfies ErrorTexts<'INTERNAL' | 'USAGE' | 'BACKUP' | 'HOST' | 'IPC' | 'PROCESS' | 'PRACTICE'>;
