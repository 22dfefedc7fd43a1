// The paper key opened with plain node:crypto, as SECURITY.md tells a person to: nothing of the program takes part.
import { Buffer } from 'node:buffer';
import { createDecipheriv, hkdfSync } from 'node:crypto';

/** What a header, or the stanza of a backup, says about the recovery identity. */
export interface RecoveryStanza {
  readonly ownerKey: string;
  readonly recipient: string;
  readonly salt: string;
  readonly identity: { readonly nonce: string; readonly ciphertext: string; readonly tag: string };
}

const derive = (secret: Uint8Array, salt: Uint8Array, label: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, `strongroom/v1/${label}`, 32));

/** The eight groups as 20 bytes. */
function paperKey(groups: readonly string[]): Buffer {
  const digits = Array.from(groups.join(''), (character) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character));
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
}

/** `AGE-SECRET-KEY-1…` of the recovery identity. */
export function recoveryIdentityByHand(officeId: string, recovery: RecoveryStanza, groups: readonly string[]): string {
  const { ownerKey, recipient, salt, identity } = recovery;
  const kek = derive(paperKey(groups), Buffer.from(salt, 'base64'), 'kek/recovery');
  const key = derive(kek, Buffer.alloc(0), 'wrap/encryption');
  const [nonce, ciphertext, tag] = [identity.nonce, identity.ciphertext, identity.tag].map((text) =>
    Buffer.from(text, 'base64'),
  ) as [Buffer, Buffer, Buffer];
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAuthTag(tag);
  const associated = {
    magic: 'strongroom-office',
    officeId,
    ownerKey,
    recipient,
    salt,
    slotId: 'recovery',
    version: 1,
  };
  decipher.setAAD(Buffer.from(JSON.stringify(associated)));
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('latin1');
}
