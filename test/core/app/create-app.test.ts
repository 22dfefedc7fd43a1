// The composed app over processes in memory: routing, senders, sessions, locking, crashes, events.
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { callsOf } from '../../../shared/ipc/call.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { vaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import type { AppSender } from '../../../electron/core/app/app.ts';
import {
  anInspection,
  anOpenedOffice,
  anUnlocking,
  CLIENT_ID,
  createAppOverDoubles,
  SESSION,
  type AppOverDoubles,
} from '../../builders/app-over-doubles.ts';
import { createMemorySecretStore } from '../../../electron/adapters/keychain/memory-secret-store.ts';
import type { Answers } from '../../builders/memory-process.ts';
import { sampleInput } from '../../architecture/role-matrix-input.ts';

/** What the host answers to who is signed in. */
const HOST_CALLS = [...callsOf(contract, 'host')].filter(([, { permission }]) => permission !== 'public');
const LOCK_TIMES = [
  ['office.create', contract.office.create],
  ['office.setPreferences', contract.office.setPreferences],
  ['vaultOffice.create', vaultContract.vaultOffice.create],
] as const;
const aClient = { id: CLIENT_ID, name: 'Client', colour: 'teal', createdAt: '2026-01-01T00:00:00.000Z' };

async function anUnlockedApp(answers: Answers = {}, options: { idleLock?: boolean } = {}): Promise<AppOverDoubles> {
  const table = {
    'vaultOffice.inspect': () => anInspection('password-only'),
    'vaultOffice.unlock': () => anOpenedOffice('password-only'),
    'clients.list': () => [aClient],
    'clients.add': () => aClient,
    ...answers,
  };
  const made = createAppOverDoubles(table, createMemorySecretStore(), options);
  await made.client.office.unlock(anUnlocking());
  return made;
}

const request = (call: string, input: unknown = {}, session: string | null = null): string =>
  JSON.stringify({ call, input, session, window: null });
const page = (origin: string, mainFrame: boolean): AppSender => ({ kind: 'window', id: 'window-7', origin, mainFrame });

describe('senders', () => {
  it.each([
    ['another origin', page('https://evil.example', true)],
    ['another frame', page(RENDERER_ORIGIN, false)],
    ['no origin', page('null', true)],
    ['another port', page(`${RENDERER_ORIGIN}:8443`, true)],
  ])('refuses %s', async (_, sender) => {
    const { app, processes } = await anUnlockedApp();
    const before = processes.last('vault').heard.length;
    expect(await app.dispatch(sender, request('clients.list'))).toMatchObject({
      error: { code: 'IPC_SENDER_REFUSED' },
    });
    expect(processes.last('vault').heard).toHaveLength(before);
  });

  it('answers the main frame of our origin', async () => {
    const { app } = await anUnlockedApp();
    expect(await app.dispatch(page(RENDERER_ORIGIN, true), request('clients.list'))).toEqual({
      ok: true,
      value: [aClient],
    });
  });

  it('hands a window’s name on to the vault, so that a fresh proof holds for one', async () => {
    const { app, processes } = await anUnlockedApp();
    for (const id of ['window-7', 'window-8']) {
      const sender: AppSender = { kind: 'window', id, origin: RENDERER_ORIGIN, mainFrame: true };
      await app.dispatch(sender, request('clients.list'));
      expect(processes.last('vault').heard.at(-1)).toMatchObject({ call: 'clients.list', window: id });
    }
  });

  it('refuses a window’s name from outside, even its own', async () => {
    const { app, processes } = await anUnlockedApp();
    const before = processes.last('vault').heard.length;
    for (const window of ['window-7', 'window-8', '']) {
      const text = JSON.stringify({ call: 'clients.list', input: {}, session: null, window });
      expect(await app.dispatch(page(RENDERER_ORIGIN, true), text)).toMatchObject({
        error: { code: 'IPC_INPUT_INVALID', params: { where: 'window' } },
      });
    }
    expect(processes.last('vault').heard).toHaveLength(before);
  });

  it('refuses a session from outside, even the right one', async () => {
    const { app } = await anUnlockedApp();
    expect(await app.dispatch({ kind: 'command-line' }, request('clients.list', {}, SESSION))).toMatchObject({
      error: { code: 'IPC_INPUT_INVALID', params: { where: 'session' } },
    });
  });
});

