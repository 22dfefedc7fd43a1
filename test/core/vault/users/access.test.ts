// Who holds no key opens nothing: proven with a user's whole sealed set, and with the keys she had before, against the files themselves.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { ConnectionId, type ClientId, type UserId } from '../../../../shared/model/ids.ts';
import { fromBase64 } from '../../../../electron/core/vault/keys/key-tools.ts';
import { openUserSlot, type OpenSlot } from '../../../../electron/core/vault/keys/user-slot.ts';
import { openPendingOfficeKey } from '../../../../electron/core/vault/rotation/next-key.ts';
import { aSourceAccount, aSourceRow, statementEvents } from '../../../builders/ledger.ts';
import { lock, openTestVault, type Person, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
let copies = 0;
let clients: Record<'acme' | 'bolt' | 'cove', ClientId>;

beforeEach(async () => {
  office = await openTestVault();
  const add = async (name: string) => (await office.addClient(name)).id;
  clients = { acme: await add('Acme'), bolt: await add('Bolt'), cove: await add('Cove') };
});
afterEach(async () => await office.remove());

const some = (...clientIds: ClientId[]) => ({ kind: 'some' as const, clientIds });
const all = { kind: 'all' as const };
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const rows = { acme: 'Acme', bolt: 'Bolt', cove: 'Cove' };

/** As a thief has it: opening a database changes its file, and the office remembers its own. */
function copyOfOffice(): string {
  const copy = join(office.root, `copy-${(copies += 1)}`);
  cpSync(office.directory, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  return copy;
}

/** Null where the identity is not among those it was sealed to. */
async function tryOpen(sealed: Uint8Array, identity: string): Promise<Uint8Array | null> {
  try {
    return await office.vault.services.sealer.open(sealed, identity);
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_HEADER_TAMPERED') return null;
    throw error;
  }
}

interface SealedSet {
  readonly slot: OpenSlot;
  readonly officeKey: Uint8Array;
  readonly clientKeys: ReadonlyMap<ClientId, Uint8Array>;
  /** What the kit opens as well; null for who is no owner. */
  readonly recoveryIdentity: string | null;
  /** Names of everything else that opened. */
  readonly others: readonly string[];
}

/** Everything that a person can open of a locked office: header and office database, tried one by one. */
async function sealedSetOf(person: Person): Promise<SealedSet> {
  const directory = copyOfOffice();
  const { headers, kdf, databases } = office.vault.services;
  const { header } = headers.read(directory);
  const own = header.slots.find(({ userId }) => userId === person.id) ?? expect.fail('no slot');
  const credentials = {
    password: person.password,
    deviceSecret: fromBase64(person.deviceSecret ?? ''),
    deviceOutput: null,
  };
  const slot = await openUserSlot(kdf, { officeId: header.office.id, slot: own }, credentials);
  const { identity } = slot.secrets;
  const officeKey = (await tryOpen(fromBase64(header.officeKey), identity)) ?? expect.fail('no office key');
  const database = databases.openOffice({ directory, officeId: header.office.id, key: officeKey, create: false });
  const clientKeys = new Map<ClientId, Uint8Array>();
  const others: string[] = [];
  const attempt = async (name: string, sealed: Uint8Array): Promise<Uint8Array | null> => {
    const opened = await tryOpen(sealed, identity);
    if (opened) others.push(name);
    return opened;
  };
  const { store } = database;
  const sealed = store.clients.list();
  await attempt('owner key', fromBase64(store.keyring.get().ownerSecret));
  const recovery = await attempt('recovery identity', fromBase64(header.recovery.forOwner));
  await attempt('first audit key', store.audit.start().sealedFirstKey);
  database.close();
  for (const { id, sealedKey, pendingSealedKey } of sealed) {
    const key = await tryOpen(sealedKey, identity);
    if (key) clientKeys.set(id, key);
    if (pendingSealedKey) await attempt(`pending key of ${id}`, pendingSealedKey);
  }
  const recoveryIdentity = recovery && Buffer.from(recovery).toString('latin1');
  return { slot, officeKey, clientKeys, recoveryIdentity, others };
}

async function sealedSetAfterLock(person: Person): Promise<SealedSet> {
  await lock(office.vault);
  return await sealedSetOf(person);
}

function opens(open: () => { close(): void }): boolean {
  try {
    open().close();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
    return false;
  }
}

/** The clients whose files these keys open as they lie there now. */
function filesOpenedBy({ clientKeys }: Pick<SealedSet, 'clientKeys'>): ClientId[] {
  const directory = copyOfOffice();
  const { databases } = office.vault.services;
  return Object.values(clients).filter((clientId) =>
    [...clientKeys.values()].some((key) =>
      opens(() => databases.openClient({ directory, clientId, key, create: false })),
    ),
  );
}

function officeOpenedBy({ officeKey: key }: Pick<SealedSet, 'officeKey'>): boolean {
  const directory = copyOfOffice();
  const { headers, databases } = office.vault.services;
  const { id: officeId } = headers.read(directory).header.office;
  return opens(() => databases.openOffice({ directory, officeId, key, create: false }));
}

/** The office key of the header as it lies there, by the recovery identity; null where it is another one's. */
async function officeKeyBy({ recoveryIdentity }: SealedSet): Promise<Uint8Array | null> {
  const { header } = office.vault.services.headers.read(office.directory);
  return await tryOpen(fromBase64(header.officeKey), recoveryIdentity ?? expect.fail('no recovery identity'));
}

describe('the whole sealed set of a reviewer', () => {
  it('opens the clients of her list and nothing else', async () => {
    const rita = await office.hire('Rita Quill', 'reviewer', { access: some(clients.acme, clients.cove) });
    await lock(office.vault);
    const set = await sealedSetOf(rita);
    expect([...set.clientKeys.keys()].sort()).toEqual([clients.acme, clients.cove].sort());
    expect(filesOpenedBy(set)).toEqual([clients.acme, clients.cove]);
    expect(set.others).toEqual([]);
    const owners = await sealedSetOf(office.owner);
    expect(filesOpenedBy(owners)).toEqual(Object.values(clients));
    expect(owners.others).toEqual(['owner key', 'recovery identity', 'first audit key']);
  });

  it('grows with what she is given, a client made later included only where she has all', async () => {
    const rita = await office.hire('Rita Quill', 'reviewer', { access: some() });
    const sam = await office.hire('Sam Reed', 'accountant');
    const later = (await office.addClient('Dune')).id;
    await office.vault.client.users.setAccess({ userId: rita.id, access: some(clients.bolt) });
    await lock(office.vault);
    expect([...(await sealedSetOf(rita)).clientKeys.keys()]).toEqual([clients.bolt]);
    expect([...(await sealedSetOf(sam)).clientKeys.keys()]).toContain(later);
  });
});

describe('what is taken away', () => {
  it('a client: her old key opens no file of it, everyone else’s new one does', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    const sam = await office.hire('Sam Reed', 'accountant', { access: some(clients.acme) });
    await lock(office.vault);
    const [before, header] = [await sealedSetOf(rita), office.vault.services.headers.read(office.directory).header];
    await office.signIn(office.owner);
    const view = await office.vault.client.users.setAccess({ userId: rita.id, access: some(clients.bolt) });
    expect(view.access).toEqual(some(clients.bolt));
    await lock(office.vault);
    expect(filesOpenedBy(before)).toEqual([clients.bolt]);
    expect(officeOpenedBy(before)).toBe(true);
    expect(office.vault.services.headers.read(office.directory).header.officeKey).toBe(header.officeKey);
    expect(filesOpenedBy(await sealedSetOf(rita))).toEqual([clients.bolt]);
    expect(filesOpenedBy(await sealedSetOf(sam))).toEqual([clients.acme]);
    await office.signIn(sam);
    expect((await office.vault.client.clients.list({})).map(({ name }) => name)).toEqual([rows.acme]);
    await office.signIn(office.owner);
    expect((await office.vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('everything: a removed user’s keys open neither office nor client, and she is not let in', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    await lock(office.vault);
    const before = await sealedSetOf(rita);
    expect(filesOpenedBy(before)).toHaveLength(3);
    await office.signIn(office.owner);
    await office.vault.client.users.remove({ userId: rita.id });
    expect(await office.vault.client.users.list({})).toHaveLength(1);
    await lock(office.vault);
    expect(filesOpenedBy(before)).toEqual([]);
    expect(officeOpenedBy(before)).toBe(false);
    const { header } = office.vault.services.headers.read(office.directory);
    expect(await tryOpen(fromBase64(header.officeKey), before.slot.secrets.identity)).toBeNull();
    expect(await openPendingOfficeKey(office.vault.services.sealer, header, before.slot.secrets.identity)).toBeNull();
    await expect(office.signIn(rita)).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
    await office.signIn(office.owner);
    expect((await office.vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it.each(['accountant', 'owner'] as const)(
    'the identity that leaked of an %s: after a reset it opens nothing',
    async (role) => {
      const rita = await office.hire('Rita Quill', role);
      const sam = await office.hire('Sam Reed', 'accountant', { access: some(clients.acme) });
      const { ownerKey } = (await sealedSetAfterLock(rita)).slot.secrets;
      const before = await sealedSetOf(rita);
      await office.signIn(office.owner);
      const { checkpointKey } = (await office.vault.client.security.state({})).audit;
      const replyKey = await office.vault.replyKey();
      const reset = { userId: rita.id, reason: 'compromised', replyKey } as const;
      const { code } = await office.vault.client.users.reset(reset);
      expect((await office.vault.client.security.state({})).audit.checkpointKey).not.toBe(checkpointKey);
      const invitation = await office.vault.open('invitation-code', code);
      await lock(office.vault);
      expect(filesOpenedBy(before)).toEqual([]);
      expect(officeOpenedBy(before)).toBe(false);
      const again = await office.accept({ userId: rita.id, code: invitation });
      await lock(office.vault);
      const after = await sealedSetOf(again);
      expect(filesOpenedBy(after)).toEqual(Object.values(clients));
      expect(after.slot.secrets.ownerKey === ownerKey).toBe(role !== 'owner');
      expect(filesOpenedBy(await sealedSetOf(sam))).toEqual([clients.acme]);
      await office.signIn(office.owner);
      expect((await office.vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
    },
  );

  it('the recovery identity that leaked with an owner’s: it opens the office until the kit is new, then nothing', async () => {
    const olga = await office.hire('Olga Owner', 'owner');
    const before = await sealedSetAfterLock(olga);
    await office.signIn(office.owner);
    const replyKey = await office.vault.replyKey();
    await office.vault.client.users.reset({ userId: olga.id, reason: 'compromised', replyKey });
    await lock(office.vault);
    const officeKey = (await officeKeyBy(before)) ?? expect.fail('the kit is new already');
    expect(officeOpenedBy({ officeKey })).toBe(true);
    const { recoveryKitDue } = await office.signIn(office.owner);
    expect(recoveryKitDue).toBe(true);
    await office.vault.client.office.renewRecoveryKit({ replyKey });
    await lock(office.vault);
    expect(await officeKeyBy(before)).toBeNull();
    expect(officeOpenedBy({ officeKey })).toBe(false);
  });

  it('a password that was forgotten takes no key away', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    const before = await sealedSetAfterLock(rita);
    await office.signIn(office.owner);
    const replyKey = await office.vault.replyKey();
    await office.vault.client.users.reset({ userId: rita.id, reason: 'forgotten', replyKey });
    await lock(office.vault);
    expect(filesOpenedBy(before)).toHaveLength(3);
  });

  it('the key that signs the audit log: everyone could open it, so a removed user’s is an earlier one', async () => {
    const rita = await office.hire('Rita Quill', 'reviewer', { access: some(clients.acme) });
    const { client } = office.vault;
    const { checkpointKey } = (await client.security.state({})).audit;
    await client.users.remove({ userId: rita.id });
    const { audit } = await client.security.state({});
    expect(audit.checkpointKey).not.toBe(checkpointKey);
    expect(audit.intact).toBe(true);
    await office.signIn(office.owner);
    expect((await client.security.state({})).audit).toMatchObject({ checkpointKey: audit.checkpointKey, intact: true });
  });

  it('the owners’ key: what a former owner knew signs nothing new, and those who pinned it are led to the next', async () => {
    const olga = await office.hire('Olga Owner', 'owner');
    const rita = await office.hire('Rita Quill', 'reviewer');
    const sam = await office.invite('Sam Reed', 'accountant', all);
    await office.vault.client.users.setRole({ userId: olga.id, role: 'accountant' });
    await lock(office.vault);
    const set = await sealedSetOf(olga);
    expect(set.others).toEqual([]);
    expect(filesOpenedBy(set)).toHaveLength(3);
    const pinned = (await sealedSetOf(rita)).slot.secrets.ownerKey;
    await office.signIn(rita);
    await lock(office.vault);
    expect((await sealedSetOf(rita)).slot.secrets.ownerKey).not.toBe(pinned);
    await office.accept(sam);
    await office.signIn(office.owner);
    expect(set.slot.secrets.ownerKey).toBe(pinned);
    await office.signIn(olga);
    await expect(office.vault.client.users.list({})).rejects.toEqual(code('SESSION_FORBIDDEN'));
  });
});

describe('without a client’s key', () => {
  const id = ConnectionId.parse(`connection_${'0c'.repeat(10)}`);
  const pin = (seed: number): string => Buffer.alloc(32, seed).toString('base64');

  async function aSharedConnection() {
    const { vaultConnections, connections } = office.vault.client;
    const details = {
      type: 'uk-open-banking',
      institution: 'Practice Bank',
      issuer: 'https://bank.test',
      resourceBase: 'https://bank.test/open-banking/v4.0/aisp',
      clientId: 'strongroom',
      authorityPem: null,
      practice: true,
    } as const;
    const made = { connectionId: id, details, startDate: '2025-01-01', permissions: ['ReadBalances'] };
    await vaultConnections.create({ ...made, pins: [pin(1), pin(2)] });
    const accounts = ['Acme till', 'Bolt till', 'Nobody’s'].map((name, at) => ({
      resourceId: `r${at}`,
      account: aSourceAccount({ id: `404400 1234567${at}`, name }),
    }));
    const granted = { consentId: 'c', permissions: ['ReadBalances'], expiresAt: null, startDateGranted: null };
    await vaultConnections.recordConsent({ connectionId: id, ...granted, accounts });
    await connections.assign({
      connectionId: id,
      assignments: [
        { resourceId: 'r0', clientId: clients.acme },
        { resourceId: 'r1', clientId: clients.bolt },
      ],
    });
  }

  async function bring(clientId: ClientId) {
    const { staging, batches } = office.vault.client;
    const reader = 'uk-open-banking-4.0';
    const { batchId } = await staging.open({ clientId, kind: 'file', source: 's.ofx', connectionId: null, reader });
    await staging.add({ clientId, batchId, resourceId: null, events: statementEvents({ rows: [aSourceRow()] }) });
    const facts = { payloadSha256: 'ab'.repeat(32), payloadBytes: 1, reader, tls: null, complete: [] };
    await staging.finish({ clientId, batchId, ...facts });
    await batches.commit({ clientId, batchId });
    return batchId;
  }

  it('she sees no more of it than that it exists', async () => {
    await aSharedConnection();
    const batchId = await bring(clients.acme);
    await bring(clients.bolt);
    const sam = await office.hire('Sam Reed', 'accountant', { access: some(clients.bolt) });
    await office.signIn(sam);
    const { client } = office.vault;
    expect((await client.clients.list({})).map(({ name }) => name)).toEqual([rows.bolt]);
    const overview = await client.clients.overview({});
    expect(overview.clients.map(({ name }) => name)).toEqual([rows.bolt]);
    expect(overview.needsYou.flatMap(({ clientId }) => clientId ?? [])).not.toContain(clients.acme);
    expect(await client.accounts.list({ clientId: null })).toHaveLength(1);
    const [connection] = await client.connections.list({});
    expect(connection?.accounts.map(({ account, clientId }) => [account.name, clientId])).toEqual([
      [null, clients.acme],
      ['Bolt till', clients.bolt],
      ['Nobody’s', null],
    ]);
    expect(connection?.accounts[0]).toEqual({
      resourceId: 'r0',
      account: { id: 'r0', iban: null, currency: null, name: null, institution: null, kind: 'other' },
      clientId: clients.acme,
      accountId: null,
    });
    const job = await client.vaultConnections.job({ connectionId: id });
    expect(job.accounts.map(({ clientId }) => clientId)).toEqual([clients.bolt]);
    const refused = code('CLIENT_NO_ACCESS');
    const { acme: clientId } = clients;
    await expect(client.accounts.list({ clientId })).rejects.toEqual(refused);
    await expect(client.batches.list({ clientId })).rejects.toEqual(refused);
    await expect(client.batches.undo({ clientId, batchId })).rejects.toEqual(refused);
    await expect(bring(clientId)).rejects.toEqual(refused);
    const assign = (resourceId: string, to: ClientId) =>
      client.connections.assign({ connectionId: id, assignments: [{ resourceId, clientId: to }] });
    await expect(assign('r2', clientId)).rejects.toEqual(refused);
    await expect(assign('r0', clients.bolt)).rejects.toMatchObject({
      code: 'ACCOUNT_ASSIGNED_ELSEWHERE',
      params: { account: 'r0' },
    });
    expect((await assign('r2', clients.bolt)).accounts[2]?.clientId).toBe(clients.bolt);
    await expect(client.clients.add({ name: 'Mine' })).rejects.toEqual(code('SESSION_FORBIDDEN'));
    await expect(client.backups.create({ path: `${office.root}/b.age`, passphrase: null })).rejects.toEqual(
      code('BACKUP_NEEDS_ALL_CLIENTS'),
    );
  });

  it('an auditor reads no log of it', async () => {
    const ann = await office.hire('Ann Audit', 'auditor', { access: some() });
    await office.signIn(ann);
    const filter = { userId: null, action: null, outcome: null, from: null, until: null };
    const list = (clientId: ClientId | null) =>
      office.vault.client.audit.list({ clientId, filter, offset: 0, limit: 10 });
    expect((await list(null)).entries.length).toBeGreaterThan(0);
    await expect(list(clients.acme)).rejects.toEqual(code('CLIENT_NO_ACCESS'));
    const nobody: UserId[] = (await office.vault.client.users.list({})).map(({ id: userId }) => userId);
    expect(nobody).toHaveLength(2);
  });
});
