// Whoever signed in last on this computer stands first at the door; it opens nothing, and no keychain's failure stops anybody.
import { expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { UserId } from '../../../shared/model/ids.ts';
import {
  anInspection,
  anOpenedOffice,
  anUnlocking,
  aSlot,
  createAppOverDoubles,
  OFFICE_ID,
} from '../../builders/app-over-doubles.ts';
import { createFakeKeychain } from '../../builders/fake-keychain.ts';

const BELA = aSlot({ id: UserId.parse(`user_${'0e'.repeat(10)}`), name: 'Bela', deviceSecret: false });
const OLIVIA = aSlot({ deviceSecret: false });
const KEY = `office/${OFFICE_ID}/last-person`;

const anApp = (keychain = createFakeKeychain()) =>
  createAppOverDoubles(
    {
      'vaultOffice.inspect': () => ({ ...anInspection('password-only'), users: [BELA, OLIVIA] }),
      'vaultOffice.unlock': () => anOpenedOffice('password-only'),
    },
    keychain,
  );

async function namesOf({ client }: ReturnType<typeof anApp>): Promise<string[]> {
  return (await client.office.status({})).users.map(({ name }) => name);
}

async function comeAndGo({ client }: ReturnType<typeof anApp>): Promise<void> {
  await client.office.unlock(anUnlocking());
  await client.office.lock({});
}

it('stands first from then on, also after a restart, and is written once', async () => {
  const keychain = createFakeKeychain();
  const app = anApp(keychain);
  expect(await namesOf(app)).toEqual(['Bela', 'Olivia']);
  await comeAndGo(app);
  expect(await namesOf(app)).toEqual(['Olivia', 'Bela']);
  const next = anApp(keychain);
  expect(await namesOf(next)).toEqual(['Olivia', 'Bela']);
  await comeAndGo(next);
  expect(keychain.writes.filter((key) => key === KEY)).toHaveLength(1);
});

it('lasts as long as the program where there is no keychain', async () => {
  const app = anApp(createFakeKeychain(false));
  await comeAndGo(app);
  expect(await namesOf(app)).toEqual(['Olivia', 'Bela']);
});

it('is forgotten rather than in the way where the keychain fails', async () => {
  const keychain = createFakeKeychain();
  const failed = () => Promise.reject(new AppError('KEYCHAIN_FAILED'));
  const app = anApp({ ...keychain, get: (key) => (key === KEY ? failed() : keychain.get(key)) });
  await comeAndGo(app);
  expect(app.log.map(({ event }) => event)).toContain('last-person.not-kept');
});
