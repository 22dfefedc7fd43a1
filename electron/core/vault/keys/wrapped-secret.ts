// Wraps a secret under a key: AES-256-GCM bound to its place by associated data, with a commitment to the key. It chooses no keys.
import { createCipheriv, createDecipheriv, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { canonicalJson, type CanonicalValue } from '../../../../shared/model/canonical-json.ts';
import type { Random } from '../../ports/clock.ts';
import type { WrappedSecret } from '../../ports/vault-header.ts';

/** 32 bytes under a label of their own. @see RFC 5869 */
export function deriveKey(secret: Uint8Array, salt: Uint8Array, label: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, `strongroom/v1/${label}`, 32));
}

const NO_SALT = new Uint8Array(0);

function split(key: Uint8Array): { readonly encryption: Uint8Array; readonly commitment: Uint8Array } {
  return {
    encryption: deriveKey(key, NO_SALT, 'wrap/encryption'),
    commitment: deriveKey(key, NO_SALT, 'wrap/commitment'),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** GCM alone opens under several keys one can construct; the commitment is what only this key gives. */
export function wrapSecret(options: {
  readonly key: Uint8Array;
  readonly secret: Uint8Array;
  readonly associated: CanonicalValue;
  readonly random: Random;
}): WrappedSecret {
  const { encryption, commitment } = split(options.key);
  const nonce = options.random(12);
  const cipher = createCipheriv('aes-256-gcm', encryption, nonce);
  cipher.setAAD(Buffer.from(canonicalJson(options.associated)));
  const ciphertext = Buffer.concat([cipher.update(options.secret), cipher.final()]);
  return {
    nonce: base64(nonce),
    ciphertext: base64(ciphertext),
    tag: base64(cipher.getAuthTag()),
    commitment: base64(commitment),
  };
}

/** The secret, or null when the key, the associated data or any bit of it is not what was wrapped. */
export function unwrapSecret(options: {
  readonly key: Uint8Array;
  readonly wrapped: WrappedSecret;
  readonly associated: CanonicalValue;
}): Uint8Array | null {
  const { encryption, commitment } = split(options.key);
  const { nonce, ciphertext, tag, commitment: stated } = options.wrapped;
  const claimed = Buffer.from(stated, 'base64');
  if (claimed.length !== commitment.length || !timingSafeEqual(commitment, claimed)) return null;
  const decipher = createDecipheriv('aes-256-gcm', encryption, Buffer.from(nonce, 'base64'), { authTagLength: 16 });
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  decipher.setAAD(Buffer.from(canonicalJson(options.associated)));
  const opened = decipher.update(Buffer.from(ciphertext, 'base64'));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    // The tag doesn't fit: what was deciphered so far is nobody's.
    opened.fill(0);
    return null;
  }
}
