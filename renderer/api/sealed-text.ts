// Sealed texts at the window's end: seals what a person typed to the vault, opens what is shown once. It sends nothing and keeps no text.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { AppError } from '../../shared/errors/app-error.ts';
import type { SealedPurpose, SealedText, SealingKey } from '../../shared/model/sealed-text.ts';

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const info = bytesOf('strongroom/v1/sealed-text');

function bytesOf(text: string): ArrayBuffer {
  return Uint8Array.from(new TextEncoder().encode(text)).buffer;
}

function toBase64Url(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCodePoint(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0).buffer;
}

/** One key pair for the life of a page. @see shared/model/sealed-text.ts for the format */
export interface SealedTexts {
  /** What others seal to so that `open` reads it. */
  publicKey(): Promise<SealingKey>;
  /** @throws {AppError} SESSION_SECRET_STALE when it was sealed for another page, or for another purpose */
  open(purpose: SealedPurpose, sealed: SealedText): Promise<string>;
  /** @throws {AppError} IPC_INPUT_INVALID for a key that is none */
  seal(to: SealingKey, purpose: SealedPurpose, text: string): Promise<SealedText>;
}

/** @throws {AppError} IPC_INPUT_INVALID for what is no point of the curve */
async function readPublicKey(key: SealingKey): Promise<CryptoKey> {
  try {
    return await suite.kem.deserializePublicKey(fromBase64Url(key));
  } catch (cause) {
    throw new AppError('IPC_INPUT_INVALID', { where: 'sealing key' }, { cause });
  }
}

async function seal(to: SealingKey, purpose: SealedPurpose, text: string): Promise<SealedText> {
  const recipientPublicKey = await readPublicKey(to);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, bytesOf(text), bytesOf(purpose));
  return { encapsulated: toBase64Url(enc), ciphertext: toBase64Url(ct) };
}

export function createSealedTexts(): SealedTexts {
  // The private half cannot be read out, not even by a script of this page.
  const pair = crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  return {
    publicKey: async () => toBase64Url(await suite.kem.serializePublicKey((await pair).publicKey)),
    seal,
    open: async (purpose, { encapsulated, ciphertext }) => {
      const recipientKey = await pair;
      try {
        const recipient = { recipientKey, enc: fromBase64Url(encapsulated), info };
        const text = await suite.open(recipient, fromBase64Url(ciphertext), bytesOf(purpose));
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
      } catch (cause) {
        throw new AppError('SESSION_SECRET_STALE', {}, { cause });
      }
    },
  };
}
