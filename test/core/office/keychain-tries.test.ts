// Tries in the keychain: an item an office, and nothing where there is no keychain.
import { expect, it } from 'vitest';
import { OfficeId } from '../../../shared/model/ids.ts';
import { createMemorySecretStore } from '../../../electron/adapters/keychain/memory-secret-store.ts';
import { createKeychainTries } from '../../../electron/core/office/keychain-tries.ts';

const ONE = OfficeId.parse(`office_${'0a'.repeat(10)}`);
const TWO = OfficeId.parse(`office_${'0b'.repeat(10)}`);

it('keeps an item an office', async () => {
  const secrets = createMemorySecretStore();
  const tries = createKeychainTries(secrets);
  expect(await tries.read(ONE)).toBeNull();
  await tries.write(ONE, 'one');
  await tries.write(TWO, 'two');
  expect([await tries.read(ONE), await tries.read(TWO)]).toEqual(['one', 'two']);
  expect(await secrets.get(`office/${ONE}/sign-in-tries`)).toBe('one');
});

it('writes nothing where there is no keychain, and says so', async () => {
  const secrets = createMemorySecretStore();
  const tries = createKeychainTries({ ...secrets, isAvailable: () => Promise.resolve(false) });
  await expect(tries.write(ONE, 'one')).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
  expect(await tries.read(ONE)).toBeNull();
  expect(await secrets.get(`office/${ONE}/sign-in-tries`)).toBeNull();
});
