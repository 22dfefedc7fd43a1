// The double itself: every call of the contract is answered in the contract's own form, and no handler has a bug.
import { describe, expect, it } from 'vitest';
import { CALL_CHANNELS, type CallChannel } from '../../shared/ipc/channels.gen.ts';
import { createSealedTexts } from '../../renderer/api/sealed-text.ts';
import type { SealedPurpose } from '../../shared/model/sealed-text.ts';
import { createAppDouble, DOUBLE_PASSWORD } from '../builders/app-double.ts';
import { fakePin } from '../builders/app-double/connections.ts';
import { userId as ownerId, userIdOf } from '../builders/app-double/ids.ts';
import { recoveryKit } from '../builders/app-double/office-data.ts';
import { csvProfile, NEW_SIGNATURE, profileIdOf } from '../builders/app-double/profiles.ts';
import { totpOf } from '../builders/app-double/people.ts';

const double = createAppDouble({ deviceSupport: 'FIDO2' });
const { world } = double;
const clientId = world.clients[0]?.id;
const connectionId = world.connections[0]?.id;
const accountId = 'account_00000000000000000001';
const batchId = world.batches.find(({ state }) => state === 'staged')?.id;

const window = createSealedTexts();
const replyKey = await window.publicKey();
const filter = { userId: null, action: null, outcome: null, from: null, until: null };

/** Sealed to the double as it is when the call is made: its key changes with every lock. */
async function seal(purpose: SealedPurpose, text: string) {
  return window.seal(await world.sealed.publicKey(), purpose, text);
}
const newPassword = () => seal('new-password', DOUBLE_PASSWORD);
const passphrase = async () => ({ kind: 'passphrase', passphrase: await seal('passphrase', 'p') });

const view = {
  filter: { clientId, accountId: null, from: null, to: null, search: 'invoice', state: null },
  sort: { by: 'bookingDate', direction: 'descending' },
  offset: 0,
  limit: 50,
};
const address = { issuer: 'https://bank.invalid', resourceBase: 'https://bank.invalid/aisp', authorityPem: null };

/** An input of every call, in an order in which all of them succeed. */
const INPUTS: readonly (readonly [CallChannel, object | (() => Promise<object>)])[] = [
  ['office.status', {}],
  ['office.rate', async () => ({ password: await newPassword(), officeName: '', userName: '' })],
  ['office.verify', {}],
  ['office.setPreferences', { lockAfterMinutes: 3 }],
  ['clients.list', {}],
  ['clients.overview', {}],
  ['clients.add', { name: 'Penhallow Mill' }],
  ['accounts.list', { clientId }],
  ['accounts.get', { clientId, accountId: 'account_00000000000000000001' }],
  ['transactions.list', view],
  ['transactions.get', { clientId, transactionId: 'transaction_000000000000000186a0' }],
  ['transactions.exclude', { clientId, transactionId: 'transaction_000000000000000186a0', reason: 'brought twice' }],
  ['transactions.restore', { clientId, transactionId: 'transaction_000000000000000186a0' }],
  ['batches.list', { clientId }],
  ['batches.get', { clientId, batchId }],
  ['batches.diff', { clientId, batchId, kind: null, offset: 0, limit: 100 }],
  ['batches.doubts', { clientId, offset: 0, limit: 50 }],
  ['batches.decide', { clientId, batchId, number: 218, decision: 'same' }],
  ['batches.invert', { clientId, batchId, statement: 0, inverted: true }],
  ['batches.assign', { clientId, batchId, statement: 0, accountId: null }],
  ['batches.commit', { clientId, batchId }],
  ['batches.undo', { clientId, batchId }],
  ['batches.discard', { clientId, batchId }],
  ['imports.survey', { fileName: 'a.csv', base64: 'AAAA' }],
  ['imports.preview', { base64: 'AAAA', profile: csvProfile() }],
  ['imports.begin', { clientId, fileName: 'a.ofx', bytes: 3 }],
  ['imports.slice', { jobId: 'job_00000000000000000001', base64: 'AAAA' }],
  ['imports.finish', { jobId: 'job_00000000000000000001' }],
  ['imports.cancel', { jobId: 'job_00000000000000000001' }],
  ['statements.coverage', { clientId, from: '2026-01', to: '2026-06' }],
  ['statements.proof', { clientId, accountId, from: '2026-01-01', to: '2026-01-31' }],
  [
    'statements.export',
    { clientId, accountId, from: '2026-01-01', to: '2026-01-31', format: 'csv', path: '/january.csv' },
  ],
  ['profiles.list', {}],
  ['profiles.save', { name: 'Cards', signature: NEW_SIGNATURE, profile: csvProfile() }],
  ['profiles.remove', { profileId: profileIdOf(1) }],
  ['connections.list', {}],
  ['connections.identify', address],
  [
    'connections.create',
    {
      ...address,
      type: 'uk-open-banking',
      institution: 'Bank',
      clientId: 'c',
      enrolment: null,
      practice: true,
      pins: [fakePin(1), fakePin(2)],
      startDate: '2025-01-01',
    },
  ],
  ['connections.authorise', { connectionId }],
  ['connections.assign', { connectionId, assignments: [] }],
  ['connections.sync', { connectionId, dryRun: true }],
  ['connections.commit', { connectionId, batches: [] }],
  ['connections.pause', { connectionId, paused: true }],
  ['connections.disconnect', { connectionId }],
  ['jobs.cancel', { jobId: 'job_00000000000000000001' }],
  ['backups.list', {}],
  ['backups.suggest', {}],
  ['backups.create', { path: '/b', passphrase: null }],
  ['backups.verify', async () => ({ path: '/b', key: await passphrase() })],
  ['backups.verifyOwn', { path: '/b' }],
  ['audit.list', { clientId: null, filter, offset: 0, limit: 50 }],
  ['audit.export', { clientId: null, path: '/log', personal: false }],
  ['security.state', {}],
  ['security.rotate', { what: { kind: 'all' }, reason: 'routine' }],
  ['users.list', {}],
  ['users.invite', { name: 'New', role: 'reviewer', access: { kind: 'some', clientIds: [] }, replyKey }],
  ['users.setRole', { userId: userIdOf(2), role: 'reviewer' }],
  ['users.setAccess', { userId: userIdOf(2), access: { kind: 'all' } }],
  ['users.reset', { userId: userIdOf(5), reason: 'forgotten', replyKey }],
  ['users.remove', { userId: userIdOf(4) }],
  ['factors.state', {}],
  ['factors.addDevice', async () => ({ password: await seal('password', DOUBLE_PASSWORD) })],
  ['factors.removeDevice', async () => ({ password: await seal('password', DOUBLE_PASSWORD) })],
  ['factors.beginCode', { replyKey }],
  ['factors.confirmCode', () => Promise.resolve({ code: totpOf(world.enrolling?.secret ?? '').generate(), replyKey })],
  ['factors.renewRecoveryCodes', { replyKey }],
  ['factors.removeCode', {}],
  ['office.stepUp', async () => ({ password: await seal('password', DOUBLE_PASSWORD), code: null })],
  [
    'office.changePassword',
    async () => ({ current: await seal('password', DOUBLE_PASSWORD), next: await newPassword() }),
  ],
  ['practice.status', {}],
  ['practice.start', {}],
  ['practice.misbehave', { names: ['server-error'] }],
  ['practice.stop', {}],
  ['office.renewRecoveryKit', { replyKey }],
  ['office.saveRecoveryKit', { path: '/kit.pdf' }],
  ['office.proveRecoveryKit', async () => ({ groups: await seal('kit-groups', JSON.stringify(['od9x', 'VF5J'])) })],
  ['office.lock', {}],
  [
    'office.unlock',
    async () => ({
      userId: ownerId,
      password: await seal('password', DOUBLE_PASSWORD),
      code: null,
      acceptOlderState: false,
    }),
  ],
  [
    'office.acceptInvitation',
    async () => ({
      userId: userIdOf(5),
      code: await seal('password', 'b8ne 5vjy 0cga x3sf'),
      password: await newPassword(),
      protection: 'keychain',
    }),
  ],
  [
    'office.recover',
    async () => ({
      recoveryKey: await seal('recovery-key', recoveryKit('').groups.join(' ')),
      password: await newPassword(),
      protection: 'keychain',
      replyKey,
    }),
  ],
  [
    'office.create',
    async () => ({
      name: 'A',
      ownerName: 'B',
      password: await newPassword(),
      protection: 'keychain',
      lockAfterMinutes: 5,
      replyKey,
    }),
  ],
  [
    'backups.restore',
    async () => ({
      path: '/b',
      key: await passphrase(),
      password: await newPassword(),
      protection: 'keychain',
      replyKey,
    }),
  ],
];

