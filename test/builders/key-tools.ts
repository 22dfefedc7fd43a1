// Key tools without slow or random steps: what they make can be foretold byte by byte. Only tests import it.
import { createHash } from 'node:crypto';
import type { PasswordKdf } from '../../electron/core/ports/key-derivation.ts';
import type { SealIdentity, Sealer } from '../../electron/core/ports/sealer.ts';
import type { KeyTools } from '../../electron/core/vault/keys/key-tools.ts';
import { AppError } from '../../shared/errors/app-error.ts';

export const COSTS = { algorithm: 'INSECURE_TEST_KDF', version: 19, memoryKiB: 8, passes: 1, lanes: 1 } as const;

/** What the derivation makes of a password. */
export function stretched(password: string, salt: Uint8Array): Buffer {
  return createHash('sha256').update(JSON.stringify(COSTS)).update(salt).update(password).digest();
}

const kdf: PasswordKdf = {
  calibrate: () => Promise.resolve(COSTS),
  assertAllowed: () => undefined,
  derive: (password, { algorithm, version, memoryKiB, passes, lanes }, salt) => {
    const costs = JSON.stringify({ algorithm, version, memoryKiB, passes, lanes });
    return Promise.resolve(createHash('sha256').update(costs).update(salt).update(password).digest());
  },
};

export const identityOf = (name: string): SealIdentity => `AGE-SECRET-KEY-1${name.toUpperCase()}`;
export const recipientOf = (name: string): string => `age1${name}`;

/** Says whom it is sealed to, and what. */
export interface OpenlySealed {
  readonly to: readonly string[];
  readonly secret: string;
}

/** What lies in something that was sealed, in hex, and for whom. */
export function lookInto(sealed: Uint8Array | string): OpenlySealed {
  const bytes = typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : Buffer.from(sealed);
  return JSON.parse(bytes.toString()) as OpenlySealed;
}

const sealer: Sealer = {
  newIdentity: () => Promise.resolve(identityOf('new')),
  recipientOf: (identity) => Promise.resolve(recipientOf(identity.slice('AGE-SECRET-KEY-1'.length).toLowerCase())),
  seal: (secret, to) =>
    Promise.resolve(Buffer.from(JSON.stringify({ to, secret: Buffer.from(secret).toString('hex') }))),
  open: async (sealed, identity) => {
    const { to, secret } = lookInto(sealed);
    if (!to.includes(await sealer.recipientOf(identity))) throw new AppError('VAULT_HEADER_TAMPERED');
    return Buffer.from(secret, 'hex');
  },
};

/** The nth call of `random` gives bytes of n, and so does `bytes(n, length)`. */
export function foretoldTools(): KeyTools {
  let calls = 0;
  return { kdf, sealer, random: (length) => new Uint8Array(length).fill((calls += 1)) };
}

export const bytes = (value: number, length = 32): Uint8Array => new Uint8Array(length).fill(value);
export const hexOf = (content: Uint8Array | string): string => Buffer.from(content).toString('hex');
export const base64Of = (content: Uint8Array | string): string => Buffer.from(content).toString('base64');
