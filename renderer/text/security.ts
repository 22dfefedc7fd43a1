// Wording of security: what protects the office, what doesn't, the audit log, verify. It promises nothing the program doesn't do.
export const security = {
  title: 'Security',
  lead: 'What protects this office, what does not, and who did what.',
  verify: 'Verify now',
  verifying: 'Checking every page of every database, the header and the audit log',
  verifiedOk: 'Everything checked is whole',
  verifiedBad: 'Something is not as it was written',
  check: 'Checked',
  result: 'Result',
  detail: 'Found',
  whole: 'Whole',
  broken: 'Broken',
  protects: 'What protects this office',
  limits: 'What it does not protect from',
  limitsList: [
    'A program that runs under your user account while the office is unlocked can read what you can read.',
    'Someone with your password and this computer can open the office. Lock it when you leave.',
    'Whoever holds the recovery kit and a backup can read that backup.',
    'If password, computer, kit and backups are all lost, nobody can bring the data back.',
  ],
  recovery: {
    proven: 'Recovery kit proven: two groups were typed back',
    unproven: 'Recovery kit not proven: nobody has typed two of its groups back yet',
    prove: 'Prove it now',
  },
} as const;

export const protections = {
  keychain: {
    title: 'Password and this computer',
    text: (keychain: string) =>
      `The key is derived from your password and a secret in ${keychain}. A copied folder is worthless elsewhere.`,
  },
  passwordOnly: {
    title: 'Password only',
    text: 'The key is derived from your password alone. Anyone with a copy of the folder can try passwords, slowly.',
  },
  databases: {
    title: 'One encrypted database and one key a client',
    text: 'SQLCipher 4, AES-256, every page authenticated. Damage and tampering are noticed when a page is read.',
  },
  network: {
    title: 'This window has no network',
    text: 'Only the connector process talks to banks, over TLS with the identities you confirmed. It never has the office’s keys.',
  },
  credentials: {
    title: 'Bank sign-ins live in the keychain only',
    text: 'They are in no database, no backup, no log and never in this window.',
  },
  noCredentialStore: {
    title: 'No place for bank sign-ins',
    text: 'Without a keychain this computer keeps no bank sign-ins, so connections cannot be made here.',
  },
  lock: {
    title: (minutes: number) => (minutes === 1 ? 'Locks after 1 minute' : `Locks after ${minutes} minutes`),
    text: 'Locking ends the processes that hold keys. A dead process is the only reliable wipe.',
  },
  audit: {
    title: 'Every change leaves an entry',
    text: 'Each entry of the audit log carries a hash of the one before. A changed or removed entry breaks the chain.',
  },
} as const;

export const audit = {
  title: 'Audit log',
  office: 'The office',
  intact: 'Chain whole',
  intactMeaning: 'Every entry fits the one before it.',
  broken: 'Chain broken',
  brokenMeaning: 'An entry does not fit the one before it: something was changed, removed or set back.',
  entries: (count: string) => `${count} entries`,
  columns: {
    number: 'No.',
    at: 'When',
    user: 'Who',
    action: 'What',
    subject: 'About',
    outcome: 'Outcome',
    hash: 'Hash',
  },
  outcomes: { done: 'Done', denied: 'Denied' },
  none: 'Nothing is logged here yet.',
  /** Actions in words; others are shown as they are. */
  actions: {
    'office.create': 'Office created',
    'office.unlock': 'Unlocked',
    'office.lock': 'Locked',
    'office.verify': 'Verified',
    'office.proveRecoveryKit': 'Recovery kit proven',
    'office.setPreferences': 'Settings changed',
    'clients.add': 'Client added',
    'connections.create': 'Connection created',
    'connections.authorise': 'Signed in at the bank',
    'connections.assign': 'Accounts assigned',
    'connections.sync': 'Synced',
    'connections.pause': 'Connection paused or resumed',
    'connections.disconnect': 'Connection removed',
    'batches.assign': 'Account of a batch chosen',
    'batches.commit': 'Batch committed',
    'batches.undo': 'Batch undone',
    'batches.discard': 'Batch discarded',
    'backups.create': 'Backup written',
    'backups.verifyOwn': 'Backup verified',
    'backups.restore': 'Backup restored',
  } as Readonly<Record<string, string>>,
} as const;
