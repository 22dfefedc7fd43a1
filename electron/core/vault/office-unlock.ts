// From a folder and what a person brings to an unlocked header, and what may be said about a folder without a key.
import type { z } from 'zod';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { OutputOf } from '../../../shared/ipc/call.ts';
import type {
  DoorSlot,
  OfficeIdentity,
  OpenedOffice,
  VaultContract,
} from '../../../shared/ipc/processes/vault-contract.ts';
import type { UserId } from '../../../shared/model/ids.ts';
import type { ReadHeader, UserSlot, VaultHeader } from '../ports/vault-header.ts';
import { openUserSlot, type Credentials } from './keys/user-slot.ts';
import { keepingEvidence } from './evidence.ts';
import { officeKeyInUse } from './rotation/office-key-in-use.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession, UnlockedOffice } from './session.ts';

type Inspection = OutputOf<VaultContract['vaultOffice']['inspect']>;

/** Key of the warning that the newest header is damaged and the one before it is in use. */
export const PREVIOUS_HEADER_WARNING = 'header-previous';
/** Key of the warning that the office's folder lies on another computer. */
export const NETWORK_FOLDER_WARNING = 'network-folder';

function warningsOf(services: VaultServices, directory: string, read: ReadHeader): string[] {
  return [
    ...(read.source === 'previous' ? [PREVIOUS_HEADER_WARNING] : []),
    ...(services.folders.isRemote(directory) ? [NETWORK_FOLDER_WARNING] : []),
  ];
}

/** As good as its weakest way in: one password without a device secret lets whoever has the folder guess. A code is no password. */
export function officeIdentityOf(header: VaultHeader): z.infer<typeof OfficeIdentity> {
  const passwordOnly = header.slots.some(({ kind, policy }) => kind === 'password' && !policy.deviceSecret);
  return { ...header.office, protection: passwordOnly ? 'password-only' : 'keychain' };
}

function doorSlotOf({ userId, name, kind, policy, device }: UserSlot): DoorSlot {
  return {
    id: userId,
    name,
    invited: kind === 'invitation',
    factors: { code: policy.code, device: policy.secondFactorKey },
    deviceSecret: policy.deviceSecret,
    challenge: device && { credentialId: device.credentialId, salt: device.salt },
  };
}

/** Who wants in, and how. */
export interface Entrant {
  readonly directory: string;
  readonly userId: UserId;
  readonly kind: UserSlot['kind'];
  readonly credentials: Credentials;
}

/**
 * Opens the header with what the user brought. One derivation at most, and none for a header that is damaged or states refused costs.
 * An unknown user looks like a wrong password.
 * @throws {AppError} SESSION_WRONG_CREDENTIALS, FACTOR_DEVICE_ABSENT, VAULT_HEADER_CORRUPT, VAULT_HEADER_TAMPERED, VAULT_KDF_REFUSED, OFFICE_NOT_FOUND
 */
export async function unlockHeader(services: VaultServices, entrant: Entrant): Promise<UnlockedOffice> {
  const { directory, userId, kind, credentials } = entrant;
  const read = services.headers.read(directory);
  const { header } = read;
  const own = header.slots.find((slot) => slot.userId === userId && slot.kind === kind);
  if (!own) throw new AppError('SESSION_WRONG_CREDENTIALS');
  const slot = await openUserSlot(services.kdf, { officeId: header.office.id, slot: own }, credentials);
  const officeKey = await officeKeyInUse(services, { directory, read, identity: slot.secrets.identity });
  return { directory, header, officeKey, slot, userId, warnings: warningsOf(services, directory, read) };
}

/** True for an owner of an office whose recovery kit is to be made anew: nobody else can. */
export function recoveryKitDue({ office, userId }: OfficeSession): boolean {
  const { profile, users } = office.store;
  return users.find(userId)?.role === 'owner' && profile.get().recoverySuspectSince !== null;
}

/** What an unlocked office tells the host. */
export function openedOffice(session: OfficeSession, anchor: string): OpenedOffice {
  const { store } = session.office;
  const { lockAfterMinutes, recoveryProvenAt } = store.profile.get();
  const user = store.users.find(session.userId);
  if (!user) throw new AppError('SESSION_LOCKED');
  const { policy } = session.ownSlot().slot;
  return {
    session: session.tokens.current(),
    office: officeIdentityOf(session.header()),
    user: {
      id: user.id,
      name: user.name,
      role: user.role,
      factors: { code: store.factors.code(user.id) !== null, device: policy.secondFactorKey },
    },
    lockAfterMinutes,
    recoveryProven: recoveryProvenAt !== null,
    recoveryKitDue: recoveryKitDue(session),
    warnings: [...session.warnings],
    anchor,
  };
}

function lockProblem(services: VaultServices, directory: string): AppError | null {
  try {
    services.databases.lock(directory).release();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function withProblem(error: unknown): Omit<Inspection, 'entryKey'> {
  if (!(error instanceof AppError)) throw error;
  const problem = error.code === 'OFFICE_NOT_FOUND' ? null : toWireError(error);
  return { office: null, users: [], lockAfterMinutes: null, problem, warnings: [] };
}

function readDoor(
  services: VaultServices,
  directory: string,
  open: OfficeSession | null,
): Omit<Inspection, 'entryKey'> {
  const read = services.headers.read(directory);
  const { header } = read;
  for (const { kdf } of header.slots) services.kdf.assertAllowed(kdf);
  const problem = open?.directory === directory ? null : lockProblem(services, directory);
  return {
    office: officeIdentityOf(header),
    users: header.slots.map((slot) => doorSlotOf(slot)),
    lockAfterMinutes: header.lockAfterMinutes,
    problem: problem && toWireError(problem),
    warnings: warningsOf(services, directory, read),
  };
}

/** Reads the folder without a key. An empty or missing folder has neither office nor problem. */
export async function inspectOffice(
  services: VaultServices,
  directory: string,
  open: OfficeSession | null,
): Promise<Inspection> {
  const entryKey = await services.sealedTexts.publicKey();
  try {
    const read = keepingEvidence(services, { directory, what: 'header' }, () => readDoor(services, directory, open));
    return { ...read, entryKey };
  } catch (error) {
    return { ...withProblem(error), entryKey };
  }
}
