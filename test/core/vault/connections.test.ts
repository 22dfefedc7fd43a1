// Connections on the vault's side through the vault's own dispatcher on encrypted files: consent, assignment, sync window, health, overview.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InputOf } from '../../../shared/ipc/call.ts';
import type { SourceAccount } from '../../../shared/model/source.ts';
import type { vaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { ConnectionId, newId, type ClientId } from '../../../shared/model/ids.ts';
import { aSourceAccount, aSourceRow, statementEvents } from '../../builders/ledger.ts';
import { auditEntries, createTestVault, openNewOffice, testServices } from './vault-bench.ts';

type ConsentInput = InputOf<typeof vaultContract.vaultConnections.recordConsent>;

let now = Date.parse('2026-06-01T08:00:00.000Z');
const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'strongroom-connections-'));
const bench = createTestVault(testServices({ clock: { now: () => now, monotonic: () => now } }));
const vault = bench.client;

let [acme, bolt]: ClientId[] = [];
const pin = (seed: number): string => Buffer.alloc(32, seed).toString('base64');

beforeAll(async () => {
  await openNewOffice(folder, bench);
  acme = (await vault.clients.add({ name: 'Acme' })).id;
  bolt = (await vault.clients.add({ name: 'Bolt' })).id;
});
afterAll(async () => {
  await vault.vaultOffice.close({});
  rmSync(folder, { recursive: true, force: true });
  expect(bench.failures).toEqual([]);
});

let id: ConnectionId;
beforeEach(async () => {
  id = newId(ConnectionId, 'connection', randomBytes(10));
  const details = {
    type: 'uk-open-banking',
    institution: 'Practice Bank',
    issuer: 'https://bank.test',
    resourceBase: 'https://bank.test/open-banking/v4.0/aisp',
    clientId: 'strongroom',
    authorityPem: null,
    practice: true,
  } as const;
  const created = await vault.vaultConnections.create({
    connectionId: id,
    details,
    pins: [pin(1), pin(2)],
    startDate: '2025-01-01',
    permissions: ['ReadBalances'],
  });
  expect(created).toMatchObject({
    stage: 'created',
    accounts: [],
    health: { state: 'needs-you', cause: 'CONNECTION_NOT_READY' },
  });
});

test('a backup pin that is the current one is refused where it enters', async () => {
  const details = { ...(await vault.vaultConnections.job({ connectionId: id })).details };
  const connectionId = newId(ConnectionId, 'connection', randomBytes(10));
  const twice = { connectionId, details, pins: [pin(1), pin(1)] as [string, string], permissions: ['ReadBalances'] };
  await expect(vault.vaultConnections.create({ ...twice, startDate: '2025-01-01' })).rejects.toMatchObject({
    code: 'IPC_INPUT_INVALID',
  });
  expect((await vault.connections.list({})).some((view) => view.id === connectionId)).toBe(false);
});

let serial = 0;
/** Account numbers no other test of this file uses. */
function someAccounts(count: number): SourceAccount[] {
  serial += 1;
  return Array.from({ length: count }, (_, at) =>
    aSourceAccount({ id: `404400 ${String(serial).padStart(4, '0')}000${at}`, name: `Account ${at}` }),
  );
}

function consent(accounts: readonly SourceAccount[], changes: Partial<ConsentInput> = {}) {
  return vault.vaultConnections.recordConsent({
    connectionId: id,
    consentId: 'consent-1',
    permissions: ['ReadBalances'],
    expiresAt: new Date(now + 80 * DAY).toISOString(),
    startDateGranted: null,
    accounts: accounts.map((account, at) => ({ resourceId: `r${at}`, account })),
    ...changes,
  });
}

