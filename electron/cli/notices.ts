// What everybody is told after signing in, in the words of a terminal: failed tries of somebody, and what is weaker than it should be.
import type { OfficeStatus, SignInAlert } from '../../shared/ipc/contract/office.ts';
import { ROTATION_UNFINISHED_WARNING, wordOfficeWarning } from '../../shared/notices/office-warnings.ts';
import type { AppClient } from './command.ts';
import type { Output } from './output.ts';

function wordAlert({ userName, tries, firstAt, lastAt, lockedOut }: SignInAlert): string {
  const count = tries === 1 ? 'One wrong try' : `${tries} wrong tries`;
  const when = firstAt === lastAt ? firstAt : `${firstAt} to ${lastAt}`;
  const stopped = lockedOut ? ' Signing in was stopped for a while.' : '';
  return `${count} to sign in as ${userName}, ${when}.${stopped} If nobody mistyped, somebody else sat at this computer.`;
}

/** One sentence or two a notice; none where all is well. */
export function noticesOf(status: Pick<OfficeStatus, 'alerts' | 'warnings' | 'keychain'>): string[] {
  const { alerts, warnings } = status;
  return [...alerts.map(wordAlert), ...warnings.flatMap((key) => wordOfficeWarning(key, status, 'commandLine') ?? [])];
}

const DUE: readonly string[] = ['recovery-kit-due', ROTATION_UNFINISHED_WARNING];

/** What a change of people or keys leaves to do; nothing where all is well. */
export async function sayWhatIsDue(app: AppClient, { say }: Pick<Output, 'say'>): Promise<void> {
  const status = await app.office.status({});
  const due = status.warnings.filter((key) => DUE.includes(key));
  for (const notice of noticesOf({ ...status, alerts: [], warnings: due })) say(notice);
}
