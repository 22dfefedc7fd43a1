// Wording used everywhere: states, moves, the frame's own words. Sentences of one screen live in that screen's file.
import type { Mover } from '../../shared/errors/texts/error-text.ts';
import type { HealthState } from '../../shared/ipc/contract/connections.ts';
import type { Proof } from '../../shared/model/source.ts';

export const ui = {
  never: 'never',
  noData: 'no data yet',
  asOf: 'as of',
  loading: 'Loading',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  print: 'Print',
  retry: 'Try again',
  search: 'Search',
  clearSearch: 'Clear search',
  copied: 'Copied',
  rowsOf: (count: string) => `${count} rows`,
} as const;

export const secretField = { capsLock: 'Caps Lock is on' } as const;

export const healthWords: Record<HealthState, string> = {
  healthy: 'Healthy',
  working: 'Working',
  stale: 'Out of date',
  limited: 'Limited by the bank',
  'renewal-due': 'Renewal due',
  'needs-you': 'Needs you',
  blocked: 'Stopped for safety',
  paused: 'Paused',
};

export const healthMeanings: Record<HealthState, string> = {
  healthy: 'The last sync succeeded and the consent is valid.',
  working: 'A sync is running now.',
  stale: 'The last good sync is too long ago. What is shown may miss recent bookings.',
  limited: 'The bank limits how often it may be asked. The next try is already planned.',
  'renewal-due': 'The consent ends soon. Someone must sign in at the bank again.',
  'needs-you': 'Nothing more arrives until a person does something.',
  blocked: 'Something about the bank’s identity or answers was wrong. Nothing is sent until a person has looked.',
  paused: 'Paused by a user of this office. Nothing is fetched.',
};

export const proofWords: Record<Proof, string> = { pass: 'Proven', fail: 'Doesn’t add up', absent: 'Not provable' };

export const proofMeanings: Record<Proof, string> = {
  pass: 'The opening balance plus every booked row equals the closing balance the bank states.',
  fail: 'The rows do not add up to the balance the bank states. A row is missing, doubled or wrong.',
  absent: 'The source states too few balances to check the rows against.',
};

export const moveWords = {
  nobody: 'Nobody',
  you: 'You',
  bank: 'The bank',
  client: 'Your client',
  program: 'Strongroom',
} as const satisfies Record<Mover, string>;

export const errorPanel = {
  whoseMove: 'Whose move',
  byWhen: 'By when',
  dataAffected: 'Your data',
  nextStep: 'Next step',
  showCode: 'Technical details',
  hideCode: 'Hide technical details',
  code: 'Code',
  reference: 'Reference in the log',
  noReference: 'none',
  copy: 'Copy without private data',
} as const;

export const destroy = {
  lost: 'What is lost',
  typeToConfirm: (word: string) => `Type ${word} to go on`,
} as const;

export const jobs = {
  label: 'Running work',
  cancel: (label: string) => `Cancel: ${label}`,
  progress: (done: string, total: string, unit: string) => `${done} of ${total} ${unit}`,
  progressOpen: (done: string, unit: string) => `${done} ${unit}`,
  units: { rows: 'rows', bytes: '', accounts: 'accounts', steps: 'steps' },
  states: { running: 'running', finished: 'finished', failed: 'failed', cancelled: 'cancelled' },
} as const;

export const pager = {
  newer: 'Newer',
  older: 'Older',
  shown: (first: string, last: string, total: string) => `${first} to ${last} of ${total}`,
} as const;
