// When an open office signs its logs: at the lock each chain ends in a checkpoint, and at work none has more than 100 entries behind its last.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkpointHolds } from '../../../electron/core/vault/audit/checkpoints.ts';
import type { AuditLog } from '../../../electron/core/ports/audit-log.ts';
import type { Store } from '../../../electron/core/ports/vault-store.ts';
import { openTestVault, testServices, type TestOffice } from './vault-bench.ts';

let office: TestOffice;
/** The log of each database, by its chain, and whether a checkpoint stood at its end when it was opened. */
let opened: Map<string, { readonly audit: AuditLog; readonly signed: boolean }>;

function noting<T extends { readonly store: Store }>(database: T): T {
  const { audit } = database.store;
  const last = audit.lastCheckpoint();
  const signed = last !== null && checkpointHolds(audit.chain, last) && last.hash === audit.head().hash;
  opened.set(audit.chain, { audit, signed });
  return database;
}

beforeEach(async () => {
  opened = new Map();
  const { databases } = testServices();
  office = await openTestVault({
    databases: {
      ...databases,
      openOffice: (options) => noting(databases.openOffice(options)),
      openClient: (options) => (options.create ? databases.openClient(options) : noting(databases.openClient(options))),
    },
  });
});
afterEach(async () => await office.remove());

it('signs the office’s log and each open client’s at the lock', async () => {
  const { id: clientId } = await office.addClient('Acme');
  await office.restart();
  opened.clear();
  await office.signIn(office.owner);
  await office.vault.client.accounts.list({ clientId });
  expect([...opened].map(([chain, { signed }]) => [chain, signed])).toEqual([
    [expect.stringMatching(/^office_/), true],
    [clientId, true],
  ]);
});

it('signs after every hundredth entry at the latest', async () => {
  const { client } = office.vault;
  const { audit } = [...opened.values()][0] ?? expect.fail('no log');
  for (let count = 0; count < 205; count += 1) {
    await client.office.setPreferences({ lockAfterMinutes: 1 + (count % 15) });
    expect(audit.head().sequence - (audit.lastCheckpoint()?.sequence ?? 0)).toBeLessThan(100);
  }
  expect(audit.checkpoints().length).toBeGreaterThanOrEqual(2);
});
