// Wording of what protects the office: each measured fact with what it is worth, and the step that makes it stronger.
/** What to do about a weak fact. */
export const nextSteps = {
  'sign-in': 'Set up a second factor',
  people: 'Look at the people',
  prove: 'Prove the kit',
  kit: 'Make a new kit',
  backups: 'Go to backups',
  rotate: 'Make new keys',
  verify: 'Verify now',
} as const;

export const facts = {
  protection: {
    keychain: {
      title: 'Password and this computer',
      text: (keychain: string) =>
        `The key is derived from your password and a secret in ${keychain}. A copied folder is worthless elsewhere.`,
    },
    'password-only': {
      title: 'Password only',
      text: () =>
        'The key is derived from passwords alone. Anyone with a copy of the folder can try passwords, slowly. Restore a backup on a computer with a keychain when you can.',
    },
  },
  keyDerivation: {
    title: 'Slow to guess',
    text: (memory: string, passes: string, lanes: string) =>
      `Every guess at your password costs ${memory} MiB of memory, ${passes} passes and ${lanes} lanes of Argon2id.`,
  },
  ownFactor: {
    device: {
      title: 'Your security device is part of your key',
      text: 'Without it your password opens nothing, not even a stolen copy.',
    },
    code: {
      title: 'You sign in with codes as well',
      text: 'They protect a running office from someone who knows your password. They are no part of the key, so they do not protect a stolen folder.',
    },
    none: {
      title: 'You have no second factor',
      text: 'Whoever learns your password and sits at this computer is you.',
    },
  },
  people: {
    title: (secured: string, total: string) => `${secured} of ${total} people have a second factor`,
    text: 'Each person opens only the clients she was given keys for.',
    invited: (count: number) => (count === 1 ? 'One invitation is open.' : `${count} invitations are open.`),
  },
  kit: {
    proven: (when: string) => ({ title: 'Recovery kit proven', text: `Two of its groups were typed back on ${when}.` }),
    suspect: (when: string) => ({
      title: 'The recovery kit is to be made anew',
      text: `Since ${when} somebody who is no owner may know what it opens: an owner left, or keys may have leaked. The old kit opens the office until a new one is made and every database has its new key, which comes with it. If this stays after a new kit, a database could not be given its key: check the office, then make the kit once more. A new backup comes after it.`,
    }),
    unproven: {
      title: 'Recovery kit not proven',
      text: 'Nobody has typed two of its groups back yet, so it may be unreadable or lost.',
    },
  },
  backup: {
    none: { title: 'No backup', text: 'If this disk fails or the folder is damaged, nothing can be brought back.' },
    old: (when: string) => ({
      title: 'The newest backup is old',
      text: `It was written ${when}. What came since then would be lost.`,
    }),
    unverified: (when: string) => ({
      title: 'The newest backup was never proven',
      text: `It was written ${when}, and nobody has checked that it opens.`,
    }),
    good: (when: string) => ({
      title: 'Backed up and proven',
      text: `The newest backup was written ${when} and has been opened and checked.`,
    }),
  },
  networkFolder: {
    title: 'The office lies in a network folder',
    text: 'Databases can break there when the connection does, and others may copy the folder. Move it to a local disk.',
  },
  localFolder: { title: 'The office lies on this computer', text: 'No other computer has the files open.' },
  anchor: {
    known: (sequence: string, when: string) => ({
      title: 'An older state would be noticed',
      text: `State ${sequence} of ${when} is remembered outside the folder. Files put back to an earlier one are found when the office opens.`,
    }),
    missing: {
      title: 'An older state would not be noticed',
      text: 'Nothing outside the folder remembers the office’s last state. Sign in once more with the keychain available.',
    },
  },
  coreDumps: {
    off: {
      title: 'A crash writes no keys to disk',
      text: 'The process that holds the keys leaves no memory image behind.',
    },
    unknown: {
      title: 'Crash images: unknown',
      text: 'This system does not say whether a crashed process leaves an image of its memory. An encrypted disk covers it.',
    },
  },
  keys: {
    fresh: (when: string) => ({ title: 'Keys', text: `The oldest key of this office has been in use since ${when}.` }),
    old: (when: string) => ({
      title: 'A key is more than a year old',
      text: `The oldest has been in use since ${when}. New ones limit what a key that leaked unnoticed can open.`,
    }),
  },
  audit: {
    intact: (count: string) => ({
      title: 'The audit log is whole',
      text: `${count} entries, each fixed by the one after it and by signed checkpoints.`,
    }),
    broken: {
      title: 'The audit log has a gap',
      text: 'An entry was changed, removed or set back. The log before the gap can still be trusted; compare with a backup.',
    },
  },
  lock: {
    title: (minutes: number) => (minutes === 1 ? 'Locks after 1 minute' : `Locks after ${minutes} minutes`),
    text: 'Locking ends the processes that hold keys. A dead process is the only reliable wipe.',
  },
  databases: {
    title: 'One encrypted database and one key a client',
    text: 'SQLCipher 4, AES-256, every page authenticated. Damage and tampering are noticed when a page is read.',
  },
  window: {
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
} as const;

/** What the icon of a fact says to who does not see it. */
export const factTones = {
  good: 'Strong',
  info: 'Note',
  attention: 'Weak',
  bad: 'Broken',
  quiet: 'Unknown',
} as const;