async function sync(clientId: ClientId, resourceId: string, rows: Parameters<typeof statementEvents>[0]) {
  const { batchId } = await vault.staging.open({
    clientId,
    kind: 'connection',
    source: 'Practice Bank',
    connectionId: id,
    reader: 'uk-open-banking-4.0',
  });
  await vault.staging.add({ clientId, batchId, resourceId, events: statementEvents(rows) });
  await vault.staging.finish({
    clientId,
    batchId,
    payloadSha256: 'ab'.repeat(32),
    payloadBytes: 1,
    reader: 'uk-open-banking-4.0',
    tls: null,
    complete: [resourceId],
  });
  return await vault.batches.commit({ clientId, batchId });
}

test('nothing is ticked; what is not assigned is in no job', async () => {
  const view = await consent(someAccounts(2));
  expect(view).toMatchObject({ stage: 'authorised', accounts: [{ clientId: null }, { clientId: null }] });
  expect((await vault.vaultConnections.job({ connectionId: id })).accounts).toEqual([]);
  const assigned = await vault.connections.assign({
    connectionId: id,
    assignments: [{ resourceId: 'r1', clientId: acme! }],
  });
  expect(assigned.stage).toBe('ready');
  expect((await vault.vaultConnections.job({ connectionId: id })).accounts).toMatchObject([
    { resourceId: 'r1', clientId: acme, accountId: null, from: '2025-01-01' },
  ]);
});

test('an assigned account is not given to another client: not here, not through another connection, not against a ledger', async () => {
  const accounts = someAccounts(1);
  await consent(accounts);
  await vault.connections.assign({ connectionId: id, assignments: [{ resourceId: 'r0', clientId: acme! }] });
  const refused = { code: 'ACCOUNT_ASSIGNED_ELSEWHERE' };
  await expect(
    vault.connections.assign({ connectionId: id, assignments: [{ resourceId: 'r0', clientId: bolt! }] }),
  ).rejects.toMatchObject(refused);
  await sync(acme!, 'r0', { account: accounts[0]!, rows: [aSourceRow()] });
  await vault.vaultConnections.remove({ connectionId: id });
  const first = id;
  id = newId(ConnectionId, 'connection', randomBytes(10));
  const job = {
    type: 'uk-open-banking',
    institution: 'Practice Bank',
    issuer: 'https://b.test',
    resourceBase: 'https://b.test',
    clientId: 'x',
    authorityPem: null,
    practice: true,
  } as const;
  await vault.vaultConnections.create({
    connectionId: id,
    details: job,
    pins: [pin(1), pin(2)],
    startDate: '2025-01-01',
    permissions: [],
  });
  await consent(accounts);
  await expect(
    vault.connections.assign({ connectionId: id, assignments: [{ resourceId: 'r0', clientId: bolt! }] }),
  ).rejects.toMatchObject(refused);
  await expect(vault.vaultConnections.get({ connectionId: first })).rejects.toMatchObject({
    code: 'CONNECTION_NOT_FOUND',
  });
  const view = await vault.connections.assign({
    connectionId: id,
    assignments: [{ resourceId: 'r0', clientId: acme! }],
  });
  expect(view.accounts[0]!.accountId).toMatch(/^account_/);
});

test('3: a new consent with new resource ids keeps assignments; new accounts are nobody’s; gone ones are not fetched', async () => {
  const [kept, gone, added] = someAccounts(3);
  await consent([kept!, gone!]);
  await vault.connections.assign({
    connectionId: id,
    assignments: [
      { resourceId: 'r0', clientId: acme! },
      { resourceId: 'r1', clientId: acme! },
    ],
  });
  await sync(acme!, 'r0', { account: kept!, rows: [aSourceRow({ bookingDate: '2026-05-30' })] });
  const renewed = await consent([added!, kept!], {
    consentId: 'consent-2',
    accounts: [
      { resourceId: 'n0', account: added! },
      { resourceId: 'n1', account: kept! },
    ],
  });
  expect(renewed).toMatchObject({
    stage: 'ready',
    accounts: [
      { resourceId: 'n0', clientId: null },
      { resourceId: 'n1', clientId: acme },
    ],
  });
  const { accounts } = await vault.vaultConnections.job({ connectionId: id });
  expect(accounts).toMatchObject([
    { resourceId: 'n1', from: '2026-05-20', accountId: expect.stringMatching(/^account_/) as string },
  ]);
  expect(await sync(acme!, 'n1', { account: kept!, rows: [aSourceRow({ bookingDate: '2026-05-30' })] })).toMatchObject({
    counts: { new: 0, known: 1 },
  });
});

