// Wording of what everybody is told after signing in: failed tries of somebody, and what is weaker than it should be.
export const alertText = {
  label: 'Notices',
  tries: (name: string, count: number) =>
    count === 1 ? `One wrong try to sign in as ${name}` : `${count} wrong tries to sign in as ${name}`,
  between: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  lockedOut: 'signing in was stopped for a while',
  advice: 'If nobody mistyped, somebody else sat at this computer.',
  audit: 'Audit log',
  security: 'What protects this office',
  dismiss: (subject: string) => `Dismiss: ${subject}`,
} as const;

const warningText: Readonly<Record<string, string>> = {
  'header-previous':
    'The newest copy of the office’s header was damaged, and the one before it was used. Make a backup today, and check the disk.',
  'network-folder':
    'The office lies in a network folder. Databases can break there when the connection does; move the folder to a local disk.',
  'anchor-missing':
    'This computer did not remember the office’s last state, so an older copy put in its place would not be noticed this once. It is remembered from now on.',
  'older-state-accepted': 'An older state of this office was opened knowingly. What was entered since then is missing.',
  'rotation-unfinished':
    'Not every database could be given its new key, and those that could not keep the old one. Look at what protects this office, then renew the keys there.',
  'invitation-expired': 'An invitation has run out. Send a new one from Security, or remove the person.',
};

/** Without a keychain nothing outside the folder remembers the office's state, now or later. */
const NOTHING_REMEMBERED =
  'Without a keychain this computer cannot remember the office’s last state: an older copy put in its place is not noticed.';

/** By the keys of `OfficeStatus.warnings`; a key without words here is not shown. `password-only` has its place on the overview. */
export function wordWarning(key: string, keychain: { readonly available: boolean }): string | undefined {
  return key === 'anchor-missing' && !keychain.available ? NOTHING_REMEMBERED : warningText[key];
}
