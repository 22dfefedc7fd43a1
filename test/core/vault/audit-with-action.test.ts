// An action and its entry are one: where the entry can't be written nothing has happened, in the office as in a client's ledger.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AuditLog } from '../../../electron/core/ports/audit-log.ts';
import type { Store } from '../../../electron/core/ports/vault-store.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { BatchId, type ClientId } from '../../../shared/model/ids.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';
import { openTestVault, testServices, type TestOffice } from './vault-bench.ts';

let office: TestOffice;
let clientId: ClientId;
let isFull: boolean;

/** The same database, whose audit log takes no entry while the test says so. */
function withFullLog<T extends { readonly store: Store }>(opened: T): T {
  const { store } = opened;
  const append: AuditLog['append'] = (draft) => {
    if (isFull) throw new AppError('VAULT_DISK_FULL');
    store.audit.append(draft);
  };
  return { ...opened, store: { ...store, audit: { ...store.audit, append } } };
}

beforeEach(async () => {
  isFull = false;
  const { databases } = testServices();
  office = await openTestVault({
    databases: {
      ...databases,
      openOffice: (options) => withFullLog(databases.openOffice(options)),
      openClient: (options) => withFullLog(databases.openClient(options)),
    },
  });
  clientId = (await office.addClient('Acme')).id;
});
afterEach(async () => {
  isFull = false;
  await office.remove();
});

const calls = () => office.vault.client;

async function stage() {
  const { staging } = calls();
  const reader = 'ofx 1.02';
  const opened = await staging.open({ clientId, kind: 'file', source: 'a.ofx', connectionId: null, reader });
  const batchId = BatchId.parse(opened.batchId);
  const events = statementEvents({ rows: [aSourceRow()] });
  await staging.add({ clientId, batchId, resourceId: null, events });
  const facts = { payloadSha256: 'a'.repeat(64), payloadBytes: 1, reader, tls: null, complete: [] };
  return { batchId, finish: () => staging.finish({ clientId, batchId, ...facts }) };
}

async function staged(): Promise<BatchId> {
  const { batchId, finish } = await stage();
  await finish();
  return batchId;
}

async function committed(): Promise<BatchId> {
  const batchId = await staged();
  await calls().batches.commit({ clientId, batchId });
  return batchId;
}

/** What the office and its ledger say to whoever asks. */
async function everything(): Promise<unknown> {
  const { clients, users, accounts, batches, security, vaultOffice } = calls();
  return {
    clients: await clients.list({}),
    users: await users.list({}),
    accounts: await accounts.list({ clientId }),
    batches: await batches.list({ clientId }),
    factors: await vaultOffice.factorState({}),
    lockAfterMinutes: (await security.state({})).lockAfterMinutes,
  };
}

/** Each prepares what it needs and returns the call. */
const ACTIONS: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  'office.setPreferences': () => Promise.resolve(() => calls().office.setPreferences({ lockAfterMinutes: 9 })),
  'clients.add': () => Promise.resolve(() => calls().clients.add({ name: 'Bolt' })),
  'users.setRole': async () => {
    const rita = await office.hire('Rita Quill', 'reviewer');
    return () => calls().users.setRole({ userId: rita.id, role: 'accountant' });
  },
  'factors.removeCode': async () => {
    await office.enrolApp();
    return () => calls().factors.removeCode({});
  },
  'staging.finish': async () => (await stage()).finish,
  'batches.commit': async () => {
    const batchId = await staged();
    return () => calls().batches.commit({ clientId, batchId });
  },
  'batches.undo': async () => {
    const batchId = await committed();
    return () => calls().batches.undo({ clientId, batchId });
  },
  'batches.discard': async () => {
    const batchId = await staged();
    return () => calls().batches.discard({ clientId, batchId });
  },
};

it.each(Object.keys(ACTIONS))('%s does not happen without its entry', async (name) => {
  const act = (await ACTIONS[name]?.()) ?? expect.fail(name);
  const before = await everything();
  isFull = true;
  await expect(act()).rejects.toMatchObject({ code: 'VAULT_DISK_FULL' });
  isFull = false;
  expect(await everything()).toEqual(before);
});
