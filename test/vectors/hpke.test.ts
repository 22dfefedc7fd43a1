// HPKE base mode: an implementation of RFC 9180 written here from its text must meet the RFC's own vector, and the vault's sealed texts must meet it.
import { createCipheriv, createDecipheriv, createECDH, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSealedTexts, createSuite } from '../../electron/adapters/crypto/hpke-sealed-texts.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const ascii = (text: string): Buffer => Buffer.from(text, 'ascii');
const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);

const KEM = u16(0x0010);
const KDF = u16(0x0001);
type Aead = { readonly id: Buffer; readonly keyBytes: number; readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' };
const AES_128: Aead = { id: u16(1), keyBytes: 16, cipher: 'aes-128-gcm' };
const AES_256: Aead = { id: u16(2), keyBytes: 32, cipher: 'aes-256-gcm' };

const hmac = (key: Uint8Array, data: Uint8Array): Buffer => createHmac('sha256', key).update(data).digest();

/** RFC 9180 §4, with the suite's name bound in. */
function labelled(suite: Buffer) {
  return {
    extract: (salt: Uint8Array, label: string, input: Uint8Array): Buffer =>
      hmac(salt.length === 0 ? Buffer.alloc(32) : salt, Buffer.concat([ascii('HPKE-v1'), suite, ascii(label), input])),
    /** One block of HKDF-Expand: nothing here is longer. */
    expand: (prk: Uint8Array, label: string, options: { info: Uint8Array; length: number }): Buffer =>
      hmac(
        prk,
        Buffer.concat([u16(options.length), ascii('HPKE-v1'), suite, ascii(label), options.info, Buffer.from([1])]),
      ).subarray(0, options.length),
  };
}

/** RFC 9180 §4.1 DHKEM over P-256, from one side's private and the other's public key. */
function sharedSecret(own: { privateKey: Buffer; peer: Buffer }, enc: Buffer, recipient: Buffer): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(own.privateKey);
  const kem = labelled(Buffer.concat([ascii('KEM'), KEM]));
  const prk = kem.extract(Buffer.alloc(0), 'eae_prk', ecdh.computeSecret(own.peer));
  return kem.expand(prk, 'shared_secret', { info: Buffer.concat([enc, recipient]), length: 32 });
}

/** RFC 9180 §5.1 in base mode. */
function keySchedule(aead: Aead, secret: Buffer, info: Buffer) {
  const suite = labelled(Buffer.concat([ascii('HPKE'), KEM, KDF, aead.id]));
  const none = Buffer.alloc(0);
  const context = Buffer.concat([
    Buffer.from([0]),
    suite.extract(none, 'psk_id_hash', none),
    suite.extract(none, 'info_hash', info),
  ]);
  const schedule = suite.extract(secret, 'secret', none);
  return {
    key: suite.expand(schedule, 'key', { info: context, length: aead.keyBytes }),
    nonce: suite.expand(schedule, 'base_nonce', { info: context, length: 12 }),
  };
}

function openWith(aead: Aead, keys: { key: Buffer; nonce: Buffer }, message: { ct: Buffer; aad: Buffer }): Buffer {
  const opener = createDecipheriv(aead.cipher, keys.key, keys.nonce).setAAD(message.aad);
  opener.setAuthTag(message.ct.subarray(-16));
  return Buffer.concat([opener.update(message.ct.subarray(0, -16)), opener.final()]);
}

function sealWith(aead: Aead, keys: { key: Buffer; nonce: Buffer }, message: { pt: Buffer; aad: Buffer }): Buffer {
  const cipher = createCipheriv(aead.cipher, keys.key, keys.nonce).setAAD(message.aad);
  return Buffer.concat([cipher.update(message.pt), cipher.final(), cipher.getAuthTag()]);
}

/** RFC 9180 A.3.1, sequence number 0. */
const A31 = {
  info: hex('4f6465206f6e2061204772656369616e2055726e'),
  skEm: hex('4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb'),
  pkEm: hex(
    '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
  ),
  skRm: hex('f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2'),
  pkRm: hex(
    '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
  ),
  sharedSecret: 'c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8',
  key: '868c066ef58aae6dc589b6cfdd18f97e',
  nonce: '4e0bc5018beba4bf004cca59',
  pt: hex('4265617574792069732074727574682c20747275746820626561757479'),
  aad: hex('436f756e742d30'),
  ct: hex('5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434'),
};

/** A new key pair as raw bytes. */
function newPair(): { privateKey: Buffer; publicKey: Buffer } {
  const ecdh = createECDH('prime256v1');
  const publicKey = ecdh.generateKeys();
  // node drops leading zeros of a private key.
  const privateKey = Buffer.concat([Buffer.alloc(32), ecdh.getPrivateKey()]).subarray(-32);
  return { privateKey, publicKey };
}

describe('HPKE written here from the text', () => {
  it('meets RFC 9180 A.3.1 from both ends', () => {
    const sent = sharedSecret({ privateKey: A31.skEm, peer: A31.pkRm }, A31.pkEm, A31.pkRm);
    const received = sharedSecret({ privateKey: A31.skRm, peer: A31.pkEm }, A31.pkEm, A31.pkRm);
    expect([sent.toString('hex'), received.toString('hex')]).toEqual([A31.sharedSecret, A31.sharedSecret]);
    const keys = keySchedule(AES_128, received, A31.info);
    expect([keys.key.toString('hex'), keys.nonce.toString('hex')]).toEqual([A31.key, A31.nonce]);
    expect(sealWith(AES_128, keys, A31)).toEqual(A31.ct);
    expect(openWith(AES_128, keys, A31)).toEqual(A31.pt);
  });
});

describe('sealed texts', () => {
  const info = ascii('strongroom/v1/sealed-text');

  it('are opened by it', async () => {
    const recipient = newPair();
    const sealed = await createSealedTexts().seal(recipient.publicKey.toString('base64url'), 'password', 'geheim ä');
    const enc = Buffer.from(sealed.encapsulated, 'base64url');
    const secret = sharedSecret({ privateKey: recipient.privateKey, peer: enc }, enc, recipient.publicKey);
    const message = { ct: Buffer.from(sealed.ciphertext, 'base64url'), aad: ascii('password') };
    expect(openWith(AES_256, keySchedule(AES_256, secret, info), message).toString('utf8')).toBe('geheim ä');
  });

  it('are opened as it sealed them', async () => {
    const texts = createSealedTexts();
    const recipient = Buffer.from(await texts.publicKey(), 'base64url');
    const ephemeral = newPair();
    const secret = sharedSecret({ privateKey: ephemeral.privateKey, peer: recipient }, ephemeral.publicKey, recipient);
    const message = { pt: Buffer.from('geheim ä', 'utf8'), aad: ascii('kit-groups') };
    const sealed = sealWith(AES_256, keySchedule(AES_256, secret, info), message);
    const wire = {
      encapsulated: ephemeral.publicKey.toString('base64url'),
      ciphertext: sealed.toString('base64url'),
    };
    expect(await texts.open('kit-groups', wire)).toBe('geheim ä');
  });

  it('use the suite that the model names', () => {
    const { kem, kdf, aead } = createSuite();
    expect([kem.id, kdf.id, aead.id]).toEqual([0x0010, 0x0001, 0x0002]);
  });
});
