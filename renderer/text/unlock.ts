// Wording of unlock: who it is, why it is locked, what is wrong, the ways out.
import type { LockReason } from '../../shared/ipc/contract/office.ts';

export const unlock = {
  title: 'Unlock',
  who: 'Who are you',
  invited: 'invited',
  waits: 'waits',
  password: 'Password',
  code: 'Code',
  codeHint: 'The six digits your authenticator app shows now, or one of your recovery codes.',
  deviceHint: 'Connect your security device now. It is asked after the password, and may want to be touched.',
  submit: 'Unlock',
  working: 'Deriving the key. This takes about a second on purpose.',
  triesLeft: (count: number) =>
    count === 1 ? 'One more wrong try, and signing in waits.' : `${count} more wrong tries, and signing in waits.`,
  folder: 'Folder',
  protections: {
    keychain: (keychain: string) => `Opens with your password and this computer’s ${keychain}.`,
    'password-only': 'Opens with the password alone.',
  },
  reasons: {
    user: 'You locked it.',
    idle: 'It locked itself because nobody used the window for a while.',
    'screen-lock': 'It locked itself with the screen.',
    suspend: 'It locked itself when the computer went to sleep.',
    'user-switch': 'It locked itself when another user came to this computer.',
    'process-crashed': 'A part of the program stopped, so it locked itself. Everything confirmed is stored.',
  } satisfies Record<LockReason, string>,
  lost: 'Password or computer lost',
  lostOwner: 'An owner with the recovery kit chooses a new password here.',
  lostOthers: 'Everybody else asks an owner for a new invitation.',
  lostAll:
    'If this folder is lost too, start Strongroom with an empty folder, choose “Restore a backup”, and use the newest backup with the kit. There is no other way in, for anybody.',
  withKit: 'Use the recovery kit',
  again: 'Look again',
} as const;

export const invitation = {
  lead: (name: string) =>
    `${name} was invited. Type the invitation code, and choose the password that opens the office from now on.`,
  code: 'Invitation code',
  codeHint:
    'An owner of the office gave it to you. It works once. Blanks, dashes and upper or lower case do not matter.',
  submit: 'Take up the invitation',
  working: 'Making your key. This takes a second or two on purpose.',
} as const;

export const wait = {
  title: 'Signing in waits',
  text: 'There were too many wrong tries. The wait counts only while this computer runs; closing the program or changing the clock does not shorten it.',
  about: (minutes: number) => (minutes <= 1 ? 'Less than a minute left' : `About ${minutes} minutes left`),
  others: 'Others of this office can sign in meanwhile.',
} as const;

export const older = {
  title: 'Open the older state knowingly',
  lead: 'Only when you know why the files are older: for example because you put back a copy yourself.',
  known: 'I know that what was entered since then is missing, and that the audit log will name me.',
  submit: 'Open the older state',
  again: 'Type the password once more, then open it.',
} as const;

export const wayOut = {
  title: 'The way out',
  copy: 'Copy the office’s folder as it is to another disk. Nothing in it was deleted or changed.',
  restore:
    'Start Strongroom with an empty folder and choose “Restore a backup”. You need the newest proven backup and the recovery kit.',
  compare: 'Compare the restored office with what you remember of the last days; import or sync what is missing.',
} as const;

export const recover = {
  title: 'Back in with the recovery kit',
  lead: 'For the owner of this office. Type the eight groups from the paper and choose a new password.',
  groups: 'The eight groups of the kit',
  groupsHint: 'Type them, or paste all at once. Upper or lower case does not matter; O is read as 0, I and L as 1.',
  group: (position: number) => `Group ${position + 1}`,
  password: 'New password',
  whatHappens: 'What happens',
  effects: [
    'The new password opens the office as its owner. Your authenticator app and security device are removed; set them up again.',
    'The office and every client get new keys, and you get a new kit: this paper stops working.',
    'Everybody else keeps their password. The audit log says that the kit was used.',
  ],
  submit: 'Open the office',
  working: 'Opening the office with the kit and writing every database anew. Large offices take a few minutes.',
  back: 'Back',
} as const;
