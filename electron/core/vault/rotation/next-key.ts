// The key a database will have next: random, and sealed to its readers before anything depends on it. It rewrites nothing.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { Sealer, SealIdentity, SealRecipient } from '../../ports/sealer.ts';
import { fromBase64, type KeyTools } from '../keys/key-tools.ts';

/** A new random key that only its readers can open. */
export async function sealNextKey(
  { sealer, random }: Pick<KeyTools, 'sealer' | 'random'>,
  readers: readonly SealRecipient[],
): Promise<Uint8Array> {
  const key = random(32);
  const sealed = await sealer.seal(key, readers);
  key.fill(0);
  return sealed;
}

/** Keys of one length. */
export const sameKey = (left: Uint8Array, right: Uint8Array): boolean =>
  left.every((byte, index) => byte === right[index]);

/** The pending office key of a header; null where none is pending, or it is sealed to others. */
export async function openPendingOfficeKey(
  sealer: Sealer,
  { pendingOfficeKey }: { readonly pendingOfficeKey: string | null },
  identity: SealIdentity,
): Promise<Uint8Array | null> {
  if (pendingOfficeKey === null) return null;
  try {
    return await sealer.open(fromBase64(pendingOfficeKey), identity);
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_HEADER_TAMPERED') return null;
    throw error;
  }
}

/** Runs `open`, which opens a database and closes it. False where the key is another one, or the file is damaged: nothing tells these apart. */
export function opens(open: () => void): boolean {
  try {
    open();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_CORRUPT') return false;
    throw error;
  }
}
