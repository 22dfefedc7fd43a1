// Wording of backups: write, verify, restore.
export const backups = {
  title: 'Backups',
  lead: 'One encrypted file holds the whole office. Your recovery kit opens it, and so does standard age.',
  create: 'Back up now',
  list: 'Written backups',
  lastProven: 'Last proven',
  columns: {
    created: 'Written',
    path: 'File',
    clients: 'Clients',
    rows: 'Transactions',
    size: 'Size',
    opens: 'Opens with',
    proven: 'Proven',
    actions: 'Check',
  },
  kit: 'Recovery kit',
  kitAndPassphrase: 'Kit or passphrase',
  never: 'Never proven',
  verify: 'Verify',
  verifying: 'Decrypting and checking the whole file',
  empty: {
    title: 'No backup yet',
    hint: 'A backup is one encrypted file with the office and all its clients. Write it to another disk or a server, and keep the recovery kit somewhere else.',
  },
  createDialog: {
    title: 'Back up the office',
    path: 'Write to',
    pathHint: 'The whole path of the new file, best on another disk. An existing file is never overwritten.',
    withPassphrase: 'Also open it with a passphrase',
    passphrase: 'Passphrase',
    passphraseHint: 'At least 15 characters. Without one, only the recovery kit and this office open the file.',
    submit: 'Write the backup',
    notIncluded: 'Bank sign-ins are never part of a backup: after a restore every connection is signed in again.',
  },
  verified: {
    title: 'This backup opens and is whole',
    broken: 'This backup is not whole',
    summary: (files: string, clients: string, rows: string) =>
      `${files} files decrypted and compared · ${clients} clients · ${rows} transactions`,
  },
  drill: 'Restore drill',
  drillHint:
    'Take the recovery kit and open a backup with it, as you would have to on a new computer. It shows what would come back, and writes nothing.',
  drillStart: 'Open a backup file',
  restoreHint:
    'A backup is restored into an empty place, never over a living office. Start Strongroom with an empty folder and choose “Restore a backup”.',
} as const;

export const restore = {
  title: 'Restore a backup',
  lead: 'First the backup is opened and checked. Nothing is written before you have seen what it holds.',
  path: 'Backup file',
  pathHint: 'The whole path of the file.',
  key: 'Open it with',
  keys: { recovery: 'Recovery kit', passphrase: 'Passphrase' },
  recoveryKey: 'The eight groups of the kit',
  recoveryHint: 'Blanks, dashes and upper or lower case do not matter.',
  passphrase: 'Passphrase',
  check: 'Open and check',
  checking: 'Decrypting and checking the whole file',
  preview: 'What it holds',
  office: 'Office',
  created: 'Written',
  clients: 'Clients',
  rows: 'Transactions',
  files: 'Files',
  filesOk: (count: string) => `${count}, all as they were written`,
  filesBroken: (broken: string, count: string) => `${broken} of ${count} differ from what was written`,
  notIncluded: 'Bank sign-ins are not part of a backup. Every connection must be signed in again.',
  newPassword: 'New password',
  newPasswordLead: 'The owner opens the restored office with this password. A new recovery kit replaces the old one.',
  submit: 'Restore it here',
  submitting: 'Restoring and checking every database',
  done: 'Restored',
  doneText: (clients: string, rows: string) =>
    `${clients} clients and ${rows} transactions are back, and every database was checked.`,
  reauthorise: (count: number) =>
    count === 1
      ? '1 connection must be signed in at its bank again.'
      : `${count} connections must be signed in at their banks again.`,
  inviteAnew: (count: number) =>
    count === 1
      ? '1 person must be invited anew: no backup holds anybody’s own key.'
      : `${count} people must be invited anew: no backup holds anybody’s own key.`,
  toKit: 'Go on to the new recovery kit',
  toUnlock: 'Go on to the office',
} as const;
