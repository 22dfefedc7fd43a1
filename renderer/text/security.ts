// Wording of the security screen: its views, the recovery kit anew, keys and their replacement.
export const security = {
  title: 'Security',
  lead: 'What protects this office, who may do what, and who did it.',
  views: { protection: 'Protection', people: 'People', 'sign-in': 'My sign-in', audit: 'Audit log' },
  verify: 'Verify now',
  verifying: 'Checking every page of every database, the header and the audit log',
  verifiedOk: 'Everything checked is whole',
  verifiedBad: 'Something is not as it was written',
  check: 'Checked',
  result: 'Result',
  detail: 'Found',
  whole: 'Whole',
  broken: 'Broken',
  weak: 'What would make it stronger',
  nothingWeak: 'Nothing that this program can measure.',
  protects: 'What protects this office',
  limits: 'What it does not protect from',
  limitsList: [
    'A program that runs under your user account while the office is unlocked can read what you can read.',
    'Someone with your password and this computer can open the office. Lock it when you leave.',
    'Someone who can write this folder and the keychain can put both back to an older state. Only backups and printed reports show it.',
    'Whoever holds the recovery kit can open this office and its backups.',
    'If password, computer, kit and backups are all lost, nobody can bring the data back.',
  ],
  recovery: {
    renew: 'Make a new kit',
    renewTitle: 'Make a new recovery kit',
    renewLost:
      'The old paper opens nothing any more, here and for backups from now on. Destroy it. Older backups still open with the old one.',
    renewOnly:
      'Keys stay as they are: the old paper with an older copy of this folder still gives them away. Where both may be in other hands, make new keys afterwards.',
    renewDue:
      'Every database gets a new key as well, because an older copy of this folder gives the present ones away to whoever knows what the old kit opens. This can take minutes; do not switch the computer off.',
  },
} as const;

/** After somebody went who was an owner. */
export const kitDue = {
  left: (name: string) => `${name} is no owner any more`,
  leaked: (name: string) => `The recovery kit after ${name}`,
  why: 'An owner can open what the recovery kit opens, and a changed program could have kept it. Make a new kit next, which also gives every database a new key, then a new backup, and destroy the old ones. Until the new kit is made the old one still opens the office; a notice reminds you.',
  renew: 'Make a new kit',
  later: 'Later',
} as const;

export const keys = {
  title: 'Keys',
  columns: { what: 'Opens', generation: 'Key no.', since: 'Since' },
  office: 'The office itself',
  rotate: 'Make new keys',
} as const;

export const rotation = {
  title: 'Make new keys',
  lead: 'Every database concerned is written anew under its new key, checked, and put in the place of the old one. Others can go on working; a crash leaves one that opens.',
  what: 'For what',
  whats: { all: 'The office and every client', office: 'The office only', client: 'One client' },
  client: 'Client',
  why: 'Why',
  reasons: {
    routine: { label: 'Routine', text: 'Once a year, or after somebody left. Passwords and the recovery kit stay.' },
    compromise: {
      label: 'Somebody may have had a key',
      text: 'The owners’ signing key and the key that signs the audit log are new as well. The recovery kit stays, and still opens the office, until you make a new one, which gives every database a new key once more: do that next, then a new backup. Whoever’s own password or device may be known must be reset. Older copies of the folder stay readable to whoever has the old keys.',
    },
  },
  submit: 'Make new keys',
  working: 'Writing the databases anew. This can take minutes; do not switch the computer off.',
  done: 'New keys are in use',
  result: (count: number, size: string) =>
    `${count === 1 ? '1 database' : `${count} databases`}, ${size}, written anew and checked.`,
  afterCompromise:
    'Now make a new recovery kit and a new backup, and destroy the old ones. The old kit still opens the office until then; with the new one every database gets a new key once more.',
} as const;
