// Ed25519 with raw keys: 32-byte seeds and 32-byte public keys, base64. It knows nothing of what is signed.
import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from './key-tools.ts';

/** PKCS #8 around a raw Ed25519 seed. @see RFC 8410 §7 */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** SubjectPublicKeyInfo around a raw Ed25519 public key. @see RFC 8410 §4 */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

function privateKey(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** The public key of a 32-byte seed, base64. */
export function publicKeyOf(seed: Uint8Array): string {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return toBase64(spki.subarray(SPKI_PREFIX.length));
}

/** @see RFC 8032 §5.1.6 */
export function signText(seed: Uint8Array, text: string): string {
  return toBase64(sign(null, Buffer.from(text), privateKey(seed)));
}

/** False for a wrong signature and for anything that is not a key or a signature. */
export function verifyText(publicKey: string, text: string, signature: string): boolean {
  const raw = fromBase64(publicKey);
  if (raw.length !== 32) return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, fromBase64(signature));
}
