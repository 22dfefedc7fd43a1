// What the host adds to a person's password: the device secret of the keychain, the output of her second-factor device. It keeps neither.
import { Buffer } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { DoorSlot } from '../../../shared/ipc/processes/vault-contract.ts';
import type { OfficeId } from '../../../shared/model/ids.ts';
import type { SecondFactorDevice } from '../ports/second-factor-device.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import { readDeviceSecret } from './device-secret.ts';

export interface IngredientSources {
  readonly secrets: SecretStore;
  /** Null where no kind of device is supported. */
  readonly device: SecondFactorDevice | null;
}

/** As the vault's own contract has them, base64; null where her slot asks for none. */
export interface KeyIngredients {
  readonly deviceSecret: string | null;
  readonly deviceOutput: string | null;
}

/** @throws {AppError} FACTOR_DEVICE_UNSUPPORTED */
export function requireDevice({ device }: IngredientSources): SecondFactorDevice {
  if (!device) throw new AppError('FACTOR_DEVICE_UNSUPPORTED');
  return device;
}

/** @throws {AppError} FACTOR_DEVICE_* */
export async function deviceOutputOf(sources: IngredientSources, { challenge }: DoorSlot): Promise<string | null> {
  if (!challenge) return null;
  const { credentialId, salt } = challenge;
  const output = await requireDevice(sources).derive({ credentialId, salt: Buffer.from(salt, 'base64') });
  return Buffer.from(output).toString('base64');
}

/** @throws {AppError} KEYCHAIN_UNAVAILABLE, KEYCHAIN_ENTRY_MISSING, KEYCHAIN_FAILED */
export async function deviceSecretOf(
  { secrets }: IngredientSources,
  officeId: OfficeId,
  slot: DoorSlot,
): Promise<string | null> {
  return slot.deviceSecret ? await readDeviceSecret(secrets, officeId) : null;
}

/** Both, the keychain first: nobody touches a device for nothing. @throws {AppError} KEYCHAIN_*, FACTOR_DEVICE_* */
export async function ingredientsOf(
  sources: IngredientSources,
  officeId: OfficeId,
  slot: DoorSlot,
): Promise<KeyIngredients> {
  const deviceSecret = await deviceSecretOf(sources, officeId, slot);
  return { deviceSecret, deviceOutput: await deviceOutputOf(sources, slot) };
}
