// The device secret of an office in the OS keychain, named by the office's id. It is created before the office and never shown.
import { Buffer } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Protection } from '../../../shared/ipc/contract/office.ts';
import type { OfficeId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../app/host-context.ts';
import type { SecretStore } from '../ports/secret-store.ts';

const SECRET_BYTES = 32;
const keyOf = (id: OfficeId): string => `office/${id}/device-secret`;

/** A secret ready for a new slot, and the way back if the slot does not come to be. */
export interface PreparedSecret {
  /** Base64 of 32 bytes; null in password-only mode. */
  readonly secret: string | null;
  /** Removes what was written here, and nothing that was there before. */
  withdraw(): Promise<void>;
}

const NO_SECRET: PreparedSecret = { secret: null, withdraw: () => Promise.resolve() };

async function requireKeychain(secrets: SecretStore): Promise<void> {
  if (!(await secrets.isAvailable())) throw new AppError('KEYCHAIN_UNAVAILABLE', { store: secrets.name });
}

/**
 * Writes a new device secret, or takes the one this computer has for the same office: replacing it would lock out a copy that still
 * lies here. Nothing is written in password-only mode or without a keychain.
 * @throws {AppError} KEYCHAIN_UNAVAILABLE, KEYCHAIN_FAILED
 */
export async function prepareDeviceSecret(
  context: Pick<HostContext, 'secrets' | 'random'>,
  officeId: OfficeId,
  protection: Protection,
): Promise<PreparedSecret> {
  if (protection === 'password-only') return NO_SECRET;
  const { secrets, random } = context;
  await requireKeychain(secrets);
  const present = await secrets.get(keyOf(officeId));
  if (present !== null) return { ...NO_SECRET, secret: present };
  const secret = Buffer.from(random(SECRET_BYTES)).toString('base64');
  await secrets.set(keyOf(officeId), secret);
  return { secret, withdraw: () => secrets.delete(keyOf(officeId)) };
}

/** @throws {AppError} KEYCHAIN_UNAVAILABLE, KEYCHAIN_ENTRY_MISSING (another computer, or a keychain that was emptied), KEYCHAIN_FAILED */
export async function readDeviceSecret(secrets: SecretStore, officeId: OfficeId): Promise<string> {
  await requireKeychain(secrets);
  const secret = await secrets.get(keyOf(officeId));
  if (secret === null) throw new AppError('KEYCHAIN_ENTRY_MISSING', { store: secrets.name });
  return secret;
}
