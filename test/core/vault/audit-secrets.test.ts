// What an audit log never holds: an office goes through every audited call with seeded secrets, IBANs and card numbers, and none of them is in
// a chain or in its export with names and details. @see security.md §3 row 33
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { vaultProcessContract } from '../../../electron/core/vault/vault-dispatch.ts';
import { callsOf } from '../../../shared/ipc/call.ts';
import { BatchId, ConnectionId, newId, type ClientId } from '../../../shared/model/ids.ts';
import type { SourceTransaction } from '../../../shared/model/source.ts';
import { aCsvProfile } from '../../builders/csv-profiles.ts';
import { aSourceAccount, aSourceRow, statementEvents } from '../../builders/ledger.ts';
import {
  appCode,
  auditEntries,
  DEVICE_SECRET,
  lock,
  openKit,
  openTestVault,
  PASSWORD,
  signIn,
  WINDOW,
  type TestOffice,
} from './vault-bench.ts';

const IBAN = 'GB29NWBK60161331926819';
const CARD = '4111111111111111';
const CREDENTIAL = 'bank-client-7f3a91c2';
const NEXT_PASSWORD = 'walnut drifting under copper sails';
const LAST_PASSWORD = 'tortoise velvet quartz nine lamp';
const WRONG_PASSWORD = 'seven violet kettles hum by the lake';
const PASSPHRASE = 'umber gardens hold eleven quiet doors';
const DEVICE_OUTPUT = Buffer.alloc(32, 5).toString('base64');

/** Every spelling in which a seed could have got somewhere. */
function spellings(seed: string): string[] {
  const bytes = Buffer.from(seed);
  return [seed, seed.toLowerCase(), seed.replaceAll(/[\s-]/g, ''), bytes.toString('base64'), bytes.toString('hex')];
}

/** Groups of a kit in pairs: one alone is short enough to occur by chance. */
const pairsOf = (groups: readonly string[]): string[] =>
  groups.slice(1).flatMap((group, index) => [`${groups[index]}${group}`, `${groups[index]} ${group}`]);

const PASSWORDS = [PASSWORD, WRONG_PASSWORD, NEXT_PASSWORD, LAST_PASSWORD, PASSPHRASE];
const SEEDS = [IBAN, CARD, CREDENTIAL, DEVICE_SECRET, DEVICE_OUTPUT, ...PASSWORDS];
/** Every call that must leave an entry. */
const AUDITED = [...callsOf(vaultProcessContract, 'vault')].flatMap(([channel, { audited }]) =>
  audited ? [channel] : [],
);

let office: TestOffice;
const calls = () => office.vault.client;
const refused = async (work: Promise<unknown>): Promise<void> => await expect(work).rejects.toThrow();

/** A staged statement with rows of these differences. */
async function stageRows(clientId: ClientId, ...changes: Partial<Record<keyof SourceTransaction, unknown>>[]) {
  const { staging } = calls();
  const source = `${IBAN} ${CARD}.ofx`;
  const opened = await staging.open({ clientId, kind: 'file', source, connectionId: null, reader: 'ofx 1.02' });
  const texts = { description: `card ${CARD}`, counterpartyAccount: IBAN };
  const events = statementEvents({
    account: aSourceAccount({ iban: IBAN, name: `Card ${CARD}` }),
    rows: changes.map((change) => aSourceRow({ ...texts, ...change })),
  });
  await staging.add({ clientId, batchId: opened.batchId, resourceId: null, events });
  const facts = { payloadSha256: 'a'.repeat(64), payloadBytes: 1, reader: 'ofx 1.02', tls: null, complete: [] };
  await staging.finish({ clientId, batchId: opened.batchId, ...facts });
  return { clientId, batchId: BatchId.parse(opened.batchId) };
}

async function bringStatements(clientId: ClientId): Promise<void> {
  const { batches } = calls();
  const first = await stageRows(clientId, { amountMinor: '-350', sourceId: CARD });
  await batches.assign({ ...first, statement: 0, accountId: null });
  await batches.invert({ ...first, statement: 0, inverted: true });
  await batches.commit(first);
  await batches.undo(first);
  await batches.discard(await stageRows(clientId, { amountMinor: '-720' }));
}

