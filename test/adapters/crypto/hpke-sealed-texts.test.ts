// The vault's sealed texts keep the contract; what must not leave the process does not.
import { expect, it, vi } from 'vitest';
import { createSealedTexts } from '../../../electron/adapters/crypto/hpke-sealed-texts.ts';
import { sealedTextContract } from '../../contracts/sealed-text.ts';

sealedTextContract('sealed texts over HPKE', { create: createSealedTexts, other: createSealedTexts });

it('makes a private key that nobody can export, at its first use and once', async () => {
  const generate = vi.spyOn(crypto.subtle, 'generateKey');
  const texts = createSealedTexts();
  expect(generate).not.toHaveBeenCalled();
  const [key, again] = await Promise.all([texts.publicKey(), texts.publicKey()]);
  expect(key).toBe(again);
  expect(generate).toHaveBeenCalledOnce();
  const pair = (await generate.mock.results[0]?.value) as CryptoKeyPair;
  expect(pair.privateKey.extractable).toBe(false);
  generate.mockRestore();
});
