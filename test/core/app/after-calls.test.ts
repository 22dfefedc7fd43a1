// What follows a call that changed something: events for every window, the status, the anchor in the keychain, the order of a lock.
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { BatchId, ClientId, TransactionId, UserId } from '../../../shared/model/ids.ts';
import {
  anInspection,
  anOpenedOffice,
  anUnlocking,
  aSealedText,
  createAppOverDoubles,
  OFFICE_ID,
  USER_ID,
} from '../../builders/app-over-doubles.ts';
import { createFakeKeychain } from '../../builders/fake-keychain.ts';
import type { Answers } from '../../builders/memory-process.ts';

const OTHER = UserId.parse(`user_${'0e'.repeat(10)}`);
const ANCHOR_KEY = `office/${OFFICE_ID}/anchor`;
const replyKey = 'R'.repeat(87);
const aUser = (id: string, role = 'accountant') => ({
  id,
  name: 'Bela',
  role,
  state: 'active',
  access: { kind: 'all' },
  factors: { code: false, device: false },
  createdAt: '2026-01-01T00:00:00.000Z',
  lastSignInAt: null,
  invitationExpiresAt: null,
});
const aClient = {
  id: `client_${'0b'.repeat(10)}`,
  name: 'Client',
  colour: 'teal',
  createdAt: '2026-01-01T00:00:00.000Z',
};

async function anUnlockedApp(answers: Answers = {}, keychain = createFakeKeychain()) {
  const made = createAppOverDoubles(
    {
      'vaultOffice.inspect': () => anInspection('password-only'),
      'vaultOffice.unlock': () => anOpenedOffice('password-only'),
      'clients.list': () => [],
      'clients.add': () => aClient,
      'users.invite': () => ({ user: aUser(OTHER), code: aSealedText('code') }),
      'users.reset': () => ({ user: aUser(OTHER), code: aSealedText('code') }),
      'users.remove': () => ({}),
      'users.setRole': ({ userId, role }: { userId: string; role: string }) => aUser(userId, role),
      'users.setAccess': () => aUser(OTHER),
      'factors.confirmCode': () => ({ recoveryCodes: aSealedText('codes') }),
      'factors.removeCode': () => ({}),
      'office.proveRecoveryKit': () => ({}),
      'office.renewRecoveryKit': () => ({ kit: aSealedText('kit') }),
      ...answers,
    },
    keychain,
  );
  await made.client.office.unlock(anUnlocking());
  made.events.length = 0;
  return { ...made, keychain, channels: () => made.events.map(({ channel }) => channel) };
}

describe('people', () => {
  it.each(['invite', 'reset', 'remove'] as const)('that were changed by %s are told to every window', async (call) => {
    const { client, channels } = await anUnlockedApp();
    if (call === 'invite')
      await client.users.invite({ name: 'Bela', role: 'accountant', access: { kind: 'all' }, replyKey });
    else if (call === 'reset') await client.users.reset({ userId: OTHER, reason: 'forgotten', replyKey });
    else await client.users.remove({ userId: OTHER });
    expect(channels()).toEqual(['users.changed']);
  });

  it.each(['reset', 'remove', 'setRole', 'rotate'] as const)(
    'and keys: what %s leaves due for the recovery kit is a warning until the kit is new',
    async (call) => {
      let due = true;
      const { client } = await anUnlockedApp({
        'vaultOffice.due': () => ({ recoveryKit: due, rotation: false }),
        'security.rotate': () => ({ databases: 1, bytes: 1 }),
      });
      const warned = async () => (await client.office.status({})).warnings.includes('recovery-kit-due');
      expect(await warned()).toBe(false);
      if (call === 'reset') await client.users.reset({ userId: OTHER, reason: 'compromised', replyKey });
      else if (call === 'remove') await client.users.remove({ userId: OTHER });
      else if (call === 'setRole') await client.users.setRole({ userId: OTHER, role: 'reviewer' });
      else await client.security.rotate({ what: { kind: 'office' }, reason: 'compromise' });
      expect(await warned()).toBe(true);
      await client.office.renewRecoveryKit({ replyKey });
      expect(await warned()).toBe(true);
      due = false;
      await client.office.renewRecoveryKit({ replyKey });
      expect(await warned()).toBe(false);
    },
  );

  it.each(['reset', 'remove', 'setRole', 'setAccess', 'rotate'] as const)(
    'and keys: what %s leaves unfinished is a warning until it is finished',
    async (call) => {
      let rotation = true;
      const { client } = await anUnlockedApp({
        'vaultOffice.due': () => ({ recoveryKit: false, rotation }),
        'security.rotate': () => ({ databases: 1, bytes: 1 }),
      });
      const warned = async () => (await client.office.status({})).warnings.includes('rotation-unfinished');
      expect(await warned()).toBe(false);
      if (call === 'reset') await client.users.reset({ userId: OTHER, reason: 'compromised', replyKey });
      else if (call === 'remove') await client.users.remove({ userId: OTHER });
      else if (call === 'setRole') await client.users.setRole({ userId: OTHER, role: 'reviewer' });
      else if (call === 'setAccess') await client.users.setAccess({ userId: OTHER, access: { kind: 'all' } });
      else await client.security.rotate({ what: { kind: 'office' }, reason: 'routine' });
      expect(await warned()).toBe(true);
      rotation = false;
      await client.security.rotate({ what: { kind: 'office' }, reason: 'routine' });
      expect(await warned()).toBe(false);
    },
  );

  it('and keys: what a rotation that failed half-way leaves is a warning, and the failure is passed on', async () => {
    const { client } = await anUnlockedApp({
      'vaultOffice.due': () => ({ recoveryKit: false, rotation: true }),
      'security.rotate': () => {
        throw new AppError('VAULT_KEYS_UNFINISHED', { cause: 'VAULT_DISK_FULL' });
      },
    });
    const rotated = client.security.rotate({ what: { kind: 'all' }, reason: 'routine' });
    await expect(rotated).rejects.toMatchObject({ code: 'VAULT_KEYS_UNFINISHED' });
    expect((await client.office.status({})).warnings).toContain('rotation-unfinished');
  });

  it('whose access changed may see other clients', async () => {
    const { client, events } = await anUnlockedApp();
    await client.users.setAccess({ userId: OTHER, access: { kind: 'some', clientIds: [] } });
    expect(events).toEqual([
      { channel: 'users.changed', payload: {} },
      { channel: 'clients.changed', payload: { clientId: null } },
    ]);
  });

  it('whose role changed may too, and the own role is in the status at once', async () => {
    const { client, events, channels } = await anUnlockedApp();
    await client.users.setRole({ userId: OTHER, role: 'auditor' });
    expect(channels()).toEqual(['users.changed', 'clients.changed']);
    await client.users.setRole({ userId: USER_ID, role: 'reviewer' });
    expect(events.at(-1)).toMatchObject({
      channel: 'office.statusChanged',
      payload: { user: { id: USER_ID, role: 'reviewer' } },
    });
  });

  it('that were not changed are not told', async () => {
    const refusing = () => {
      throw new AppError('SESSION_STEP_UP_REQUIRED');
    };
    const { client, channels } = await anUnlockedApp({ 'users.remove': refusing });
    await expect(client.users.remove({ userId: OTHER })).rejects.toMatchObject({ code: 'SESSION_STEP_UP_REQUIRED' });
    expect(channels()).toEqual([]);
  });
});