test('tries leave cause, history, calls and the identity that was trusted', async () => {
  await consent(someAccounts(1));
  await vault.connections.assign({ connectionId: id, assignments: [{ resourceId: 'r0', clientId: acme! }] });
  const tls = {
    host: 'bank.test',
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    subject: 'CN=bank.test',
    issuer: 'CN=authority',
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2027-01-01T00:00:00.000Z',
    spkiSha256: pin(1),
    certificateSha256: 'aa',
  } as const;
  const tried = { connectionId: id, committed: false, causeParams: {}, nextAllowed: null, calls: 5, newRows: 0 };
  const good = await vault.vaultConnections.recordTry({
    ...tried,
    ok: true,
    committed: true,
    cause: null,
    tls,
    newRows: 7,
  });
  expect(good.health).toMatchObject({
    state: 'healthy',
    cause: null,
    whoseMove: 'nobody',
    callsToday: 5,
    consentDaysLeft: 80,
  });
  now += 60_000;
  const bad = await vault.vaultConnections.recordTry({
    ...tried,
    ok: false,
    cause: 'TLS_PIN_MISMATCH',
    causeParams: { host: 'bank.test' },
    tls: { ...tls, spkiSha256: pin(9) },
  });
  expect(bad.health).toMatchObject({
    state: 'blocked',
    whoseMove: 'you',
    causeParams: { host: 'bank.test' },
    lastGoodSync: good.health.lastTry,
    callsToday: 10,
  });
  expect(bad.tls!.spkiSha256).toBe(pin(1));
  expect(bad.history).toMatchObject([
    { ok: false, cause: 'TLS_PIN_MISMATCH' },
    { ok: true, newRows: 7 },
  ]);
  const limited = await vault.vaultConnections.recordTry({
    ...tried,
    ok: false,
    cause: 'BANK_RATE_LIMITED',
    nextAllowed: new Date(now + 3_600_000).toISOString(),
    tls: null,
  });
  expect(limited.health).toMatchObject({
    state: 'limited',
    whoseMove: 'nobody',
    nextAllowed: new Date(now + 3_600_000).toISOString(),
  });
  now += 2 * 3_600_000;
  expect((await vault.vaultConnections.get({ connectionId: id })).health).toMatchObject({
    state: 'healthy',
    nextAllowed: null,
  });
  const paused = await vault.connections.pause({ connectionId: id, paused: true });
  expect(paused.health.state).toBe('paused');
});

