// Published vectors for every primitive of the key hierarchy, through the bindings the vault uses.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import argon2 from 'argon2';
import { identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { publicKeyOf, signText, verifyText } from '../../electron/core/vault/keys/signing-key.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('published vectors', () => {
  it('Argon2id, RFC 9106 §5.3', async () => {
    const tag = await argon2.hash(Buffer.alloc(32, 1), {
      raw: true,
      type: argon2.argon2id,
      version: 0x13,
      memoryCost: 32,
      timeCost: 3,
      parallelism: 4,
      hashLength: 32,
      salt: Buffer.alloc(16, 2),
      secret: Buffer.alloc(8, 3),
      associatedData: Buffer.alloc(12, 4),
    });
    expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
  });

  it('HKDF-SHA256, RFC 5869 A.1 and A.3', () => {
    const expand = (ikm: string, salt: string, info: string): string =>
      Buffer.from(hkdfSync('sha256', hex(ikm), hex(salt), hex(info), 42)).toString('hex');
    const ikm = '0b'.repeat(22);
    expect(expand(ikm, '000102030405060708090a0b0c', 'f0f1f2f3f4f5f6f7f8f9')).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
    expect(expand(ikm, '', '')).toBe(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    );
  });

  it('AES-256-GCM, test case 16 of the GCM specification', () => {
    const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
    const nonce = hex('cafebabefacedbaddecaf888');
    const associated = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
    const plain = hex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    );
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    expect(sealed.toString('hex')).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    );
    expect(cipher.getAuthTag().toString('hex')).toBe('76fc6ece0f4e1768cddf8853bb2d551b');
    const opener = createDecipheriv('aes-256-gcm', key, nonce).setAAD(associated);
    opener.setAuthTag(cipher.getAuthTag());
    expect(Buffer.concat([opener.update(sealed), opener.final()]).equals(plain)).toBe(true);
  });

  it('HMAC-SHA256, RFC 4231 §4.3', () => {
    expect(createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it.each([
    {
      test: 1,
      secret: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      message: '',
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
      test: 2,
      secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      message: 'r',
      signature:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
  ])('Ed25519, RFC 8032 §7.1 test $test', ({ secret, publicKey, message, signature }) => {
    const [key, seal] = [hex(publicKey).toString('base64'), hex(signature).toString('base64')];
    expect(publicKeyOf(hex(secret))).toBe(key);
    expect(signText(hex(secret), message)).toBe(seal);
    expect(verifyText(key, message, seal)).toBe(true);
    expect(verifyText(key, `${message}.`, seal)).toBe(false);
    const noSignature = [Buffer.alloc(64), Buffer.alloc(63), Buffer.alloc(0)];
    for (const wrong of noSignature) expect(verifyText(key, message, wrong.toString('base64'))).toBe(false);
    for (const other of [Buffer.alloc(32, 255), Buffer.alloc(31), Buffer.alloc(0)])
      expect(verifyText(other.toString('base64'), message, seal)).toBe(false);
  });

  it('X25519, RFC 7748 §6.1, as age encodes it', async () => {
    const secret = hex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
    const publicKey = hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
    const identity = bech32('age-secret-key-', secret).toUpperCase();
    expect(await identityToRecipient(identity)).toBe(bech32('age', publicKey));
  });
});

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

function polymod(values: number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  return values.reduce((sum, value) => {
    const top = sum >>> 25;
    return generator.reduce(
      (rest, word, bit) => ((top >>> bit) & 1 ? rest ^ word : rest),
      ((sum & 0x1ffffff) << 5) ^ value,
    );
  }, 1);
}

/** Bech32 as BIP 173 describes it. */
function bech32(prefix: string, bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const words = (bits.match(/.{1,5}/g) ?? []).map((group) => parseInt(group.padEnd(5, '0'), 2));
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  const expanded = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  const check = polymod([...expanded, ...words, 0, 0, 0, 0, 0, 0]) ^ 1;
  const tail = Array.from({ length: 6 }, (_, index) => (check >>> (5 * (5 - index))) & 31);
  return `${prefix}1${[...words, ...tail].map((word) => CHARSET[word]).join('')}`;
}