const CLIENT_ID = ClientId.parse(aClient.id);
const TRANSACTION_ID = TransactionId.parse(`transaction_${'0c'.repeat(10)}`);
const aBatch = {
  id: BatchId.parse(`batch_${'0a'.repeat(10)}`),
  clientId: CLIENT_ID,
  state: 'staged',
  kind: 'file',
  source: 'march.ofx',
  reader: 'ofx 1.02',
  connectionId: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  counts: { new: 0, known: 0, changed: 0, doubtful: 0 },
  statements: [],
  warnings: [],
  receipt: null,
  undecided: 0,
};
const aDetail = {
  id: TRANSACTION_ID,
  clientId: CLIENT_ID,
  accountId: `account_${'0a'.repeat(10)}`,
  accountName: 'Current',
  state: 'removed',
  bookingDate: '2026-01-01',
  valueDate: null,
  amountMinor: '-1',
  currency: 'GBP',
  exponent: 2,
  description: 'Coffee',
  counterparty: null,
  children: 0,
  overdue: false,
  transactionDate: null,
  rawAmount: '-0.01',
  rawSign: null,
  foreign: null,
  counterpartyAccount: null,
  endToEndId: null,
  sourceId: null,
  bankCode: null,
  balanceAfterMinor: null,
  details: [],
  occurrence: 1,
  fingerprintVersion: 1,
  raw: '',
  batch: {
    id: aBatch.id,
    source: 'march.ofx',
    kind: 'file',
    committedAt: '2026-01-01T00:00:00.000Z',
    committedBy: 'Bela',
    receiptHash: '',
  },
  linked: null,
  excluded: null,
};

describe('a ledger', () => {
  it.each(['decide', 'invert', 'exclude', 'restore'] as const)(
    'that %s changed is told to every window',
    async (call) => {
      const { client, events } = await anUnlockedApp({
        'batches.decide': () => aBatch,
        'batches.invert': () => aBatch,
        'transactions.exclude': () => aDetail,
        'transactions.restore': () => aDetail,
      });
      const batch = { clientId: CLIENT_ID, batchId: aBatch.id };
      const row = { clientId: CLIENT_ID, transactionId: TRANSACTION_ID };
      if (call === 'decide') await client.batches.decide({ ...batch, number: 1, decision: 'same' });
      else if (call === 'invert') await client.batches.invert({ ...batch, statement: 0, inverted: true });
      else if (call === 'exclude') await client.transactions.exclude({ ...row, reason: 'Not the client’s' });
      else await client.transactions.restore(row);
      expect(events).toEqual([{ channel: 'clients.changed', payload: { clientId: CLIENT_ID } }]);
    },
  );
});

