// Wording of what everybody is told after signing in: failed tries of somebody, and what is weaker than it should be.
import type { OfficeStatus } from '../../shared/ipc/contract/office.ts';
import { wordOfficeWarning } from '../../shared/notices/office-warnings.ts';

export const alertText = {
  label: 'Notices',
  tries: (name: string, count: number) =>
    count === 1 ? `One wrong try to sign in as ${name}` : `${count} wrong tries to sign in as ${name}`,
  between: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  lockedOut: 'signing in was stopped for a while',
  advice: 'If nobody mistyped, somebody else sat at this computer.',
  audit: 'Audit log',
  security: 'What protects this office',
  newKit: 'Make a new kit',
  dismiss: (subject: string) => `Dismiss: ${subject}`,
} as const;

/** By the keys of `OfficeStatus.warnings`; a key without words is not shown. `password-only` has its place on the overview. */
export function wordWarning(key: string, status: Pick<OfficeStatus, 'keychain'>): string | undefined {
  return key === 'password-only' ? undefined : wordOfficeWarning(key, status, 'window');
}