test('only a whole commit is a good sync; a look leaves calls and identity, a part of the accounts its cause', async () => {
  await consent(someAccounts(1));
  await vault.connections.assign({ connectionId: id, assignments: [{ resourceId: 'r0', clientId: acme! }] });
  const tls = {
    host: 'bank.test',
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    subject: 'CN=bank.test',
    issuer: 'CN=authority',
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2027-01-01T00:00:00.000Z',
    spkiSha256: pin(1),
    certificateSha256: 'aa',
  } as const;
  const good = { connectionId: id, ok: true, committed: true, cause: null, causeParams: {}, nextAllowed: null };
  const look = { ...good, committed: false, tls, calls: 3, newRows: 0 };
  const before = (await vault.vaultConnections.get({ connectionId: id })).health;
  expect(before).toMatchObject({ state: 'stale', lastGoodSync: null });
  const looked = await vault.vaultConnections.recordTry(look);
  expect(looked).toMatchObject({ health: { ...before, callsToday: 3 }, tls, history: [] });

  const synced = await vault.vaultConnections.recordTry({ ...good, tls: null, calls: 2, newRows: 4 });
  expect(synced.health).toMatchObject({ state: 'healthy', lastGoodSync: synced.health.lastTry, callsToday: 5 });
  now += 60_000;
  const part = { ...good, ok: false, cause: 'BANK_SERVER_ERROR', causeParams: { status: '503' } } as const;
  const partly = await vault.vaultConnections.recordTry({ ...part, tls: null, calls: 1, newRows: 2 });
  expect(partly.health).toMatchObject({
    state: 'stale',
    whoseMove: 'bank',
    cause: 'BANK_SERVER_ERROR',
    lastGoodSync: synced.health.lastGoodSync,
    nextAllowed: null,
  });
  expect(partly.history[0]).toMatchObject({ ok: false, cause: 'BANK_SERVER_ERROR', newRows: 2 });
  now += 60_000;
  const lookedAgain = await vault.vaultConnections.recordTry(look);
  expect(lookedAgain).toMatchObject({ health: { ...partly.health, callsToday: 9 }, history: partly.history });
  const healed = await vault.vaultConnections.recordTry({ ...good, tls: null, calls: 0, newRows: 0 });
  expect(healed.health).toMatchObject({ state: 'healthy', cause: null, lastGoodSync: new Date(now).toISOString() });
});

test('the overview has a row a client and puts your own most urgent moves first', async () => {
  await consent(someAccounts(1), { expiresAt: new Date(now + 3 * DAY + 1000).toISOString() });
  await vault.connections.assign({ connectionId: id, assignments: [{ resourceId: 'r0', clientId: bolt! }] });
  await vault.vaultConnections.recordTry({
    connectionId: id,
    ok: true,
    committed: true,
    cause: null,
    causeParams: {},
    nextAllowed: null,
    tls: null,
    calls: 1,
    newRows: 0,
  });
  const account = aSourceAccount({ id: 'bolt own 1', name: 'Bolt current' });
  await sync(bolt!, 'r0', {
    account,
    rows: [aSourceRow(), aSourceRow({ state: 'pending', amountMinor: '-12345' })],
    openingMinor: 1000n,
    closingMinor: 650n,
  });
  await sync(bolt!, 'r0', {
    account,
    rows: [aSourceRow({ bookingDate: '2026-03-05' })],
    openingMinor: 9999n,
    closingMinor: 9649n,
  });
  const { clients, needsYou } = await vault.clients.overview({});
  expect(clients.find(({ id: client }) => client === bolt)).toMatchObject({
    accounts: 1,
    transactions: 3,
    pending: 1,
    health: 'renewal-due',
    consentDaysLeft: 3,
    proofs: { pass: 0, fail: 1, absent: 0 },
  });
  const own = needsYou.filter(({ clientId, kind }) => clientId === bolt || kind === 'recovery' || kind === 'backup');
  expect(own.map(({ kind, reason, whoseMove }) => [kind, reason, whoseMove])).toEqual([
    ['connection', 'renewal-due', 'you'],
    ['proof', 'fail', 'you'],
    ['proof', 'pending-overdue', 'you'],
    ['recovery', 'not-proven', 'you'],
    ['backup', 'never-made', 'you'],
  ]);
});

test('every change left an audit entry in its own database', async () => {
  const office = await auditEntries(bench);
  const actions = new Set(office.map(({ action }) => action));
  for (const action of [
    'vaultConnections.create',
    'vaultConnections.recordConsent',
    'connections.assign',
    'vaultConnections.recordTry',
    'vaultConnections.remove',
  ])
    expect(actions).toContain(action);
  const client = await auditEntries(bench, { clientId: acme! });
  expect(client.map(({ action }) => action)).toContain('batches.commit');
});
