// What the key hierarchy is built with, and the form its bytes have in a header.
import { Buffer } from 'node:buffer';
import type { Random } from '../../ports/clock.ts';
import type { PasswordKdf } from '../../ports/key-derivation.ts';
import type { Sealer } from '../../ports/sealer.ts';

export interface KeyTools {
  readonly kdf: PasswordKdf;
  readonly sealer: Sealer;
  readonly random: Random;
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
