// Wording of `OfficeStatus.warnings`, for window and command line alike: what is weaker than it should be, and the way out each of them has.
import type { OfficeStatus } from '../ipc/contract/office.ts';

/** Some databases still have the key they had. */
export const ROTATION_UNFINISHED_WARNING = 'rotation-unfinished';

/** Where it is read: the next step differs. */
export type NoticePlace = 'window' | 'commandLine';

interface WarningText {
  readonly says: string;
  readonly nextStep?: Readonly<Record<NoticePlace, string>>;
}

const WARNINGS: Readonly<Record<string, WarningText>> = {
  'password-only': {
    says: 'The password alone protects this office: whoever copies its folder can guess at it elsewhere. A keychain would prevent that.',
  },
  'header-previous': {
    says: 'The newest copy of the office’s header was damaged, and the one before it was used. Make a backup today, and check the disk.',
  },
  'network-folder': {
    says: 'The office lies in a network folder. Databases can break there when the connection does; move the folder to a local disk.',
  },
  'anchor-missing': {
    says: 'This computer did not remember the office’s last state, so an older copy put in its place would not be noticed this once. It is remembered from now on.',
  },
  'older-state-accepted': {
    says: 'An older state of this office was opened knowingly. What was entered since then is missing.',
  },
  'rotation-unfinished': {
    says: 'Not every database could be given its new key, and those that could not keep the old one.',
    nextStep: {
      window: 'Look at what protects this office, then renew the keys there.',
      commandLine: 'Run `verify DIR`, then `keys rotate DIR`.',
    },
  },
  'recovery-kit-due': {
    says: 'Somebody who was an owner, or had an owner’s keys, may have kept what the recovery kit opens, and it opens the office until the kit is new. Make a new kit, which gives every database a new key as well, then a new backup, and destroy the old ones. If this is said again afterwards, a database kept its key: verify the office and make the kit once more.',
    nextStep: { window: '', commandLine: 'Run `recovery renew DIR`.' },
  },
};

/** Without a keychain nothing outside the folder remembers the office's state, now or later. */
const NOTHING_REMEMBERED =
  'Without a keychain this computer cannot remember the office’s last state: an older copy put in its place is not noticed.';

/** One sentence or two; undefined for a key without words. */
export function wordOfficeWarning(
  key: string,
  { keychain }: Pick<OfficeStatus, 'keychain'>,
  place: NoticePlace,
): string | undefined {
  if (key === 'anchor-missing' && !keychain.available) return NOTHING_REMEMBERED;
  const text = WARNINGS[key];
  return text && [text.says, text.nextStep?.[place] ?? ''].filter(Boolean).join(' ');
}
