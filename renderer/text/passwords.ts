// Wording of choosing a password: protection, strength and why it is refused.
import type { PasswordStrength } from '../../shared/ipc/contract/office.ts';

export const protectionChoice = {
  protection: 'How the key is protected',
  protections: {
    keychain: 'Password and this computer',
    'password-only': 'Password only',
  },
  keychainText: (keychain: string) =>
    `Half of the key is kept in ${keychain}. A copy of the office’s folder is worthless without this computer, even to someone who guesses the password.`,
  passwordOnlyText:
    'The password alone protects a copied folder, so it must be longer. Choose this where the office moves between computers.',
  noKeychain: (keychain: string) =>
    `${keychain === '' ? 'The system’s keychain' : keychain} is not available here, so the password alone protects the office. It must be longer, and a notice stays on the overview.`,
} as const;

export const newPassword = {
  password: 'Password',
  newPassword: 'New password',
  hint: 'Several unrelated words are strong and easy to remember. Any character is allowed, blanks too.',
  repeat: 'Password again',
  repeatDiffers: 'The two passwords differ',
} as const;

export const strength = {
  label: 'Strength',
  scores: ['Far too weak', 'Too weak', 'Acceptable', 'Good', 'Very good'],
  weak: 'Too weak',
  length: (minimum: number, now: number) => `${now} of at least ${minimum} characters`,
  reasons: {
    'too-short': 'It is too short: every short password can be tried out.',
    common: 'It is on the lists that attackers try first.',
    guessable: 'A program that guesses passwords would find it within hours.',
    'office-name': 'It contains the office’s name.',
    'own-name': 'It contains your name.',
  } satisfies Record<PasswordStrength['reasons'][number], string>,
} as const;
