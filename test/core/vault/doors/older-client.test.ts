// Last week's file of one client under an office of today: going on from it is an owner's decision, and the audit log says so.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClientId } from '../../../../shared/model/ids.ts';
import { auditEntries, lock, openTestVault, type Person, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
let rita: Person;
let clientId: ClientId;

beforeEach(async () => {
  office = await openTestVault();
  clientId = (await office.addClient('Acme')).id;
  rita = await office.hire('Rita Quill', 'accountant');
  await lock(office.vault);
  const [file, older] = [join(office.directory, 'clients', `${clientId}.db`), join(office.directory, 'older.db')];
  copyFileSync(file, older);
  await office.signIn(office.owner);
  const statement = { kind: 'file', source: 'july.ofx', connectionId: null, reader: 'ofx 1.02' } as const;
  await office.vault.client.staging.open({ clientId, ...statement });
  await lock(office.vault);
  copyFileSync(older, file);
});
afterEach(async () => await office.remove());

const batches = () => office.vault.client.batches.list({ clientId });
const accepted = () => auditEntries(office.vault, { action: 'office.olderStateAccepted' });

it('is refused to others, even if they ask for it', async () => {
  await office.signIn(rita, { acceptOlderState: true });
  await expect(batches()).rejects.toMatchObject({ code: 'VAULT_ROLLED_BACK' });
  await office.signIn(office.owner);
  expect(await accepted()).toEqual([]);
  await expect(batches()).rejects.toMatchObject({ code: 'VAULT_ROLLED_BACK' });
});

it('is opened by an owner who asks for it, with an entry in the log, and refused no more', async () => {
  await office.signIn(office.owner, { acceptOlderState: true });
  expect(await batches()).toEqual([]);
  expect(await accepted()).toEqual([expect.objectContaining({ userId: office.owner.id, subject: clientId })]);
  await office.signIn(rita);
  expect(await batches()).toEqual([]);
});
