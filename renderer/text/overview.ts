// Wording of the overview: clients, what needs a person, the practice bank.
import type { NeedsYou } from '../../shared/ipc/contract/clients.ts';
import { healthMeanings } from './common.ts';

export const overview = {
  title: 'Overview',
  lead: (clients: number, rows: string) =>
    `${clients === 1 ? '1 client' : `${clients} clients`} · ${rows} transactions`,
  addClient: 'Add a client',
  clients: 'Clients',
  filter: 'Find a client',
  noMatch: 'No client has that name.',
  columns: {
    client: 'Client',
    balance: 'Booked balance',
    asOf: 'As of',
    health: 'Connection',
    consent: 'Consent left',
    proofs: 'Proof',
    open: 'Open',
  },
  noConnection: 'No connection',
  accounts: (count: number) => (count === 1 ? '1 account' : `${count} accounts`),
  noAccounts: 'no account yet',
  noConsent: 'none',
  daysLeft: (days: number) => (days === 1 ? '1 day' : `${days} days`),
  ended: 'ended',
  proofs: (pass: number, all: number) => `${pass} of ${all} proven`,
  failing: (count: number) => (count === 1 ? '1 doesn’t add up' : `${count} don’t add up`),
  noProof: 'nothing to prove',
  staged: (count: number) => (count === 1 ? '1 batch waits' : `${count} batches wait`),
  pending: (count: string) => `${count} pending`,
  nothingOpen: 'nothing',
  empty: {
    title: 'No client yet',
    hint: 'Each client of your office stands here in one line: accounts, balances, how fresh they are, and what waits for you. Add the first one, then connect its bank or import a statement file.',
  },
  noneForYou: {
    title: 'You see no client yet',
    hint: 'An owner of the office decides whose data you hold keys to.',
  },
  passwordOnly:
    'This office is protected by its password alone. Anyone with a copy of its folder can try passwords. Move it to a computer with a keychain when you can.',
} as const;

export const needsYou = {
  title: 'Needs you',
  none: 'Nothing waits for you',
  noneHint: 'Connections, proofs and backups are in order.',
  all: (count: number) => (count === 1 ? '1 matter' : `${count} matters`),
  office: 'The office',
  kinds: {
    connection: 'Connection',
    proof: 'Proof',
    batch: 'Batch',
    backup: 'Backup',
    recovery: 'Recovery kit',
  } satisfies Record<NeedsYou['kind'], string>,
  /** For reasons that are no error code. */
  reasons: {
    ...healthMeanings,
    fail: 'The rows do not add up to the balance the bank states.',
    'pending-overdue': 'Pending rows were never booked, though newer data came in.',
    staged: 'A batch was compared and waits to be committed or discarded.',
    undecided: 'Rows look like some that the ledger has. Someone must say whether they are the same.',
    'never-made': 'This office has no backup yet.',
    'never-verified': 'The newest backup was never proven to open.',
    outdated: 'The newest backup is old.',
    'not-proven': 'Nobody has proven yet that the recovery kit is on paper.',
  } as Readonly<Record<string, string>>,
  fallback: {
    connection: 'The connection needs attention.',
    proof: 'A proof failed.',
    batch: 'A batch waits for a decision.',
    backup: 'The backups need attention.',
    recovery: 'Nobody has proven yet that the recovery kit is on paper.',
  } satisfies Record<NeedsYou['kind'], string>,
  go: {
    connection: 'Open the connection',
    proof: 'Open the account',
    batch: 'Look at the batch',
    backup: 'Open backups',
    recovery: 'Prove the kit',
  } satisfies Record<NeedsYou['kind'], string>,
  /** For reasons that lead elsewhere than their kind does. */
  goFor: { undecided: 'Decide', 'pending-overdue': 'Look at the rows' } as Readonly<Record<string, string>>,
  due: 'due',
} as const;

export const practiceBank = {
  title: 'Practice bank',
  running: 'Running on this computer',
  stopped: 'Not running',
  lead: 'An invented bank with real protocols. Nothing here is real money.',
  start: 'Start',
  startFirst: 'Start the practice bank',
  stop: 'Stop',
  connect: 'Connect it',
  signIns: 'Sign-ins',
  signInName: 'Name',
  signInPassword: 'Password',
  companies: 'Companies',
  misbehave: 'Make it misbehave',
} as const;