describe('the status', () => {
  it('knows the own codes and the kit’s proof', async () => {
    const { client, events } = await anUnlockedApp();
    const told = (): unknown => events.at(-1)?.payload;
    await client.factors.confirmCode({ code: '123456', replyKey });
    expect(told()).toMatchObject({ user: { factors: { code: true, device: false } } });
    await client.factors.removeCode({});
    expect(told()).toMatchObject({ user: { factors: { code: false, device: false } } });
    await client.office.proveRecoveryKit({ groups: aSealedText('groups') });
    expect(told()).toMatchObject({ recoveryProven: true });
    await client.office.renewRecoveryKit({ replyKey });
    expect(told()).toMatchObject({ recoveryProven: false });
  });
});

describe('the anchor', () => {
  it('is kept when the office opens', async () => {
    const { keychain } = await anUnlockedApp();
    expect(await keychain.get(ANCHOR_KEY)).toBe('opened');
  });

  it('is kept anew after an audited call, refused ones included, and after no other', async () => {
    let state = 0;
    const { client, keychain } = await anUnlockedApp({
      'vaultOffice.anchor': () => ({ anchor: `state ${(state += 1)}` }),
      'users.remove': () => {
        throw new AppError('SESSION_STEP_UP_REQUIRED');
      },
    });
    await client.clients.list({});
    await client.clients.add({ name: 'Client' });
    await vi.waitFor(async () => expect(await keychain.get(ANCHOR_KEY)).toBe('state 1'));
    await client.users.remove({ userId: OTHER }).catch(() => 0);
    await vi.waitFor(async () => expect(await keychain.get(ANCHOR_KEY)).toBe('state 2'));
    await client.clients.list({});
    expect(state).toBe(2);
  });

  it.each(['SESSION_FORBIDDEN', 'SESSION_STEP_UP_REQUIRED'] as const)(
    'is kept anew after %s to a call that declares no entry: the refusal has one',
    async (code) => {
      let isRefusing = false;
      const refusing = () => {
        if (isRefusing) throw new AppError(code);
        return [];
      };
      const { client, keychain } = await anUnlockedApp({
        'clients.list': refusing,
        'vaultOffice.authorise': () => {
          throw new AppError(code);
        },
      });
      await client.clients.list({});
      expect(await keychain.get(ANCHOR_KEY)).toBe('opened');
      isRefusing = true;
      await expect(client.clients.list({})).rejects.toMatchObject({ code });
      await vi.waitFor(async () => expect(await keychain.get(ANCHOR_KEY)).toBe('current'));
      await keychain.set(ANCHOR_KEY, 'opened');
      await expect(client.jobs.cancel({ jobId: `job_${'0d'.repeat(10)}` as never })).rejects.toMatchObject({ code });
      await vi.waitFor(async () => expect(await keychain.get(ANCHOR_KEY)).toBe('current'));
    },
  );

  it('is not kept anew after a failure that has no entry', async () => {
    let asked = 0;
    const { client } = await anUnlockedApp({
      'vaultOffice.anchor': () => ({ anchor: `state ${(asked += 1)}` }),
      'clients.list': () => {
        throw new AppError('VAULT_IO');
      },
    });
    await expect(client.clients.list({})).rejects.toMatchObject({ code: 'VAULT_IO' });
    expect(asked).toBe(0);
  });

  it('of a lock is kept before the vault is killed', async () => {
    const keychain = createFakeKeychain();
    const { app, processes } = await anUnlockedApp({}, keychain);
    const vault = processes.last('vault');
    const alive: boolean[] = [];
    const { set } = keychain;
    keychain.set = (key, value) => {
      if (value === 'closed') alive.push(vault.alive);
      return set(key, value);
    };
    await app.lock('user');
    expect(alive).toEqual([true]);
    expect(vault.alive).toBe(false);
    expect(await keychain.get(ANCHOR_KEY)).toBe('closed');
  });

  it('of a program that ends is kept too', async () => {
    const { app, keychain } = await anUnlockedApp();
    await app.close();
    expect(await keychain.get(ANCHOR_KEY)).toBe('closed');
  });

  it('in a keychain that never answers holds no lock up', async () => {
    const keychain = createFakeKeychain();
    const { app, processes, time } = await anUnlockedApp({}, keychain);
    const vault = processes.last('vault');
    let isAsked = false;
    keychain.set = () => {
      isAsked = true;
      return new Promise(() => undefined);
    };
    const locked = app.lock('user');
    await vi.waitFor(() => expect(isAsked).toBe(true));
    time.advance(2_000);
    await locked;
    expect(vault.alive).toBe(false);
  });

  it('is not kept where there is no keychain', async () => {
    const keychain = createFakeKeychain(false);
    const { client, app } = await anUnlockedApp({}, keychain);
    await client.clients.add({ name: 'Client' });
    await app.lock('user');
    expect(keychain.writes).toEqual([]);
  });
});
