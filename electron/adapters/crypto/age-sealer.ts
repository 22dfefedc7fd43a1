// Seals small secrets as age v1 files. It streams nothing: backups have their own writer.
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SealIdentity, Sealer, SealRecipient } from '../../core/ports/sealer.ts';

async function seal(secret: Uint8Array, recipients: readonly SealRecipient[]): Promise<Uint8Array> {
  if (recipients.length === 0) throw new TypeError('sealed to nobody');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return await encrypter.encrypt(secret);
}

async function open(sealed: Uint8Array, identity: SealIdentity): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(sealed);
  } catch (cause) {
    throw new AppError('VAULT_HEADER_TAMPERED', {}, { cause });
  }
}

/** @see https://age-encryption.org/v1 */
export function createAgeSealer(): Sealer {
  return { newIdentity: generateX25519Identity, recipientOf: identityToRecipient, seal, open };
}
