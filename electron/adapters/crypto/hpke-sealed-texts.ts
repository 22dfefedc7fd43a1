// Sealed texts over HPKE: one key pair for the life of the process, its private half not extractable. It knows no purpose's meaning.
import { Buffer } from 'node:buffer';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, HpkeError } from '@hpke/core';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SealedPurpose, SealedText, SealingKey } from '../../../shared/model/sealed-text.ts';
import type { SealedTexts } from '../../core/ports/sealed-text.ts';

/** The platform's own key type, under whatever library of types the file is checked. */
type Key = InstanceType<typeof CryptoKey>;
interface KeyPair {
  readonly privateKey: Key;
  readonly publicKey: Key;
}

const INFO = new TextEncoder().encode('strongroom/v1/sealed-text');

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64url'));
const textOf = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64url');
const purposeBytes = (purpose: SealedPurpose): Uint8Array => new TextEncoder().encode(purpose);

/** DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. @see RFC 9180 §7 */
export function createSuite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };

/** @throws {AppError} IPC_INPUT_INVALID for what is no point of the curve */
async function readPublicKey(to: SealingKey): Promise<Key> {
  try {
    return await crypto.subtle.importKey('raw', bytesOf(to), CURVE, true, []);
  } catch (cause) {
    throw new AppError('IPC_INPUT_INVALID', { where: 'replyKey' }, { cause });
  }
}

/** A new key pair with its first use. @see RFC 9180 §5.1.1 base mode, shared/model/sealed-text.ts */
export function createSealedTexts(): SealedTexts {
  const suite = createSuite();
  let pair: Promise<KeyPair> | null = null;
  const ownPair = (): Promise<KeyPair> => (pair ??= crypto.subtle.generateKey(CURVE, false, ['deriveBits']));

  return {
    publicKey: async () => textOf(await suite.kem.serializePublicKey((await ownPair()).publicKey)),
    open: async (purpose, { encapsulated, ciphertext }) => {
      const recipient = { recipientKey: await ownPair(), enc: bytesOf(encapsulated), info: INFO };
      try {
        const plain = await suite.open(recipient, bytesOf(ciphertext), purposeBytes(purpose));
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
      } catch (cause) {
        if (cause instanceof HpkeError || cause instanceof TypeError)
          throw new AppError('SESSION_SECRET_STALE', {}, { cause });
        throw cause;
      }
    },
    seal: async (to, purpose, text): Promise<SealedText> => {
      const recipientPublicKey = await readPublicKey(to);
      const { enc, ct } = await suite.seal(
        { recipientPublicKey, info: INFO },
        new TextEncoder().encode(text),
        purposeBytes(purpose),
      );
      return { encapsulated: textOf(enc), ciphertext: textOf(ct) };
    },
  };
}