describe('app double', () => {
  it.each(INPUTS)('answers %s', async (channel, input) => {
    const value = typeof input === 'function' ? await (input as () => Promise<object>)() : input;
    expect(await double.call(channel, value)).toMatchObject({ ok: true });
    expect(double.bugs).toEqual([]);
  });

  it('was asked for every call of the contract', () => {
    expect(INPUTS.map(([channel]) => channel).sort()).toEqual([...CALL_CHANNELS].sort());
  });

  it('fails and hangs where it is told to', async () => {
    const failing = createAppDouble({ failing: { 'clients.list': 'VAULT_IO' } });
    expect(await failing.call('clients.list', {})).toMatchObject({ ok: false, error: { code: 'VAULT_IO' } });
    expect(await failing.call('office.status', {})).toMatchObject({ ok: true });
  });

  it('refuses what a role may not do, and what needs a fresh proof, and logs both', async () => {
    const reviewer = createAppDouble({ role: 'reviewer' });
    expect(await reviewer.call('users.list', {})).toMatchObject({ ok: false, error: { code: 'SESSION_FORBIDDEN' } });
    expect(reviewer.world.audit.at(-1)).toMatchObject({ action: 'users.list', outcome: 'denied' });
    const stale = createAppDouble({ proven: false });
    const rotation = { what: { kind: 'all' }, reason: 'routine' };
    const refused = { ok: false, error: { code: 'SESSION_STEP_UP_REQUIRED' } };
    expect(await stale.call('security.rotate', rotation)).toMatchObject(refused);
  });

  it('shows only the clients that a person holds a key to', async () => {
    const reviewer = createAppDouble({ role: 'reviewer' });
    expect(await reviewer.call('clients.list', {})).toMatchObject({
      ok: true,
      value: [{ name: 'Bramble & Daughters Bakery' }],
    });
  });

  it('counts tries, waits after ten, and alerts who signs in next', async () => {
    const locked = createAppDouble({ state: 'locked' });
    const unlock = async (user: number, password: string) =>
      locked.call('office.unlock', {
        userId: userIdOf(user),
        password: await window.seal(await locked.world.sealed.publicKey(), 'password', password),
        code: null,
        acceptOlderState: false,
      });
    for (let tries = 0; tries < 10; tries += 1) await unlock(3, 'wrong');
    expect(await unlock(3, DOUBLE_PASSWORD)).toMatchObject({ ok: false, error: { code: 'SESSION_LOCKED_OUT' } });
    expect(await unlock(1, DOUBLE_PASSWORD)).toMatchObject({
      ok: true,
      value: { alerts: [{ userName: 'Ada Okafor', tries: 10, lockedOut: true }] },
    });
  });
});
