// Every call × every role × fresh proof, no proof, nobody signed in: the vault's own answer, cell by cell, and the entry a refusal leaves.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficeStore } from '../../electron/core/ports/vault-store.ts';
import { vaultProcessContract } from '../../electron/core/vault/vault-dispatch.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { callsOf, type Call } from '../../shared/ipc/call.ts';
import { Role, ROLE_PERMISSIONS } from '../../shared/model/roles.ts';
import { lock, openTestVault, testServices, WINDOW, type Person, type TestOffice } from '../core/vault/vault-bench.ts';
import { sampleInput } from './role-matrix-input.ts';

const CALLS = [...callsOf(vaultProcessContract)];

/** What each call needs, written by hand: whoever changes a permission changes this line too, and says so. `!` is a fresh proof. */
const NEEDS: Readonly<Record<string, string>> = {
  'office.status': 'public',
  'office.rate': 'public',
  'office.create': 'public',
  'office.proveRecoveryKit': 'office.manage',
  'office.saveRecoveryKit': 'office.manage',
  'office.renewRecoveryKit': 'office.manage!',
  'office.unlock': 'public',
  'office.acceptInvitation': 'public',
  'office.recover': 'public',
  'office.changePassword': 'signed-in',
  'office.stepUp': 'signed-in',
  'office.lock': 'public',
  'office.verify': 'office.verify',
  'office.setPreferences': 'office.manage',
  'users.list': 'users.read',
  'users.invite': 'users.manage!',
  'users.setRole': 'users.manage!',
  'users.setAccess': 'users.manage!',
  'users.reset': 'users.manage!',
  'users.remove': 'users.manage!',
  'factors.state': 'signed-in',
  'factors.beginCode': 'signed-in!',
  'factors.confirmCode': 'signed-in!',
  'factors.renewRecoveryCodes': 'signed-in!',
  'factors.removeCode': 'signed-in!',
  'factors.addDevice': 'signed-in!',
  'factors.removeDevice': 'signed-in!',
  'security.state': 'security.read',
  'security.rotate': 'keys.rotate!',
  'clients.list': 'clients.read',
  'clients.overview': 'clients.read',
  'clients.add': 'clients.manage',
  'accounts.list': 'accounts.read',
  'accounts.get': 'accounts.read',
  'transactions.list': 'transactions.read',
  'transactions.get': 'transactions.read',
  'transactions.exclude': 'batches.write',
  'transactions.restore': 'batches.write',
  'batches.list': 'transactions.read',
  'batches.get': 'transactions.read',
  'batches.diff': 'transactions.read',
  'batches.doubts': 'transactions.read',
  'batches.decide': 'batches.write',
  'batches.assign': 'batches.write',
  'batches.invert': 'batches.write',
  'batches.commit': 'batches.write',
  'batches.undo': 'batches.write!',
  'batches.discard': 'batches.write',
  'imports.survey': 'batches.write',
  'imports.preview': 'batches.write',
  'imports.begin': 'batches.write',
  'imports.slice': 'batches.write',
  'imports.finish': 'batches.write',
  'imports.cancel': 'batches.write',
  'profiles.list': 'transactions.read',
  'profiles.save': 'batches.write',
  'profiles.remove': 'batches.write',
  'statements.coverage': 'transactions.read',
  'statements.proof': 'transactions.read',
  'statements.export': 'statements.export!',
  'connections.list': 'connections.read',
  'connections.identify': 'connections.manage',
  'connections.create': 'connections.manage!',
  'connections.authorise': 'connections.manage',
  'connections.assign': 'connections.manage',
  'connections.sync': 'connections.sync',
  'connections.commit': 'connections.sync',
  'connections.pause': 'connections.manage',
  'connections.disconnect': 'connections.manage',
  'jobs.cancel': 'signed-in',
  'backups.list': 'backups.read',
  'backups.suggest': 'backups.read',
  'backups.create': 'backups.create!',
  'backups.verify': 'public',
  'backups.verifyOwn': 'office.manage',
  'backups.restore': 'public',
  'audit.list': 'audit.read',
  'audit.export': 'audit.export!',
  'practice.status': 'public',
  'practice.start': 'public',
  'practice.stop': 'public',
  'practice.misbehave': 'public',
  'vaultOffice.inspect': 'public',
  'vaultOffice.create': 'public',
  'vaultOffice.unlock': 'public',
  'vaultOffice.acceptInvitation': 'public',
  'vaultOffice.recover': 'public',
  'vaultOffice.changePassword': 'signed-in',
  'vaultOffice.stepUp': 'signed-in',
  'vaultOffice.setDevice': 'signed-in',
  'vaultOffice.factorState': 'signed-in',
  'vaultOffice.due': 'signed-in',
  'vaultOffice.rate': 'public',
  'vaultOffice.anchor': 'signed-in',
  'vaultOffice.close': 'public',
  'vaultOffice.authorise': 'public',
  'vaultOffice.verifyBackup': 'public',
  'vaultOffice.restore': 'public',
  'staging.open': 'batches.write',
  'staging.add': 'batches.write',
  'staging.finish': 'batches.write',
  'staging.drop': 'batches.write',
  'vaultConnections.create': 'connections.manage',
  'vaultConnections.get': 'connections.read',
  'vaultConnections.job': 'connections.read',
  'vaultConnections.recordConsent': 'connections.manage',
  'vaultConnections.recordTry': 'connections.sync',
  'vaultConnections.remove': 'connections.manage',
};

