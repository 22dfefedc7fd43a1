// A client whose row can't be committed is none: the session forgets its key, goes on, and closes as ever.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { openTestVault, testServices, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
let full = false;

beforeEach(async () => {
  const { databases } = testServices();
  const openOffice: typeof databases.openOffice = (options) => {
    const opened = databases.openOffice(options);
    const transaction = <T>(work: () => T): T =>
      opened.store.transaction(() => {
        const result = work();
        if (full) throw new AppError('VAULT_DISK_FULL');
        return result;
      });
    return { ...opened, store: { ...opened.store, transaction } };
  };
  office = await openTestVault({ databases: { ...databases, openOffice } });
});
afterEach(async () => await office.remove());

it('leaves an office that goes on and can be closed', async () => {
  const { client } = office.vault;
  const acme = await office.addClient('Acme');
  full = true;
  await expect(office.addClient('Bolt')).rejects.toMatchObject({ code: 'VAULT_DISK_FULL' });
  full = false;
  expect(await client.clients.list({})).toEqual([acme]);
  expect((await client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  await office.restart();
  await office.signIn(office.owner);
  const bolt = await office.addClient('Bolt');
  expect(await office.vault.client.clients.list({})).toEqual([acme, bolt]);
});