describe('a vault call', () => {
  it('travels with the session and comes back', async () => {
    const { client, processes } = await anUnlockedApp();
    expect(await client.clients.list({})).toEqual([aClient]);
    expect(processes.last('vault').heard.at(-1)).toEqual({
      call: 'clients.list',
      input: {},
      session: SESSION,
      window: 'command-line',
    });
  });

  it('is refused while locked without waking the vault', async () => {
    const { client, processes } = createAppOverDoubles({});
    await expect(client.clients.list({})).rejects.toMatchObject({ code: 'SESSION_LOCKED' });
    expect(processes.started).toHaveLength(0);
  });

  it('is refused with invalid input before the vault hears of it', async () => {
    const { app, processes } = await anUnlockedApp();
    const before = processes.last('vault').heard.length;
    const reply = await app.dispatch({ kind: 'command-line' }, request('clients.add', { name: '', extra: 1 }));
    expect(reply).toMatchObject({ error: { code: 'IPC_INPUT_INVALID' } });
    expect(processes.last('vault').heard).toHaveLength(before);
  });

  it('cannot name a call of the process contracts', async () => {
    const { app } = await anUnlockedApp();
    for (const call of ['vaultOffice.close', 'staging.open', 'bank.identify', 'constructor.name', '__proto__.x'])
      expect(await app.dispatch({ kind: 'command-line' }, request(call))).toMatchObject({
        error: { code: 'IPC_CALL_UNKNOWN' },
      });
  });

  it('brings the error and the reference of the vault', async () => {
    const { client } = await anUnlockedApp({
      'clients.add': () => {
        throw new AppError('CLIENT_NAME_TAKEN', { name: 'Client' });
      },
    });
    await expect(client.clients.add({ name: 'Client' })).rejects.toMatchObject({
      code: 'CLIENT_NAME_TAKEN',
      params: { name: 'Client' },
    });
  });

  it('tells every window what it changed, once it succeeded', async () => {
    const { client, events } = await anUnlockedApp();
    events.length = 0;
    await client.clients.add({ name: 'Client' });
    await client.clients.list({});
    expect(events).toEqual([{ channel: 'clients.changed', payload: { clientId: CLIENT_ID } }]);
  });
});

describe('a call the host answers', () => {
  it('is authorised by the vault, with the call’s own permission', async () => {
    const { client, processes } = await anUnlockedApp();
    await client.jobs.cancel({ jobId: `job_${'0d'.repeat(10)}` as never });
    expect(processes.last('vault').heard.at(-1)).toMatchObject({
      call: 'vaultOffice.authorise',
      input: { channel: 'jobs.cancel', permission: 'signed-in', stepUp: false, window: 'command-line' },
      session: SESSION,
    });
  });

  it.each(HOST_CALLS)(
    '%s is one for which the vault is asked with its needs, before it does anything',
    async (channel, call) => {
      const asked: unknown[] = [];
      const { app, processes } = await anUnlockedApp({
        'vaultOffice.authorise': (input: unknown) => {
          asked.push(input);
          throw new AppError('SESSION_FORBIDDEN');
        },
      });
      const before = processes.last('vault').heard.length;
      expect(
        await app.dispatch(page(RENDERER_ORIGIN, true), request(channel, sampleInput(call.input, '/nowhere'))),
      ).toMatchObject({
        error: { code: 'SESSION_FORBIDDEN' },
      });
      const { permission, stepUp } = call;
      expect(asked).toEqual([{ channel, permission, stepUp, window: 'window-7' }]);
      // A refusal has an entry, after which the office's state is kept anew.
      const heard = processes.last('vault').heard.slice(before);
      expect(heard.filter((one) => one.call !== 'vaultOffice.anchor')).toHaveLength(1);
    },
  );

  it('is refused as the vault says', async () => {
    const { client } = await anUnlockedApp({
      'vaultOffice.authorise': () => {
        throw new AppError('SESSION_FORBIDDEN');
      },
    });
    await expect(client.jobs.cancel({ jobId: `job_${'0d'.repeat(10)}` as never })).rejects.toMatchObject({
      code: 'SESSION_FORBIDDEN',
    });
  });
});

