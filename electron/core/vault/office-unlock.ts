// From a folder and a password to an unlocked office, and what may be said about a folder without any password.
import { Buffer } from 'node:buffer';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { OpenedOffice, OfficeIdentity, VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import type { ReadHeader, UserSlot, VaultHeader } from '../ports/vault-header.ts';
import type { z } from 'zod';
import { deviceSecretOf } from './office-create.ts';
import { headerMacKey, openUserSlot } from './office-keys.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession, UnlockedOffice } from './session.ts';

type UnlockInput = ParsedInputOf<VaultContract['vaultOffice']['unlock']>;
type Inspection = OutputOf<VaultContract['vaultOffice']['inspect']>;

/** Key of the warning that the newest header is damaged and the one before it is in use. */
export const PREVIOUS_HEADER_WARNING = 'header-previous';

const warningsOf = (read: ReadHeader): string[] => (read.source === 'previous' ? [PREVIOUS_HEADER_WARNING] : []);

function firstSlot(header: VaultHeader): UserSlot {
  const [slot] = header.slots;
  if (!slot) throw new AppError('VAULT_HEADER_CORRUPT');
  return slot;
}

function identityOf(header: VaultHeader): z.infer<typeof OfficeIdentity> {
  const protection = firstSlot(header).policy.deviceSecret ? 'keychain' : 'password-only';
  return { ...header.office, protection };
}

/**
 * Opens the header with what the user brought. One derivation at most, and none for a header that is damaged or states refused costs.
 * @throws {AppError} SESSION_WRONG_CREDENTIALS, VAULT_HEADER_CORRUPT, VAULT_HEADER_TAMPERED, VAULT_KDF_REFUSED, OFFICE_NOT_FOUND
 */
export async function unlockHeader(services: VaultServices, input: UnlockInput): Promise<UnlockedOffice> {
  const read = services.headers.read(input.directory);
  const { header } = read;
  const slot = firstSlot(header);
  const credentials = { password: input.password, deviceSecret: deviceSecretOf(input) };
  const identity = await openUserSlot(services.kdf, { officeId: header.office.id, slot }, credentials);
  const officeKey = await services.sealer.open(Buffer.from(header.officeKey, 'base64'), identity);
  if (read.tampered(headerMacKey(officeKey))) throw new AppError('VAULT_HEADER_TAMPERED');
  const { directory } = input;
  return { directory, header, officeKey, identity, userId: slot.userId, warnings: warningsOf(read) };
}

/** What an unlocked office tells the host. */
export function openedOffice(session: OfficeSession): OpenedOffice {
  const { store } = session.office;
  const { lockAfterMinutes, recoveryProvenAt } = store.profile.get();
  const user = store.users.find(session.userId);
  if (!user) throw new AppError('SESSION_LOCKED');
  return {
    session: session.token,
    office: identityOf(session.header()),
    user: { id: user.id, name: user.name, role: user.role },
    lockAfterMinutes,
    recoveryProven: recoveryProvenAt !== null,
    warnings: [...session.warnings],
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

function withProblem(error: unknown): Inspection {
  if (!(error instanceof AppError)) throw error;
  const problem = error.code === 'OFFICE_NOT_FOUND' ? null : toWireError(error);
  return { office: null, lockAfterMinutes: null, problem, warnings: [] };
}

/** Reads the folder without a key. An empty or missing folder has neither office nor problem. */
export function inspectOffice(services: VaultServices, directory: string, open: OfficeSession | null): Inspection {
  try {
    const read = services.headers.read(directory);
    services.kdf.assertAllowed(firstSlot(read.header).kdf);
    const problem = open?.directory === directory ? null : lockProblem(services, directory);
    const { header } = read;
    return {
      office: identityOf(header),
      lockAfterMinutes: header.lockAfterMinutes,
      problem: problem && toWireError(problem),
      warnings: warningsOf(read),
    };
  } catch (error) {
    return withProblem(error);
  }
}
