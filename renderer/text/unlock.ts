// Wording of unlock: why it is locked, what is wrong, the ways out.
import type { LockReason } from '../../shared/ipc/contract/office.ts';

export const unlock = {
  title: 'Unlock',
  password: 'Password',
  submit: 'Unlock',
  working: 'Deriving the key. This takes about a second on purpose.',
  capsLock: 'Caps Lock is on',
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
  lostText:
    'Start Strongroom with an empty folder, choose “Restore a backup”, and use the newest backup with your recovery kit. There is no other way in, for anybody.',
  again: 'Look again',
} as const;
