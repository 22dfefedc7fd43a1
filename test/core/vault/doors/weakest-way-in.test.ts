// What the office says of its protection is what its weakest password says; each person's own slot says what she brings.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acceptInvitation, lock, openTestVault, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;

beforeEach(async () => {
  office = await openTestVault();
});
afterEach(async () => await office.remove());

it('one password without the keychain is one too many; a code that waits is none', async () => {
  const { userId, code } = await office.invite('Rita Quill', 'accountant', { kind: 'all' });
  await lock(office.vault);
  const door = async () => await office.vault.client.vaultOffice.inspect({ directory: office.directory });
  expect((await door()).office).toMatchObject({ protection: 'keychain' });
  const input = { directory: office.directory, userId };
  const password = 'marble otter climbs eleven fences';
  const opened = await acceptInvitation(office.vault, input, { code, password, deviceSecret: null });
  expect(opened.office.protection).toBe('password-only');
  await lock(office.vault);
  const { office: identity, users } = await door();
  expect(identity).toMatchObject({ protection: 'password-only' });
  expect(users.map(({ id, deviceSecret }) => [id, deviceSecret])).toEqual([
    [office.owner.id, true],
    [userId, false],
  ]);
});