/** A doubtful row decided, a row excluded and restored, the ledger written to a file, a profile saved and removed. */
async function keepBooks(clientId: ClientId): Promise<void> {
  const { batches, transactions, statements, profiles, accounts } = calls();
  const [first, last] = [{ bookingDate: '2026-03-01' }, { bookingDate: '2026-03-09' }];
  const rent = { bookingDate: '2026-03-03', amountMinor: '-4999', counterparty: null };
  await batches.commit(await stageRows(clientId, first, { ...rent, description: `Rent ${IBAN}` }, last));
  const second = await stageRows(clientId, first, { ...rent, description: `Zebra crossing ${CARD}` }, last);
  const { rows: doubts } = await batches.doubts({ clientId, offset: 0, limit: 9 });
  await batches.decide({ ...second, number: doubts[0]?.number ?? expect.fail('no doubt'), decision: 'same' });
  await batches.commit(second);
  const [account] = await accounts.list({ clientId });
  const accountId = account?.id ?? expect.fail('no account');
  const period = { accountId, from: '2020-01-01', to: '2030-12-31' };
  const filter = { clientId, ...period, search: null, state: null };
  const sort = { by: 'bookingDate', direction: 'ascending' } as const;
  const { rows } = await transactions.list({ filter, sort, offset: 0, limit: 1 });
  const transactionId = rows[0]?.id ?? expect.fail('no row');
  await transactions.exclude({ clientId, transactionId, reason: `paid from ${IBAN} with ${CARD}` });
  await transactions.restore({ clientId, transactionId });
  await statements.export({ clientId, ...period, format: 'csv', path: join(office.root, `${IBAN}.csv`) });
  const named = { name: `${IBAN} ${CARD}`, signature: 'ab'.repeat(32), profile: aCsvProfile() };
  await profiles.remove({ profileId: (await profiles.save(named)).id });
}

async function connectBank(clientId: ClientId): Promise<void> {
  const { vaultConnections, connections } = calls();
  const connectionId = newId(ConnectionId, 'connection', randomBytes(10));
  const [issuer, resourceBase] = ['https://bank.test', 'https://bank.test/aisp'];
  const details = { type: 'uk-open-banking', institution: 'Bank', issuer, resourceBase } as const;
  const permissions = ['ReadBalances'];
  const agreed = { ...details, clientId: CREDENTIAL, authorityPem: null, practice: false };
  const pins: [string, string] = [`${'A'.repeat(43)}=`, `${'B'.repeat(43)}=`];
  await vaultConnections.create({ connectionId, details: agreed, pins, startDate: '2025-01-01', permissions });
  const consent = { permissions, consentId: CREDENTIAL, expiresAt: null, startDateGranted: null };
  const account = aSourceAccount({ iban: IBAN, name: `Card ${CARD}` });
  await vaultConnections.recordConsent({ connectionId, ...consent, accounts: [{ resourceId: IBAN, account }] });
  await connections.assign({ connectionId, assignments: [{ resourceId: IBAN, clientId }] });
  const cause = { cause: 'BANK_TIMEOUT', causeParams: { iban: IBAN, token: CREDENTIAL } } as const;
  const tried = { ok: false, committed: false, nextAllowed: null, tls: null, calls: 1, newRows: 0 };
  await vaultConnections.recordTry({ connectionId, ...cause, ...tried });
  await connections.pause({ connectionId, paused: true });
  await vaultConnections.remove({ connectionId });
}

/** Returns the invitations' codes. */
async function changePeople(clientId: ClientId): Promise<string[]> {
  const invited = await office.invite('Rita Quill', 'reviewer', { kind: 'all' });
  const { userId } = invited;
  const person = await office.accept(invited, LAST_PASSWORD);
  await office.signIn(office.owner);
  const { users } = calls();
  await users.setRole({ userId: person.id, role: 'accountant' });
  await users.setAccess({ userId, access: { kind: 'some', clientIds: [clientId] } });
  const reset = await users.reset({ userId, reason: 'compromised', replyKey: await office.vault.replyKey() });
  const code = await office.vault.open('invitation-code', reset.code);
  await users.remove({ userId });
  return [invited.code, code];
}

/** Returns the app's secret and all recovery codes. */
async function changeFactors(): Promise<string[]> {
  const { vault } = office;
  const { secret, recoveryCodes } = await office.enrolApp();
  const { factors, vaultOffice } = calls();
  const renewed = await factors.renewRecoveryCodes({ replyKey: await vault.replyKey() });
  const codes = JSON.parse(await vault.open('recovery-codes', renewed.recoveryCodes)) as string[];
  const [spent = '', typed = ''] = codes;
  const proof = { window: WINDOW, password: null, deviceSecret: DEVICE_SECRET, deviceOutput: null };
  await refused(vaultOffice.stepUp({ ...proof, code: recoveryCodes[0] ?? '' }));
  vault.adopt(await vaultOffice.stepUp({ ...proof, code: spent }));
  await lock(vault);
  const entering = { directory: office.directory, person: office.owner };
  await refused(signIn(vault, entering, { code: spent }));
  await signIn(vault, entering, { code: typed });
  office.time.advance(60_000);
  vault.adopt(await vaultOffice.stepUp({ ...proof, code: appCode(secret, office.time.clock.now()) }));
  await calls().factors.removeCode({});
  return [secret, ...recoveryCodes, ...codes];
}

