// The contract of SealedTexts, run by the vault's and the renderer's implementation, each alone and against the other.
import { describe, expect, it } from 'vitest';
import type { SealedTexts } from '../../electron/core/ports/sealed-text.ts';
import { SEALED_PURPOSES, SealedText, SealingKey } from '../../shared/model/sealed-text.ts';

export interface SealedTextParties {
  /** A new one with a key pair of its own, each time. */
  readonly create: () => SealedTexts;
  /** The other implementation of the format, or the same once more. */
  readonly other: () => SealedTexts;
}

const STALE = { code: 'SESSION_SECRET_STALE' };

/** base64url with one bit of one byte turned. */
function flip(text: string, byte: number): string {
  const bytes = Buffer.from(text, 'base64url');
  bytes[byte] = (bytes[byte] ?? 0) ^ 1;
  return bytes.toString('base64url');
}

export function sealedTextContract(name: string, { create, other }: SealedTextParties): void {
  describe(name, () => {
    it('speaks the wire form: a raw P-256 point and base64url', async () => {
      const own = create();
      const key = await own.publicKey();
      expect(SealingKey.parse(key)).toBe(key);
      expect(Buffer.from(key, 'base64url')[0]).toBe(4);
      const sealed = await own.seal(key, 'password', 'seven wet bicycles sing');
      expect(SealedText.parse(sealed)).toEqual(sealed);
      expect(await own.publicKey()).toBe(key);
    });

    it.each([
      ['a password', 'seven wet bicycles sing'],
      ['characters of several bytes', 'grün 日本語 😀 e\u0301'],
      ['blanks and a byte order mark', '\uFEFF  x \n'],
      ['nothing', ''],
      ['4,000 bytes', 'x'.repeat(4000)],
    ])('carries %s both ways between two implementations', async (_, text) => {
      const [one, two] = [create(), other()];
      expect(await two.open('password', await one.seal(await two.publicKey(), 'password', text))).toBe(text);
      expect(await one.open('recovery-kit', await two.seal(await one.publicKey(), 'recovery-kit', text))).toBe(text);
    });

    it('seals the same text differently each time', async () => {
      const own = create();
      const key = await own.publicKey();
      const [one, two] = await Promise.all([own.seal(key, 'password', 'same'), own.seal(key, 'password', 'same')]);
      expect(one.encapsulated).not.toBe(two.encapsulated);
      expect(one.ciphertext).not.toBe(two.ciphertext);
    });

    it('opens no text under another purpose', async () => {
      const own = create();
      const sealed = await other().seal(await own.publicKey(), 'password', 'secret');
      for (const purpose of SEALED_PURPOSES.filter((one) => one !== 'password'))
        await expect(own.open(purpose, sealed)).rejects.toMatchObject(STALE);
      expect(await own.open('password', sealed)).toBe('secret');
    });

    it('opens nothing that was sealed to another process', async () => {
      const sealed = await other().seal(await create().publicKey(), 'password', 'secret');
      await expect(create().open('password', sealed)).rejects.toMatchObject(STALE);
    });

    it('refuses every turned bit', async () => {
      const own = create();
      const { encapsulated, ciphertext } = await other().seal(await own.publicKey(), 'password', 'secret');
      const length = Buffer.from(ciphertext, 'base64url').length;
      for (let byte = 0; byte < length; byte += 1)
        await expect(own.open('password', { encapsulated, ciphertext: flip(ciphertext, byte) })).rejects.toMatchObject(
          STALE,
        );
      for (let byte = 0; byte < 65; byte += 1)
        await expect(
          own.open('password', { encapsulated: flip(encapsulated, byte), ciphertext }),
        ).rejects.toMatchObject(STALE);
    });

    it('refuses a cut text and one that is too short to be any', async () => {
      const own = create();
      const { encapsulated, ciphertext } = await other().seal(await own.publicKey(), 'password', 'secret');
      for (const cut of [ciphertext.slice(0, -2), ciphertext.slice(0, 8), 'A'])
        await expect(own.open('password', { encapsulated, ciphertext: cut })).rejects.toMatchObject(STALE);
    });

    it('refuses to seal to what is no point of the curve', async () => {
      const key = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url');
      await expect(create().seal(key, 'recovery-kit', 'x')).rejects.toMatchObject({ code: 'IPC_INPUT_INVALID' });
    });
  });
}
