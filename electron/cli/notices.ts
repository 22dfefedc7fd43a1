// What everybody is told after signing in, in the words of a terminal: failed tries of somebody, and what is weaker than it should be.
import type { OfficeStatus, SignInAlert } from '../../shared/ipc/contract/office.ts';

/** By the keys of `OfficeStatus.warnings`. */
const WARNINGS: Readonly<Record<string, string>> = {
  'password-only':
    'The password alone protects this office: whoever copies its folder can guess at it elsewhere. A keychain would prevent that.',
  'header-previous':
    'The newest copy of the office’s header was damaged, and the one before it was used. Make a backup today, and check the disk.',
  'network-folder':
    'The office lies in a network folder. Databases can break there when the connection does; move the folder to a local disk.',
  'anchor-missing':
    'This computer did not remember the office’s last state, so an older copy put in its place would not be noticed this once. It is remembered from now on.',
  'older-state-accepted': 'An older state of this office was opened knowingly. What was entered since then is missing.',
  'rotation-unfinished':
    'Not every database could be given its new key, and those that could not keep the old one. Run `verify DIR`, then `keys rotate DIR`.',
  'invitation-expired': 'An invitation has run out. Renew it with `users reset DIR NAME`, or remove the person.',
};

function wordAlert({ userName, tries, firstAt, lastAt, lockedOut }: SignInAlert): string {
  const count = tries === 1 ? 'One wrong try' : `${tries} wrong tries`;
  const when = firstAt === lastAt ? firstAt : `${firstAt} to ${lastAt}`;
  const stopped = lockedOut ? ' Signing in was stopped for a while.' : '';
  return `${count} to sign in as ${userName}, ${when}.${stopped} If nobody mistyped, somebody else sat at this computer.`;
}

/** Without a keychain nothing outside the folder remembers the office's state, now or later. */
const NOTHING_REMEMBERED =
  'Without a keychain this computer cannot remember the office’s last state: an older copy put in its place is not noticed.';

/** One sentence or two a notice; none where all is well. */
export function noticesOf({
  alerts,
  warnings,
  keychain,
}: Pick<OfficeStatus, 'alerts' | 'warnings' | 'keychain'>): string[] {
  const words: Readonly<Record<string, string>> = {
    ...WARNINGS,
    ...(keychain.available ? {} : { 'anchor-missing': NOTHING_REMEMBERED }),
  };
  return [...alerts.map(wordAlert), ...warnings.flatMap((key) => words[key] ?? [])];
}
