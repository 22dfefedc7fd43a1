// A wrapped secret byte by byte, computed here a second time: labels, associated data, commitment, and what does not open.
import { createCipheriv, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anchorMacKey, headerMacKey } from '../../../../electron/core/vault/keys/office-key.ts';
import { deriveKey, unwrapSecret, wrapSecret } from '../../../../electron/core/vault/keys/wrapped-secret.ts';
import { base64Of, bytes, foretoldTools, hexOf } from '../../../builders/key-tools.ts';
import { wipedBy } from '../../../builders/wiped.ts';

const key = bytes(7);
const secret = Buffer.from('what nobody else knows');
const associated = { b: 1, a: 'the place' };
const hkdf = (from: Uint8Array, salt: string, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', from, salt, info, 32));

function wrapped() {
  return wrapSecret({ key, secret, associated, random: foretoldTools().random });
}

describe('a derived key', () => {
  it('is HKDF-SHA256 under the vault’s own prefix', () => {
    expect(hexOf(deriveKey(key, Buffer.from('salt'), 'some/label'))).toBe(
      hkdf(key, 'salt', 'strongroom/v1/some/label').toString('hex'),
    );
  });

  it('of the office key has a label for each purpose', () => {
    expect(hexOf(headerMacKey(key))).toBe(hkdf(key, '', 'strongroom/v1/header-mac').toString('hex'));
    expect(hexOf(anchorMacKey(key))).toBe(hkdf(key, '', 'strongroom/v1/anchor-mac').toString('hex'));
  });
});

describe('a wrapped secret', () => {
  it('is AES-256-GCM under one derived key, with another one as commitment', () => {
    const cipher = createCipheriv('aes-256-gcm', hkdf(key, '', 'strongroom/v1/wrap/encryption'), bytes(1, 12));
    cipher.setAAD(Buffer.from('{"a":"the place","b":1}'));
    const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
    expect(wrapped()).toEqual({
      nonce: base64Of(bytes(1, 12)),
      ciphertext: base64Of(ciphertext),
      tag: base64Of(cipher.getAuthTag()),
      commitment: base64Of(hkdf(key, '', 'strongroom/v1/wrap/commitment')),
    });
  });

  it('opens to what it was', () => {
    const opened = unwrapSecret({ key, wrapped: wrapped(), associated });
    expect(hexOf(opened ?? expect.fail('closed'))).toBe(hexOf(secret));
  });

  it.each([
    ['a shorter commitment', { commitment: base64Of(bytes(1, 31)) }],
    ['a longer commitment', { commitment: base64Of(bytes(1, 33)) }],
    ['no commitment', { commitment: '' }],
    ['another commitment', { commitment: base64Of(bytes(1)) }],
    ['another tag', { tag: base64Of(bytes(1, 16)) }],
    ['another nonce', { nonce: base64Of(bytes(9, 12)) }],
  ])('does not open with %s', (_what, change) => {
    expect(unwrapSecret({ key, wrapped: { ...wrapped(), ...change }, associated })).toBeNull();
  });

  it('does not open with a part of its tag', () => {
    const { tag, ...rest } = wrapped();
    const short = base64Of(Buffer.from(tag, 'base64').subarray(0, 12));
    expect(() => unwrapSecret({ key, wrapped: { ...rest, tag: short }, associated })).toThrow('authentication tag');
  });

  it('leaves nothing of what was deciphered where the tag does not fit', async () => {
    const { result, wiped } = await wipedBy(() =>
      unwrapSecret({ key, wrapped: wrapped(), associated: { ...associated, b: 2 } }),
    );
    expect(result).toBeNull();
    expect(wiped).toEqual([hexOf(secret)]);
  });
});
