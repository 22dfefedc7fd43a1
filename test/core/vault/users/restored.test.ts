// After a restore nobody but the owner has a key: they are listed, open nothing, and are invited anew, each with the role and clients she had.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { UserSlot } from '../../../../electron/core/ports/vault-header.ts';
import { slotsOf } from '../../../../electron/core/vault/users/slots.ts';
import {
  acceptInvitation,
  createTestVault,
  lock,
  openTestVault,
  signIn,
  testServices,
  WINDOW,
  type Person,
  type TestOffice,
  type TestVault,
} from '../vault-bench.ts';

const PASSPHRASE = 'a passphrase for the bank box';
const NEXT = 'walnut drifting under copper sails';
let office: TestOffice;
let acme: ClientId;
let rita: Person;
let vault: TestVault;

beforeEach(async () => {
  office = await openTestVault();
  acme = (await office.addClient('Acme')).id;
  await office.addClient('Bolt');
  rita = await office.hire('Rita Quill', 'reviewer', { access: { kind: 'some', clientIds: [acme] } });
  vault = createTestVault(testServices({ clock: office.time.clock }));
});
afterEach(async () => {
  await lock(vault);
  await office.remove();
  expect(vault.failures).toEqual([]);
});

const directory = () => join(office.root, 'restored');

/** By passphrase there is another recovery identity, and the old one is gone. */
async function restore(): Promise<void> {
  const path = join(office.root, 'b.age');
  await office.vault.client.backups.create({ path, passphrase: await office.vault.seal('passphrase', PASSPHRASE) });
  const { opened, usersToInvite } = await vault.client.vaultOffice.restore({
    directory: directory(),
    window: WINDOW,
    path,
    key: { kind: 'passphrase', passphrase: await vault.seal('passphrase', PASSPHRASE) },
    newPassword: await vault.seal('new-password', NEXT),
    deviceSecret: null,
    replyKey: await vault.replyKey(),
  });
  vault.adopt(opened);
  expect(usersToInvite).toBe(1);
}

const user = async () => (await vault.client.users.list({})).find(({ id }) => id === rita.id);

describe('somebody no backup holds a key of', () => {
  it('is unreachable, can’t sign in, and is invited anew as she was', async () => {
    await restore();
    expect(await user()).toMatchObject({
      state: 'unreachable',
      role: 'reviewer',
      access: { kind: 'some', clientIds: [acme] },
      factors: { code: false, device: false },
    });
    const replyKey = await vault.replyKey();
    const { user: view, code } = await vault.client.users.reset({ userId: rita.id, reason: 'forgotten', replyKey });
    expect(view.state).toBe('invited');
    const invitation = await vault.open('invitation-code', code);
    await lock(vault);
    const place = { directory: directory(), person: rita };
    await expect(signIn(vault, place)).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
    await acceptInvitation(vault, { directory: directory(), userId: rita.id }, { code: invitation, password: NEXT });
    expect((await vault.client.clients.list({})).map(({ name }) => name)).toEqual(['Acme']);
  });

  it('may be given another role and other clients before, or be removed', async () => {
    await restore();
    const { users } = vault.client;
    await users.setRole({ userId: rita.id, role: 'owner' });
    await users.setRole({ userId: rita.id, role: 'accountant' });
    await users.setAccess({ userId: rita.id, access: { kind: 'some', clientIds: [] } });
    expect(await user()).toMatchObject({ state: 'unreachable', role: 'accountant' });
    await users.remove({ userId: rita.id });
    expect(await users.list({})).toHaveLength(1);
    expect((await vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('another owner is invited though the first keys of earlier logs are sealed to a lost recovery identity', async () => {
    await restore();
    const replyKey = await vault.replyKey();
    await vault.client.users.invite({ name: 'Olga Owner', role: 'owner', access: { kind: 'all' }, replyKey });
    expect(await vault.client.users.list({})).toHaveLength(3);
  });

  it('while any other trouble with such a key stops the change', async () => {
    await lock(office.vault);
    const { sealer } = testServices();
    let recoveryIdentity: string | null = null;
    const open: typeof sealer.open = async (sealed, identity) => {
      if (identity === recoveryIdentity) throw new AppError('VAULT_IO');
      const opened = await sealer.open(sealed, identity);
      const text = Buffer.from(opened).toString('latin1');
      if (text.startsWith('AGE-SECRET-KEY-1')) recoveryIdentity = text;
      return opened;
    };
    await office.restart({ sealer: { ...sealer, open } });
    await signIn(office.vault, { directory: office.directory, person: office.owner });
    const promoted = office.vault.client.users.setRole({ userId: rita.id, role: 'owner' });
    await expect(promoted).rejects.toMatchObject({ code: 'VAULT_IO' });
    expect(recoveryIdentity).not.toBeNull();
    expect((await office.vault.client.users.list({})).find(({ id }) => id === rita.id)?.role).toBe('reviewer');
  });
});

describe('an office with room for a hundred people', () => {
  const people = (count: number) => ({
    list: () => Array.from({ length: count }, (_, at) => ({ id: `user_${at}`, recipient: `age1${at}` })),
    clientsOf: () => [],
  });
  const slots = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      userId: `user_${at}`,
      recipient: `age1${at}`,
      kind: at === 0 ? 'invitation' : 'password',
    })) as unknown as UserSlot[];

  it('takes no hundred and first', () => {
    const of = (count: number) => slotsOf(people(count) as unknown as Parameters<typeof slotsOf>[0], slots(count));
    expect(of(100)).toHaveLength(100);
    expect(() => of(101)).toThrow(expect.objectContaining({ code: 'USER_LIMIT', params: { limit: '100' } }));
    expect(of(3).map(({ userId }) => userId)).toEqual(['user_1', 'user_2', 'user_0']);
  });
});
