// A change of people that stops half-way: between header and database, in either of them, or at any step as a kill would leave it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { VaultHeader } from '../../../../electron/core/ports/vault-header.ts';
import type { OfficeStore } from '../../../../electron/core/ports/vault-store.ts';
import type { VaultServices } from '../../../../electron/core/vault/services.ts';
import {
  auditEntries,
  createTestVault,
  lock,
  openTestVault,
  signIn,
  testServices,
  type Person,
  type TestOffice,
  type TestVault,
} from '../vault-bench.ts';

let office: TestOffice;
let acme: ClientId;
let rita: Person;
let olga: Person;

beforeEach(async () => {
  office = await openTestVault();
  acme = (await office.addClient('Acme')).id;
  await office.addClient('Bolt');
  rita = await office.hire('Rita Quill', 'accountant');
  olga = await office.hire('Olga Owner', 'owner');
});
afterEach(async () => await office.remove());

const all = { kind: 'all' } as const;
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const some = (...clientIds: ClientId[]) => ({ kind: 'some' as const, clientIds });

/** Doubles that fail from the moment they are armed, and what they are put into. */
function failing() {
  const services = testServices();
  let broken: 'none' | 'header' | 'commit' = 'none';
  const full = (): never => {
    throw new AppError('VAULT_DISK_FULL');
  };
  /** As a full disk does it: everything was written, the commit is not. */
  const transactionOf = (store: OfficeStore): OfficeStore['transaction'] => {
    return (work) =>
      store.transaction(() => {
        const value = work();
        if (broken === 'commit') full();
        return value;
      });
  };
  const overrides: Partial<VaultServices> = {
    headers: {
      ...services.headers,
      write: (directory: string, header: VaultHeader, macKey: Uint8Array) => {
        if (broken === 'header') full();
        services.headers.write(directory, header, macKey);
      },
    },
    databases: {
      ...services.databases,
      openOffice: (options) => {
        const opened = services.databases.openOffice(options);
        return { ...opened, store: { ...opened.store, transaction: transactionOf(opened.store) } };
      },
    },
  };
  return { overrides, arm: (where: typeof broken) => void (broken = where) };
}

type Change = (vault: TestVault) => Promise<unknown>;

const changes: readonly (readonly [string, Change])[] = [
  [
    'invite',
    async (vault) =>
      vault.client.users.invite({ name: 'New', role: 'owner', access: all, replyKey: await vault.replyKey() }),
  ],
  ['setRole up', (vault) => vault.client.users.setRole({ userId: rita.id, role: 'owner' })],
  ['setRole down', (vault) => vault.client.users.setRole({ userId: olga.id, role: 'auditor' })],
  ['setAccess', (vault) => vault.client.users.setAccess({ userId: rita.id, access: some(acme) })],
  [
    'reset',
    async (vault) =>
      vault.client.users.reset({ userId: olga.id, reason: 'forgotten', replyKey: await vault.replyKey() }),
  ],
  ['remove', (vault) => vault.client.users.remove({ userId: olga.id })],
];

async function stateOf(vault: TestVault) {
  return { people: await vault.client.users.list({}), keys: (await vault.client.security.state({})).clientKeys };
}

