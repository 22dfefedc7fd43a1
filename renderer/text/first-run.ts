// Wording of first run: practise, create, restore, recovery kit.
import type { PasswordStrength } from '../../shared/ipc/contract/office.ts';

export const firstRun = {
  title: 'Your clients’ bank data, in one strongroom',
  lead: 'Everything stays encrypted on this computer. Nothing is sent anywhere but to the banks you connect.',
  folder: 'Folder of the office',
  choices: {
    practise: {
      title: 'Practise with the practice bank',
      text: 'A bank that lives on this computer, with three invented companies. Connect, sync, import and break things without risk.',
      button: 'Practise',
    },
    create: {
      title: 'Create an office',
      text: 'For your own clients. You choose a password and print a recovery kit. It takes about five minutes.',
      button: 'Create an office',
    },
    restore: {
      title: 'Restore a backup',
      text: 'Bring back an office from a backup file. You need the file, and its recovery kit or passphrase.',
      button: 'Restore a backup',
    },
  },
  back: 'Back',
  practiceOffice: 'Practice office',
  practiceOwner: 'Trainee',
} as const;

export const createOffice = {
  title: 'Create an office',
  practiceTitle: 'Create a practice office',
  lead: 'An office holds your users, your clients and the log of who did what. Each client gets a key of its own.',
  name: 'Name of the office',
  owner: 'Your name',
  ownerHint: 'You become the owner. The name stands in the audit log.',
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
  keychainHolds: 'What the keychain holds',
  keychainItems: [
    'a secret of this computer, half of the office’s key',
    'later: sign-ins and client keys of your bank connections',
    'never: your password, the recovery kit, or any client’s data',
  ],
  password: 'Password',
  passwordHint: 'Several unrelated words are strong and easy to remember. Any character is allowed, blanks too.',
  repeat: 'Password again',
  repeatDiffers: 'The two passwords differ',
  lockAfter: 'Lock when nobody has used the window for',
  minutes: (count: number) => (count === 1 ? '1 minute' : `${count} minutes`),
  submit: 'Create the office',
  submitting: 'Making keys. This takes a second or two on purpose: it makes guessing slow.',
} as const;

export const strength = {
  label: 'Strength',
  scores: ['Far too weak', 'Too weak', 'Acceptable', 'Good', 'Very good'],
  weak: 'Too weak',
  length: (minimum: number, now: number) => `${now} of at least ${minimum} characters`,
  reasons: {
    'too-short': 'It is too short: every short password can be tried out.',
    common: 'It contains a password that attackers try first.',
    repeats: 'It repeats itself.',
    'office-name': 'It contains the office’s name.',
  } satisfies Record<PasswordStrength['reasons'][number], string>,
} as const;

export const recovery = {
  title: 'Your recovery kit',
  lead: 'This paper opens your backups when the password is forgotten or this computer is lost. Nobody else has it: without it and without the password the data cannot be read by anyone, and we cannot help.',
  shownOnce: 'It is shown only now. Print it, or save it as PDF onto something you lock away. Do not photograph it.',
  paperTitle: 'Strongroom recovery kit',
  office: 'Office',
  officeId: 'Office number',
  created: 'Created',
  key: 'Recovery key',
  paperUse:
    'To use it: install Strongroom, choose “Restore a backup”, pick the newest backup file and type the eight groups. Upper or lower case does not matter.',
  paperKeep: 'Keep it where you keep your deeds: not beside the computer, not with the backups.',
  print: 'Print or save as PDF',
  next: 'I have it on paper',
  proveTitle: 'Prove that you have it',
  proveLead: 'Take the paper and type two of its groups. The key is no longer on the screen.',
  group: (position: number) => `Group ${position + 1}`,
  prove: 'Check and finish',
  showAgain: 'Show the kit again',
  later: 'Later',
  laterMeaning: 'The overview reminds you until two groups have been typed back.',
} as const;
