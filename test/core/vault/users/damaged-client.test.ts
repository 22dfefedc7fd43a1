// Somebody is removed though a client's file is damaged, or an older one lies in its place: everything else gets its new key, and it is said.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientId } from '../../../../shared/model/ids.ts';
import { auditEntries, lock, openTestVault, type Person, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
let rita: Person;
let clients: Record<'acme' | 'bolt', ClientId>;
let older: string;

const fileOf = (clientId: ClientId) => join(office.directory, 'clients', `${clientId}.db`);

beforeEach(async () => {
  office = await openTestVault();
  const add = async (name: string) => (await office.addClient(name)).id;
  clients = { acme: await add('Acme'), bolt: await add('Bolt') };
  rita = await office.hire('Rita Quill', 'accountant');
  await lock(office.vault);
  older = join(office.root, 'acme.db');
  copyFileSync(fileOf(clients.acme), older);
});
afterEach(async () => await office.remove());

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

/** Damage in the first page: no key opens it. */
function damage(): void {
  const bytes = readFileSync(fileOf(clients.acme));
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  writeFileSync(fileOf(clients.acme), bytes);
}

/** Acme's file as it was before its newest entries. */
async function putBack(): Promise<void> {
  await office.signIn(office.owner);
  await office.vault.client.security.rotate({ what: { kind: 'client', clientId: clients.bolt }, reason: 'routine' });
  // Another signature of the list's owners goes into every chain: the file is not the copied one any more.
  await office.hire('Olga Owner', 'owner');
  await lock(office.vault);
  copyFileSync(older, fileOf(clients.acme));
}

describe.each([
  ['is damaged', damage, 'VAULT_CORRUPT'],
  ['is older than remembered', putBack, 'VAULT_ROLLED_BACK'],
] as const)('where a client’s file %s', (_name, spoil, cause) => {
  it('the person is removed, every other key is new, and the file stays as it is', async () => {
    await spoil();
    const before = readFileSync(fileOf(clients.acme));
    await office.signIn(office.owner);
    const generationOf = async (id: ClientId) =>
      (await office.vault.client.security.state({})).clientKeys.find(({ clientId }) => clientId === id)?.key.generation;
    const [acme = 0, bolt = 0] = [await generationOf(clients.acme), await generationOf(clients.bolt)];
    await office.vault.client.users.remove({ userId: rita.id });
    expect([await generationOf(clients.acme), await generationOf(clients.bolt)]).toEqual([acme, bolt + 1]);
    expect((await office.vault.client.security.state({})).officeKey.generation).toBe(2);
    const [entry] = await auditEntries(office.vault, { action: 'office.unfinishedRotations' });
    expect(entry?.payload).toEqual({ databases: [clients.acme], causes: [cause] });
    await lock(office.vault);
    expect(readFileSync(fileOf(clients.acme))).toEqual(before);
    await expect(office.signIn(rita)).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
  });

  it('the next sign-in tries again, says so, and an older file does not become the true one', async () => {
    await spoil();
    await office.signIn(office.owner);
    await office.vault.client.users.remove({ userId: rita.id });
    const { warnings } = await office.signIn(office.owner);
    expect(warnings).toContain('rotation-unfinished');
    expect(await auditEntries(office.vault, { action: 'office.unfinishedRotations' })).toHaveLength(2);
    await expect(office.vault.client.accounts.list({ clientId: clients.acme })).rejects.toEqual(code(cause));
  });
});