async function expectWhole(vault: TestVault): Promise<void> {
  expect((await vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(await vault.client.clients.list({})).toHaveLength(2);
  const { header } = vault.services.headers.read(office.directory);
  const people = await vault.client.users.list({});
  const known = new Set(people.map(({ id }) => id));
  expect(header.slots.filter(({ userId }) => !known.has(userId))).toEqual([]);
  expect(header.pendingOfficeKey).toBeNull();
}

describe.each(changes)('%s', (_name, change) => {
  it('changes nothing when the header can’t be written', async () => {
    const { overrides, arm } = failing();
    await office.restart(overrides);
    await signIn(office.vault, { directory: office.directory, person: office.owner });
    const before = await stateOf(office.vault);
    const header = office.vault.services.headers.read(office.directory).header;
    arm('header');
    await expect(change(office.vault)).rejects.toEqual(code('VAULT_DISK_FULL'));
    arm('none');
    expect(await stateOf(office.vault)).toEqual(before);
    expect(office.vault.services.headers.read(office.directory).header).toEqual(header);
    for (const person of [rita, olga, office.owner]) await office.signIn(person);
    await expectWhole(office.vault);
  });

  it('locks no owner out when the header is ahead of the database, and can be repeated', async () => {
    const { overrides, arm } = failing();
    await office.restart(overrides);
    await signIn(office.vault, { directory: office.directory, person: office.owner });
    const { people } = await stateOf(office.vault);
    arm('commit');
    await expect(change(office.vault)).rejects.toEqual(code('VAULT_DISK_FULL'));
    arm('none');
    await office.restart();
    await signIn(office.vault, { directory: office.directory, person: office.owner });
    expect((await stateOf(office.vault)).people.map(({ id, role, state }) => [id, role, state])).toEqual(
      people.map(({ id, role, state }) => [id, role, state]),
    );
    await expectWhole(office.vault);
    await change(office.vault);
    await expectWhole(office.vault);
    await office.signIn(office.owner);
    await expectWhole(office.vault);
  });
});

describe('a slot that belongs to nobody', () => {
  it('goes at the next owner’s sign-in, not at another’s, and leaves an entry', async () => {
    const { overrides, arm } = failing();
    await office.restart(overrides);
    await signIn(office.vault, { directory: office.directory, person: office.owner });
    const replyKey = await office.vault.replyKey();
    arm('commit');
    await expect(
      office.vault.client.users.invite({ name: 'New', role: 'reviewer', access: all, replyKey }),
    ).rejects.toEqual(code('VAULT_DISK_FULL'));
    arm('none');
    const slots = () => office.vault.services.headers.read(office.directory).header.slots.map(({ name }) => name);
    expect(slots()).toHaveLength(4);
    await office.restart();
    await signIn(office.vault, { directory: office.directory, person: rita });
    expect(slots()).toHaveLength(4);
    await office.signIn(olga);
    expect(slots()).toEqual(['Ada Keel', 'Rita Quill', 'Olga Owner']);
    const [entry] = (await auditEntries(office.vault, { action: 'vaultOffice.unlock' })).filter(
      ({ payload }) => payload['droppedSlots'] !== undefined,
    );
    expect(entry).toMatchObject({ user: 'Olga Owner' });
  });
});

describe('a rewrite that can’t be finished', () => {
  it('leaves the removal done and the new keys planned, and the next sign-in finishes them', async () => {
    const services = testServices();
    let full = true;
    const rewriting = <T>(work: () => T): T => {
      if (full) throw new AppError('VAULT_DISK_FULL');
      return work();
    };
    const databases: VaultServices['databases'] = {
      ...services.databases,
      rewriteClient: (rewrite) => rewriting(() => services.databases.rewriteClient(rewrite)),
      rewriteOffice: (rewrite) => rewriting(() => services.databases.rewriteOffice(rewrite)),
    };
    await office.restart({ databases });
    await signIn(office.vault, { directory: office.directory, person: office.owner });
    const generations = async () =>
      (await office.vault.client.security.state({})).clientKeys.map(({ key }) => key.generation);
    expect((await office.vault.client.vaultOffice.due({})).rotation).toBe(false);
    await office.vault.client.users.remove({ userId: rita.id });
    expect((await office.vault.client.vaultOffice.due({})).rotation).toBe(true);
    expect((await office.vault.client.users.list({})).map(({ name }) => name)).toEqual(['Ada Keel', 'Olga Owner']);
    expect(await generations()).toEqual([1, 1]);
    await office.signIn(olga);
    expect(await generations()).toEqual([1, 1]);
    full = false;
    await office.signIn(office.owner);
    expect(await generations()).toEqual([2, 2]);
    expect((await office.vault.client.vaultOffice.due({})).rotation).toBe(false);
    expect((await office.vault.client.security.state({})).officeKey.generation).toBe(2);
    await expectWhole(office.vault);
    await lock(office.vault);
    await expect(signIn(createTestVault(), { directory: office.directory, person: rita })).rejects.toEqual(
      code('SESSION_WRONG_CREDENTIALS'),
    );
  });
});
