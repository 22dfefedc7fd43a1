// Words the state of the office for a window, from what the vault said. It asks the vault nothing.
import type { DoorUser, LockReason, OfficeStatus, SignInAlert } from '../../../shared/ipc/contract/office.ts';
import type { DoorSlot, OpenedOffice } from '../../../shared/ipc/processes/vault-contract.ts';
import { NO_SEALING_KEY } from '../../../shared/model/sealed-text.ts';
import type { HostContext } from '../app/host-context.ts';
import { RECOVERY_USER, type SignInThrottle, type UntoldTries } from './sign-in-throttle.ts';

/** Key of the permanent warning of an office without a device secret. */
export const PASSWORD_ONLY_WARNING = 'password-only';
/** Key of the warning that somebody who is no owner may know the recovery identity: told to owners until its kit is new. */
export const RECOVERY_KIT_WARNING = 'recovery-kit-due';
/** Lock time shown before an office says its own, in minutes. */
const DEFAULT_LOCK_MINUTES = 5;
/** What the recovery key is called where a user's name stands. */
const RECOVERY_NAME = 'Recovery kit';

/** What the vault reads from the folder without a key. */
export type Inspection = Awaited<ReturnType<HostContext['vault']['vaultOffice']['inspect']>>;
/** What holds whether or not the office is open. */
export type OfficePlace = Pick<OfficeStatus, 'directory' | 'keychain' | 'users' | 'entryKey'>;

/** What is known where the vault does not answer. */
export const UNINSPECTED: Inspection = {
  office: null,
  users: [],
  entryKey: NO_SEALING_KEY,
  lockAfterMinutes: null,
  problem: null,
  warnings: [],
};

const warningsOf = (protection: OfficeStatus['protection'], warnings: readonly string[]): string[] => [
  ...new Set([...(protection === 'password-only' ? [PASSWORD_ONLY_WARNING] : []), ...warnings]),
];

/** Everyone at the door, with the tries she has. */
export async function doorUsersOf(throttle: SignInThrottle, slots: readonly DoorSlot[]): Promise<DoorUser[]> {
  const tries = await throttle.view(slots.map(({ id }) => id));
  return slots.map(({ challenge: _challenge, ...user }) => {
    const { triesLeft, waitSeconds } = tries.get(user.id) ?? { triesLeft: 0, waitSeconds: null };
    return { ...user, triesLeft, waitSeconds };
  });
}

/** Tries with the names of those they were made for; a removed user has only her id. */
export function alertsOf(untold: readonly UntoldTries[], slots: readonly DoorSlot[]): SignInAlert[] {
  const names = new Map([[RECOVERY_USER, RECOVERY_NAME], ...slots.map(({ id, name }) => [id, name] as const)]);
  return untold.map((tries) => ({ ...tries, userName: names.get(tries.userId) ?? tries.userId }));
}

export function openStatus(open: OpenedOffice, alerts: readonly SignInAlert[], place: OfficePlace): OfficeStatus {
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
    warnings: warningsOf(protection, [...(open.recoveryKitDue ? [RECOVERY_KIT_WARNING] : []), ...open.warnings]),
    alerts: [...alerts],
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
    alerts: [],
  };
}