describe('locking', () => {
  it('closes and kills the vault, tells the windows, and refuses what follows', async () => {
    const { app, client, processes, events } = await anUnlockedApp();
    const vault = processes.last('vault');
    events.length = 0;
    await app.lock('screen-lock');
    expect(vault.heard.at(-1)?.call).toBe('vaultOffice.close');
    expect(vault.alive).toBe(false);
    expect(events).toMatchObject([
      { channel: 'office.statusChanged', payload: { state: 'locked', lockReason: 'screen-lock', user: null } },
    ]);
    await expect(client.clients.list({})).rejects.toMatchObject({ code: 'SESSION_LOCKED' });
  });

  it('kills the connector too', async () => {
    const { app, client, processes } = await anUnlockedApp();
    const identify = client.connections
      .identify({ issuer: 'https://a.example', resourceBase: 'https://a.example', authorityPem: null })
      .catch((error: unknown) => error);
    await vi.waitFor(() => expect(processes.started.some(({ name }) => name === 'connector')).toBe(true));
    await app.lock('user');
    expect(processes.last('connector').alive).toBe(false);
    expect(await identify).toMatchObject({ code: 'SESSION_LOCKED' });
  });

  it('does not wait for a vault that does not close', async () => {
    const { app, processes, time } = await anUnlockedApp({ 'vaultOffice.close': () => new Promise(() => undefined) });
    const vault = processes.last('vault');
    const locked = app.lock('suspend');
    await vi.waitFor(() => expect(vault.heard.at(-1)?.call).toBe('vaultOffice.close'));
    time.advance(2_000);
    await locked;
    expect(vault.alive).toBe(false);
  });

  it('happens after the office’s idle time, counted from the last input', async () => {
    const { app, time, processes, client } = await anUnlockedApp();
    const vault = processes.last('vault');
    time.advance(4 * 60_000);
    app.activity();
    time.advance(4 * 60_000);
    await client.clients.list({});
    expect(vault.alive).toBe(true);
    time.advance(60_000);
    await vi.waitFor(() => expect(vault.alive).toBe(false));
    expect((await client.office.status({})).lockReason).toBe('idle');
  });

  it('does not happen by idleness where nobody can be idle, not even in one long call', async () => {
    let answer = (_clients: unknown[]): void => undefined;
    const list = new Promise((resolve) => (answer = resolve));
    const { app, client, processes, time } = await anUnlockedApp({ 'clients.list': () => list }, { idleLock: false });
    const vault = processes.last('vault');
    const asked = client.clients.list({});
    await vi.waitFor(() => expect(vault.heard.at(-1)?.call).toBe('clients.list'));
    time.advance(60 * 60_000);
    app.activity();
    answer([aClient]);
    expect(await asked).toEqual([aClient]);
    expect((await client.office.status({})).state).toBe('unlocked');
    await app.lock('user');
    expect(vault.alive).toBe(false);
  });

  it('happens at the first input after a sleep that was longer', async () => {
    const { app, time, processes } = await anUnlockedApp();
    const vault = processes.last('vault');
    time.setBackOrForth(6 * 60_000);
    app.activity();
    await vi.waitFor(() => expect(vault.alive).toBe(false));
  });

  it('gains nothing from a clock set back', async () => {
    const { time, processes } = await anUnlockedApp();
    const vault = processes.last('vault');
    time.setBackOrForth(-3_600_000);
    time.advance(5 * 60_000);
    await vi.waitFor(() => expect(vault.alive).toBe(false));
  });

  it.each(LOCK_TIMES)('happens after fifteen minutes at the latest, whatever %s is asked for', (_, { input }) => {
    const asked = sampleInput(input, '/nowhere') as object;
    const accepts = (lockAfterMinutes: number) => input.safeParse({ ...asked, lockAfterMinutes }).success;
    expect([1, 5, 15].map(accepts)).toEqual([true, true, true]);
    expect([16, 60, 1e9, 0, -1, 0.5, Infinity, NaN].filter(accepts)).toEqual([]);
  });

  it('follows a changed lock time at once', async () => {
    const { client, time, processes, events } = await anUnlockedApp({ 'office.setPreferences': () => ({}) });
    const vault = processes.last('vault');
    await client.office.setPreferences({ lockAfterMinutes: 1 });
    expect(events.at(-1)).toMatchObject({ payload: { state: 'unlocked', lockAfterMinutes: 1 } });
    time.advance(60_000);
    await vi.waitFor(() => expect(vault.alive).toBe(false));
  });
});

describe('a crash of the vault', () => {
  it('locks the office, says so, and unlocks again in a fresh process', async () => {
    const { client, processes, events, time } = await anUnlockedApp();
    processes.last('vault').crash();
    const again = client.office.status({});
    await Promise.resolve();
    time.advance(250);
    expect(await again).toMatchObject({ state: 'locked', lockReason: 'process-crashed' });
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ payload: { lockReason: 'process-crashed' } }));
    expect(await client.office.unlock(anUnlocking())).toMatchObject({ state: 'unlocked', lockReason: null });
    expect(await client.clients.list({})).toEqual([aClient]);
  });

  it('is shown as the office’s problem when it never stops', async () => {
    const { client, processes, time } = createAppOverDoubles({
      'vaultOffice.inspect': () => new Promise(() => undefined),
    });
    for (let crash = 0; crash < 5; crash += 1) {
      const status = client.office.status({});
      const before = processes.started.length;
      await Promise.resolve();
      time.advance(8_000);
      await vi.waitFor(() => expect(processes.started.length).toBeGreaterThan(before - 1));
      await vi.waitFor(() => expect(processes.last('vault').heard.length).toBeGreaterThan(0));
      processes.last('vault').crash();
      expect(await status).toMatchObject({ state: 'locked', problem: { code: 'PROCESS_CRASHED' } });
    }
  });
});

describe('closing', () => {
  it('ends every process and tells nobody', async () => {
    const { app, processes, events, time } = await anUnlockedApp();
    events.length = 0;
    await app.close();
    expect(processes.started.some(({ alive }) => alive)).toBe(false);
    expect(events).toEqual([]);
    expect(time.waits()).toEqual([]);
    await app.close();
  });
});
