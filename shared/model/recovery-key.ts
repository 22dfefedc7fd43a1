// The recovery key as people read and type it: 160 bits in 8 groups of 4 characters. It derives and opens nothing.
import { AppError } from '../errors/app-error.ts';

/** Crockford's base 32: no I, L, O, U. @see https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Bytes of a recovery key. */
export const RECOVERY_KEY_LENGTH = 20;

/** The 8 groups of a 20-byte key. */
export function formatRecoveryKey(key: Uint8Array): string[] {
  if (key.length !== RECOVERY_KEY_LENGTH) throw new TypeError('a recovery key has 20 bytes');
  let bits = 0n;
  for (const byte of key) bits = (bits << 8n) | BigInt(byte);
  const characters = Array.from({ length: 32 }, (_, index) =>
    ALPHABET.charAt(Number((bits >> BigInt(155 - 5 * index)) & 31n)),
  );
  return Array.from({ length: 8 }, (_, group) => characters.slice(group * 4, group * 4 + 4).join(''));
}

/** What was typed, in the kit's own characters: upper case, blanks and dashes gone, O read as 0, I and L as 1. */
export function normaliseRecoveryText(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

/**
 * The 20 bytes of a typed recovery key.
 * @throws {AppError} SESSION_WRONG_CREDENTIALS when it can't be one
 */
export function parseRecoveryKey(text: string): Uint8Array {
  const characters = normaliseRecoveryText(text);
  const digits = Array.from(characters, (character) => ALPHABET.indexOf(character));
  if (digits.length !== 32 || digits.includes(-1)) throw new AppError('SESSION_WRONG_CREDENTIALS');
  let bits = 0n;
  for (const digit of digits) bits = (bits << 5n) | BigInt(digit);
  return Uint8Array.from({ length: RECOVERY_KEY_LENGTH }, (_, index) =>
    Number((bits >> BigInt(152 - 8 * index)) & 255n),
  );
}
