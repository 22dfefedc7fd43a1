// Words the state of the office for a window, from what the vault said. It asks nobody.
import type { LockReason, OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import type { OpenedOffice } from '../../../shared/ipc/processes/vault-contract.ts';
import type { HostContext } from '../app/host-context.ts';

/** Key of the permanent warning of an office without a device secret. */
export const PASSWORD_ONLY_WARNING = 'password-only';
/** Lock time shown before an office says its own, in minutes. */
const DEFAULT_LOCK_MINUTES = 5;

/** What the vault reads from the folder without a key. */
export type Inspection = Awaited<ReturnType<HostContext['vault']['vaultOffice']['inspect']>>;
/** What holds whether or not the office is open. */
export type OfficePlace = Pick<OfficeStatus, 'directory' | 'keychain'>;

const warningsOf = (protection: OfficeStatus['protection'], warnings: readonly string[]): string[] => [
  ...new Set([...(protection === 'password-only' ? [PASSWORD_ONLY_WARNING] : []), ...warnings]),
];

export function openStatus(open: OpenedOffice, place: OfficePlace): OfficeStatus {
  const { id, name, createdAt, protection } = open.office;
  return {
    ...place,
    state: 'unlocked',
    office: { id, name, createdAt },
    user: open.user,
    protection,
    lockReason: null,
    lockAfterMinutes: open.lockAfterMinutes,
    problem: null,
    recoveryProven: open.recoveryProven,
    warnings: warningsOf(protection, open.warnings),
  };
}

export function closedStatus(
  { office, lockAfterMinutes, problem, warnings }: Inspection,
  lockReason: LockReason | null,
  place: OfficePlace,
): OfficeStatus {
  const none = office === null && problem === null;
  return {
    ...place,
    state: none ? 'none' : 'locked',
    office: office && { id: office.id, name: office.name, createdAt: office.createdAt },
    user: null,
    protection: office?.protection ?? null,
    lockReason: none ? null : lockReason,
    lockAfterMinutes: lockAfterMinutes ?? DEFAULT_LOCK_MINUTES,
    problem,
    recoveryProven: null,
    warnings: warningsOf(office?.protection ?? null, warnings),
  };
}