const REFUSALS: readonly ErrorCode[] = ['SESSION_FORBIDDEN', 'SESSION_STEP_UP_REQUIRED', 'SESSION_LOCKED'];
const OTHER_WINDOW = 'window-without-proof';
/** Ends the session: its cells are asked last. */
const ENDS_SESSION = 'vaultOffice.close';

let office: TestOffice;
let store: OfficeStore;
let nowhere = '';
const people: Partial<Record<Role, Person>> = {};

beforeAll(async () => {
  const { databases } = testServices();
  const openOffice: typeof databases.openOffice = (options) => {
    const opened = databases.openOffice(options);
    ({ store } = opened);
    return opened;
  };
  office = await openTestVault({ databases: { ...databases, openOffice } });
  writeFileSync(join(office.root, 'file'), '');
  nowhere = join(office.root, 'file', 'below');
  people.owner = office.owner;
  for (const role of Role.options.filter((one) => one !== 'owner'))
    people[role] = await office.hire(`The ${role}`, role);
});
afterAll(async () => {
  // One sample is asked again and again, which no program does: a row that is there already counts as let in.
  office.vault.failures.length = 0;
  await office.remove();
});

/** The call itself where the vault answers it; where the host does, what the host asks the vault before it answers. */
function askFor(channel: string, { runsIn, permission, stepUp, input }: Call, window: string) {
  if (runsIn === 'vault') return office.vault.ask(channel, sampleInput(input, nowhere), window);
  return office.vault.ask('vaultOffice.authorise', { channel, permission, stepUp, window }, window);
}

const entriesNow = () => store.audit.records({ after: 0, limit: 10_000 }).length;

function newestEntry() {
  const filter = { userId: null, action: null, outcome: null, from: null, until: null };
  return store.audit.list({ filter, offset: 0, limit: 1 }).entries[0];
}

async function refusalOf(channel: string, call: Call, window: string): Promise<ErrorCode | null> {
  const reply = await askFor(channel, call, window);
  if (reply.ok || !REFUSALS.includes(reply.error.code)) return null;
  return reply.error.code;
}

const byRole = (role: Role) =>
  CALLS.filter(([channel]) => channel !== ENDS_SESSION).map(([channel, call]) => ({ channel, call, role }));

describe('the table', () => {
  it('names every call with what it needs, and nothing else', () => {
    const declared = CALLS.map(([channel, { permission, stepUp }]) => [channel, `${permission}${stepUp ? '!' : ''}`]);
    expect(Object.fromEntries(declared)).toEqual(NEEDS);
  });
});

describe.each(Role.options)('signed in as %s', (role) => {
  beforeAll(async () => void (await office.signIn(people[role] ?? expect.fail(role))));

  it.each(byRole(role))('$channel', async ({ channel, call }) => {
    const permitted = ROLE_PERMISSIONS[role].includes(call.permission);
    // Public calls of the host never ask the vault.
    if (call.runsIn === 'host' && call.permission === 'public') return;
    for (const window of [OTHER_WINDOW, WINDOW]) {
      const fresh = window === WINDOW;
      const expected = permitted ? (call.stepUp && !fresh ? 'SESSION_STEP_UP_REQUIRED' : null) : 'SESSION_FORBIDDEN';
      const before = entriesNow();
      expect(await refusalOf(channel, call, window), `${role} ${fresh ? 'with' : 'without'} a fresh proof`).toBe(
        expected,
      );
      if (expected === null) continue;
      expect(entriesNow()).toBe(before + 1);
      expect(newestEntry()).toMatchObject({
        action: call.runsIn === 'vault' ? channel : 'vaultOffice.authorise',
        outcome: 'denied',
        userId: people[role]?.id,
        payload: { channel, permission: call.permission },
      });
    }
  });
});

describe('nobody signed in', () => {
  const someoneIsIn = [true, false];

  it.each(someoneIsIn)('every call but the public ones is refused (an office is open: %s)', async (open) => {
    await office.signIn(office.owner);
    const token = office.vault.token();
    if (open) office.vault.setSession('x'.repeat(43));
    else await lock(office.vault);
    const answers: Record<string, ErrorCode | null> = {};
    for (const [channel, call] of CALLS)
      if (channel !== ENDS_SESSION && !(call.runsIn === 'host' && call.permission === 'public'))
        answers[channel] = await refusalOf(channel, call, WINDOW);
    const expected = Object.keys(answers).map((channel) => [
      channel,
      NEEDS[channel] === 'public' ? null : 'SESSION_LOCKED',
    ]);
    expect(answers).toEqual(Object.fromEntries(expected));
    if (open) office.vault.setSession(token);
  });

  it('closing is for everyone', async () => {
    expect(await office.vault.ask(ENDS_SESSION, {})).toMatchObject({ ok: true });
  });
});

describe('calls that the host answers', () => {
  it('are unknown to the vault itself', async () => {
    for (const [channel, { runsIn, input }] of CALLS)
      if (runsIn === 'host')
        expect(await office.vault.ask(channel, sampleInput(input, nowhere))).toMatchObject({
          error: { code: 'IPC_CALL_UNKNOWN' },
        });
  });

  it('are never let through as public ones', async () => {
    await office.signIn(office.owner);
    const input = { channel: 'connections.sync', permission: 'public', stepUp: false, window: WINDOW };
    expect(await office.vault.ask('vaultOffice.authorise', input)).toMatchObject({
      error: { code: 'IPC_INPUT_INVALID' },
    });
  });
});
