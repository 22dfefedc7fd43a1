// Wording of first run: practise, create, restore.

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
  keychainHolds: 'What the keychain holds',
  keychainItems: [
    'a secret of this computer, half of the office’s key',
    'later: sign-ins and client keys of your bank connections',
    'never: your password, the recovery kit, or any client’s data',
  ],
  lockAfter: 'Lock when nobody has used the window for',
  minutes: (count: number) => (count === 1 ? '1 minute' : `${count} minutes`),
  submit: 'Create the office',
  submitting: 'Making keys. This takes a second or two on purpose: it makes guessing slow.',
} as const;
