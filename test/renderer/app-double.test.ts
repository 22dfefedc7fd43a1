// The double itself: every call of the contract is answered in the contract's own form, and no handler has a bug.
import { describe, expect, it } from 'vitest';
import { CALL_CHANNELS, type CallChannel } from '../../shared/ipc/channels.gen.ts';
import { createAppDouble } from '../builders/app-double.ts';
import { fakePin } from '../builders/app-double/connections.ts';

const double = createAppDouble();
const { world } = double;
const clientId = world.clients[0]?.id;
const connectionId = world.connections[0]?.id;
const batchId = world.batches.find(({ state }) => state === 'staged')?.id;

const view = {
  filter: { clientId, accountId: null, from: null, to: null, search: 'invoice', state: null },
  sort: { by: 'bookingDate', direction: 'descending' },
  offset: 0,
  limit: 50,
};
const address = { issuer: 'https://bank.invalid', resourceBase: 'https://bank.invalid/aisp', authorityPem: null };

/** An input of every call, in an order in which all of them succeed. */
const INPUTS: readonly (readonly [CallChannel, unknown])[] = [
  ['office.status', {}],
  ['office.rate', { password: 'x', officeName: '' }],
  ['office.verify', {}],
  ['office.setPreferences', { lockAfterMinutes: 3 }],
  ['clients.list', {}],
  ['clients.overview', {}],
  ['clients.add', { name: 'Penhallow Mill' }],
  ['accounts.list', { clientId }],
  ['accounts.get', { clientId, accountId: 'account_00000000000000000001' }],
  ['transactions.list', view],
  ['transactions.get', { clientId, transactionId: 'transaction_000000000000000186a0' }],
  ['batches.list', { clientId }],
  ['batches.get', { clientId, batchId }],
  ['batches.diff', { clientId, batchId, kind: null, offset: 0, limit: 100 }],
  ['batches.assign', { clientId, batchId, statement: 0, accountId: null }],
  ['batches.commit', { clientId, batchId }],
  ['batches.undo', { clientId, batchId }],
  ['batches.discard', { clientId, batchId }],
  ['imports.begin', { clientId, fileName: 'a.ofx', bytes: 3 }],
  ['imports.slice', { jobId: 'job_00000000000000000001', base64: 'AAAA' }],
  ['imports.finish', { jobId: 'job_00000000000000000001' }],
  ['imports.cancel', { jobId: 'job_00000000000000000001' }],
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
  ['backups.verify', { path: '/b', key: { kind: 'passphrase', passphrase: 'p' } }],
  ['backups.verifyOwn', { path: '/b' }],
  ['audit.list', { clientId: null, offset: 0, limit: 50 }],
  ['practice.status', {}],
  ['practice.start', {}],
  ['practice.misbehave', { names: ['server-error'] }],
  ['practice.stop', {}],
  ['office.lock', {}],
  ['office.unlock', { password: 'correct horse battery staple' }],
  ['office.create', { name: 'A', ownerName: 'B', password: 'p', protection: 'keychain', lockAfterMinutes: 5 }],
  [
    'office.proveRecoveryKit',
    {
      groups: [
        { position: 0, text: '7qk2' },
        { position: 1, text: 'M4ZP' },
      ],
    },
  ],
  [
    'backups.restore',
    { path: '/b', key: { kind: 'passphrase', passphrase: 'p' }, password: 'p', protection: 'keychain' },
  ],
];

describe('app double', () => {
  it.each(INPUTS)('answers %s', async (channel, input) => {
    expect(await double.call(channel, input)).toMatchObject({ ok: true });
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
});
