// Wording of errors about the office, its vault and the keychain.
import type { ErrorTexts } from './error-text.ts';

const untouched = 'Nothing was changed.';

export const officeErrors = {
  OFFICE_EXISTS: {
    title: 'There is an office here already',
    whatHappened: 'The folder already holds an office, so no second one was created.',
    whoseMove: 'you',
    dataAffected: 'The existing office is untouched.',
    nextStep: 'Unlock the existing office, or choose another folder for the new one.',
  },
  OFFICE_NOT_FOUND: {
    title: 'There is no office here',
    whatHappened: 'The folder holds no office.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Create an office, restore a backup, or start Strongroom with the folder that holds yours.',
  },
  OFFICE_FOLDER_NOT_EMPTY: {
    title: 'The folder is not empty',
    whatHappened: 'An office needs an empty folder, and this one holds other files.',
    whoseMove: 'you',
    dataAffected: 'The files in the folder are untouched.',
    nextStep: 'Choose an empty folder.',
  },
  OFFICE_FOLDER_NOT_WRITABLE: {
    title: 'The folder cannot be written',
    whatHappened: 'The system refuses to write into the office’s folder.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Give your user account the right to write there, or choose another folder.',
  },
  OFFICE_IN_USE: {
    title: 'The office is open elsewhere',
    whatHappened: 'Another Strongroom, or its command line, has this office open. Only one at a time may write.',
    whoseMove: 'you',
    dataAffected: 'The office is untouched.',
    nextStep: 'Close the other one, then try again.',
  },
  VAULT_CORRUPT: {
    title: 'A database of the vault is damaged',
    whatHappened:
      'A page of the encrypted database does not pass its integrity check. The disk, a sync tool or another program changed it.',
    whoseMove: 'you',
    byWhen: 'before you go on working',
    dataAffected: 'The damaged database was not opened and not changed. Other clients’ databases are not affected.',
    nextStep: 'Copy the office’s folder as it is, then restore the latest proven backup into an empty folder.',
  },
  VAULT_HEADER_CORRUPT: {
    title: 'The vault’s header cannot be read',
    whatHappened: 'The file that holds the wrapped keys is damaged, and so is its previous generation.',
    whoseMove: 'you',
    dataAffected: 'The databases are untouched, but without the header they cannot be opened.',
    nextStep: 'Copy the office’s folder as it is, then restore the latest proven backup into an empty folder.',
  },
  VAULT_HEADER_TAMPERED: {
    title: 'The vault’s header was changed by someone else',
    whatHappened:
      'The header does not match the vault: it was changed or set back by something that is not Strongroom.',
    whoseMove: 'you',
    byWhen: 'today',
    dataAffected: 'The vault was not opened.',
    nextStep: 'Find out who had access to the folder. Restore the latest proven backup into an empty folder.',
  },
  VAULT_KDF_REFUSED: {
    title: 'The vault’s protection settings are too weak',
    whatHappened:
      'The header asks for a password derivation below what Strongroom accepts. Someone may have changed it to make guessing easier.',
    whoseMove: 'you',
    dataAffected: 'The vault was not opened.',
    nextStep: 'Restore the latest proven backup into an empty folder, and find out who had access to this one.',
  },
  VAULT_ROLLED_BACK: {
    title: 'This office is older than this computer remembers',
    whatHappened:
      'A file of the office was replaced by an earlier state ({what}): by a sync tool, a copy put back by hand, or someone who wants newer entries to disappear.',
    whoseMove: 'you',
    byWhen: 'before you go on working',
    dataAffected: 'Nothing was opened or changed. A copy of the files as they are is in the folder “evidence”.',
    nextStep:
      'Find out who put the older files there. Put the newer ones back, restore the latest backup into an empty folder, or open the older state knowingly: the audit log will say so.',
  },
  VAULT_ROSTER_TAMPERED: {
    title: 'The list of people was changed by someone who is not an owner',
    whatHappened: 'The users and their access do not carry an owner’s signature that your own key knows.',
    whoseMove: 'you',
    byWhen: 'before you go on working',
    dataAffected: 'Nothing was opened and no key was handed out.',
    nextStep: 'Copy the office’s folder as it is, then restore the latest proven backup into an empty folder.',
  },
  VAULT_SCHEMA_NEWER: {
    title: 'This office was written by a newer Strongroom',
    whatHappened:
      'A database has a newer structure than this version knows. Opening it could lose what the newer version stored.',
    whoseMove: 'you',
    dataAffected: 'The office is untouched.',
    nextStep: 'Install the newest version of Strongroom and open the office with it.',
  },
  VAULT_DISK_FULL: {
    title: 'The disk is full',
    whatHappened: 'There was not enough room to finish writing.',
    whoseMove: 'you',
    dataAffected: 'The unfinished step was taken back. Everything confirmed before it is stored.',
    nextStep: 'Make room on the disk, then try again.',
  },
  VAULT_IO: {
    title: 'The disk did not answer as it should',
    whatHappened: 'Reading or writing a file of the vault failed.',
    whoseMove: 'you',
    dataAffected: 'The unfinished step was taken back. Everything confirmed before it is stored.',
    nextStep:
      'Check the disk and its cable or network drive, then try again. If it happens again, make a backup elsewhere.',
  },
  VAULT_KEYS_UNFINISHED: {
    title: 'Some databases still have their old key',
    whatHappened:
      'New keys were made, but a database could not be written anew under its key. Most often the disk is full.',
    whoseMove: 'you',
    dataAffected:
      'Every database opens. Those that were written anew keep their new key, the others wait with their old one.',
    nextStep:
      'Remove the cause, for example make room on the disk. The next sign-in finishes what waits; renewing keys again does too.',
  },
  VAULT_AUDIT_BROKEN: {
    title: 'The audit log has a gap',
    whatHappened:
      'An entry of the audit log does not fit the one before it. Entries were changed, removed or set back.',
    whoseMove: 'you',
    byWhen: 'today',
    dataAffected: 'Bank data is not affected. The log before the gap can still be trusted.',
    nextStep: 'Compare with a backup from before the gap, and find out who had access to the office’s folder.',
  },
  KEYCHAIN_UNAVAILABLE: {
    title: 'The system’s keychain is not available',
    whatHappened: 'This computer offers no keychain to this user account, or it is locked.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Unlock or set up the keychain, or protect the office by a longer password alone.',
  },
  KEYCHAIN_ENTRY_MISSING: {
    title: 'The keychain no longer holds this office’s device secret',
    whatHappened:
      'The password alone does not open this office: half of its key was in this computer’s keychain, and that entry is gone.',
    whoseMove: 'you',
    dataAffected: 'The office is untouched, but it cannot be opened without the entry.',
    nextStep:
      'If the office came from another computer, open it there. Otherwise the first owner comes back with the recovery kit (“Lost your password?”) and invites the others anew.',
  },
  KEYCHAIN_FAILED: {
    title: 'The system’s keychain refused',
    whatHappened: 'The keychain answered with an error when a secret was read or written.',
    whoseMove: 'you',
    dataAffected: untouched,
    nextStep: 'Unlock the keychain and try again.',
  },
} satisfies ErrorTexts<'OFFICE' | 'VAULT' | 'KEYCHAIN'>;