async function changeWayIn(): Promise<void> {
  const { vault } = office;
  const { vaultOffice } = calls();
  const brought = { deviceSecret: DEVICE_SECRET, deviceOutput: null };
  const seal = (text: string) => vault.seal('password', text);
  await refused(vaultOffice.stepUp({ window: WINDOW, password: await seal(WRONG_PASSWORD), code: null, ...brought }));
  const next = await vault.seal('new-password', NEXT_PASSWORD);
  await vaultOffice.changePassword({ current: await seal(PASSWORD), next, ...brought });
  const salt = Buffer.alloc(32, 6).toString('base64');
  const device = { label: 'Key', credentialId: CREDENTIAL, salt, output: DEVICE_OUTPUT };
  await vaultOffice.setDevice({ password: await seal(NEXT_PASSWORD), ...brought, device });
}

async function proveKit(): Promise<void> {
  const { office: door } = calls();
  const { groups, prove } = office.kit;
  const typed = async (...positions: number[]) => ({
    groups: await office.vault.seal('kit-groups', JSON.stringify(positions.map((position) => groups[position]))),
  });
  await door.saveRecoveryKit({ path: join(office.root, 'kit.pdf') });
  await refused(door.proveRecoveryKit(await typed(...prove.toReversed())));
  await door.proveRecoveryKit(await typed(...prove));
}

/** Returns the groups of the next kit. */
async function renewKeys(): Promise<readonly string[]> {
  const { office: door, security } = calls();
  await security.rotate({ what: { kind: 'all' }, reason: 'compromise' });
  const { kit } = await door.renewRecoveryKit({ replyKey: await office.vault.replyKey() });
  return (await openKit(office.vault, kit)).groups;
}

/** Everything the chains say, and an export of each with names and details. */
async function everythingLogged(clientId: ClientId): Promise<{ text: string; actions: string[] }> {
  const entries = [...(await auditEntries(office.vault)), ...(await auditEntries(office.vault, { clientId }))];
  const path = (name: string): string => join(office.root, `${name}-${entries.length}.jsonl`);
  await calls().audit.export({ clientId: null, path: path('office'), personal: true });
  await calls().audit.export({ clientId, path: path('client'), personal: true });
  const files = ['office', 'client'].map((name) => readFileSync(path(name), 'utf8'));
  const exported = await auditEntries(office.vault, { action: 'audit.export' });
  return {
    text: [JSON.stringify(entries), ...files].join('\n'),
    actions: [...entries, ...exported].map((one) => one.action),
  };
}

async function recoverWith(groups: readonly string[]): Promise<readonly string[]> {
  const { vault, directory } = office;
  await lock(vault);
  const { opened, kit } = await calls().vaultOffice.recover({
    directory,
    window: WINDOW,
    recoveryKey: await vault.seal('recovery-key', groups.join('-')),
    newPassword: await vault.seal('new-password', NEXT_PASSWORD),
    deviceSecret: null,
    anchor: null,
    alerts: [],
    replyKey: await vault.replyKey(),
  });
  vault.adopt(opened);
  return (await openKit(vault, kit)).groups;
}

async function restoreFrom(path: string): Promise<void> {
  await office.restart();
  const { vault } = office;
  const { opened } = await calls().vaultOffice.restore({
    directory: join(office.root, 'restored'),
    window: WINDOW,
    path,
    key: { kind: 'passphrase', passphrase: await vault.seal('passphrase', PASSPHRASE) },
    newPassword: await vault.seal('new-password', NEXT_PASSWORD),
    deviceSecret: DEVICE_SECRET,
    replyKey: await vault.replyKey(),
  });
  vault.adopt(opened);
}

it('holds no password, code, kit, device secret, bank credential, IBAN or card number after every audited call', async () => {
  office = await openTestVault();
  const clientId = (await office.addClient('Harbour Bakery')).id;
  const backup = join(office.root, 'backup.age');
  await proveKit();
  await calls().office.setPreferences({ lockAfterMinutes: 7 });
  await bringStatements(clientId);
  await keepBooks(clientId);
  await connectBank(clientId);
  const codes = [...(await changePeople(clientId)), ...(await changeFactors())];
  await calls().backups.create({ path: backup, passphrase: await office.vault.seal('passphrase', PASSPHRASE) });
  await calls().backups.verifyOwn({ path: backup });
  const secondKit = await renewKeys();
  await changeWayIn();
  const logged = await everythingLogged(clientId);
  const thirdKit = await recoverWith(secondKit);
  const recovered = await everythingLogged(clientId);
  await restoreFrom(backup);
  const restored = await everythingLogged(clientId);
  await office.remove();

  const all = [logged, recovered, restored];
  const done = new Set(all.flatMap(({ actions }) => actions));
  expect(AUDITED.filter((channel) => !done.has(channel))).toEqual([]);
  const texts = all.map(({ text }) => text).join('\n');
  const seeds = [...SEEDS, ...codes, ...[office.kit.groups, secondKit, thirdKit].flatMap(pairsOf)];
  expect(seeds.filter((seed) => spellings(seed).some((spelling) => texts.includes(spelling)))).toEqual([]);
});
