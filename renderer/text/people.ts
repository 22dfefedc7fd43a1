// Wording of the office's people: roles, access, invitations, and what a change means for the keys.
import type { OfficeUserView } from '../../shared/ipc/contract/users.ts';
import type { Role } from '../../shared/model/roles.ts';

export const roleWords: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  owner: { name: 'Owner', may: 'Everything: people, keys, every client, the audit log.' },
  accountant: {
    name: 'Accountant',
    may: 'Works on her clients: connections, imports, batches, backups. No people, no keys, no audit log.',
  },
  reviewer: { name: 'Reviewer', may: 'Reads her clients and signs off. Changes nothing.' },
  auditor: {
    name: 'Auditor',
    may: 'Reads her clients, the people and the audit log, and exports the log. Changes nothing.',
  },
};

export const people = {
  title: 'People',
  columns: {
    name: 'Name',
    role: 'Role',
    access: 'Clients',
    state: 'State',
    factors: 'Second factor',
    lastSignIn: 'Last signed in',
    actions: 'Change',
  },
  you: 'you',
  states: {
    active: 'Active',
    invited: 'Invited',
    unreachable: 'To be invited anew',
  } satisfies Record<OfficeUserView['state'], string>,
  stateMeanings: {
    active: 'Signs in with a password of her own.',
    invited: 'Has not taken up the invitation yet.',
    unreachable: 'The office came back from a backup, and no backup holds anybody’s own key.',
  } satisfies Record<OfficeUserView['state'], string>,
  until: 'until',
  ranOut: 'ran out',
  factorNames: { code: 'Codes', device: 'Device', none: 'None' },
  allClients: 'All, new ones too',
  clients: (count: number, total: number) => `${count} of ${total}`,
  noClients: 'None',
  change: (name: string) => `Change ${name}`,
  setRole: 'Change role',
  setAccess: 'Change clients',
  reset: 'Invite anew',
  remove: 'Remove',
  invite: 'Invite a person',
  readOnly: 'Only an owner changes people.',
} as const;

export const invite = {
  title: 'Invite a person',
  name: 'Name',
  nameHint: 'As it stands on the sign-in screen and in the audit log.',
  role: 'Role',
  access: 'Clients',
  submit: 'Make the invitation',
  working: 'Making a key for the invitation',
  codeTitle: (name: string) => `Invitation code for ${name}`,
  code: 'Invitation code',
  how: (name: string) =>
    `Read it to ${name} in person or by telephone, not by e-mail. On this office’s sign-in screen ${name} chooses the name, types the code and sets a password nobody else knows.`,
  until: (when: string) => `It works once, until ${when}.`,
  once: 'It is shown only now. If it is lost, invite the person anew.',
  done: 'Done',
} as const;

export const access = {
  all: 'All clients',
  allHint: 'Those added later too.',
  some: 'Only these',
  someHint: 'No key to any other client: not even a stolen copy of the folder gives it away.',
  owner: 'An owner holds every key.',
  search: 'Find a client',
  chosen: (count: number) => (count === 1 ? '1 client chosen' : `${count} clients chosen`),
  title: (name: string) => `Clients of ${name}`,
  submit: 'Change clients',
  gains: (count: number) =>
    count === 1 ? 'The key of 1 client is sealed to her.' : `The keys of ${count} clients are sealed to her.`,
  loses: (count: number) =>
    count === 1
      ? 'She loses 1 client: its database is written anew under a new key, so that the key she had opens nothing.'
      : `She loses ${count} clients: their databases are written anew under new keys, so that the keys she had open nothing.`,
  losesAll: 'She loses every client that is not chosen: their databases are written anew under new keys.',
  unchanged: 'Nothing changes.',
  working: 'Changing keys. Large clients take a few minutes.',
} as const;

export const role = {
  title: (name: string) => `Role of ${name}`,
  submit: 'Change role',
  toOwner: 'She gets every key and can invite and remove people, you too.',
  fromOwner: 'She keeps the clients she has; the owners’ signing key is replaced, and the office gets a new key.',
  atOnce: 'It holds at once, also while she is signed in.',
  lastOwner: 'This is the last owner. Make somebody else an owner first.',
} as const;

export const reset = {
  title: (name: string) => `Invite ${name} anew`,
  lost: 'Her password, her codes and her device stop working. Role, clients and what she did stay. You learn nothing of her password.',
  why: 'Why',
  reasons: {
    forgotten: { label: 'Forgotten or broken', text: 'Nobody else has her password or device. Keys stay.' },
    compromised: {
      label: 'Somebody else may have them',
      text: 'The office and every client she could open get new keys: their databases are written anew, so that keys she had open nothing.',
    },
  },
  working: 'Making the invitation and new keys. Large offices take a few minutes.',
  submit: 'Make a new invitation',
} as const;

export const remove = {
  title: (name: string) => `Remove ${name}`,
  lost: 'She can no longer sign in. The office and every client she could open get new keys: their databases are written anew, so that keys she had open nothing. What she did stays in the audit log.',
  submit: 'Remove',
  working: 'Removing her and making new keys. Large offices take a few minutes.',
  removed: (name: string) => `${name} was removed`,
} as const;
