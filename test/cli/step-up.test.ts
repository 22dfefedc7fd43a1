// A call that asks for a fresh proof is repeated once after it, and never more often.
import { expect, test, vi } from 'vitest';
import { parseArguments } from '../../electron/cli/arguments.ts';
import { createSealedSecrets } from '../../electron/cli/sealed-secrets.ts';
import { proveAfresh, type Entrance } from '../../electron/cli/signing-in.ts';
import { provingAfresh } from '../../electron/cli/step-up.ts';
import type { CallChannel } from '../../shared/ipc/channels.gen.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { createAppDouble, DOUBLE_PASSWORD } from '../builders/app-double.ts';

const refusal = (code: string) => ({ ok: false, error: { code, params: {}, retryable: false, ref: null } });
const STALE = refusal('SESSION_STEP_UP_REQUIRED');

function answering(...replies: unknown[]) {
  const call = vi.fn((_channel: string, _input: unknown) => Promise.resolve(replies.shift()));
  const subscribe = vi.fn(() => () => undefined);
  const prove = vi.fn(() => Promise.resolve());
  return { call, prove, subscribe, transport: provingAfresh({ call, subscribe }, prove) };
}

test('a refused call is proven and repeated with the same words', async () => {
  const { call, prove, transport } = answering(STALE, { ok: true, value: 7 });
  expect(await transport.call('security.rotate', { what: 'all' })).toEqual({ ok: true, value: 7 });
  expect(prove).toHaveBeenCalledOnce();
  expect(call.mock.calls).toEqual([
    ['security.rotate', { what: 'all' }],
    ['security.rotate', { what: 'all' }],
  ]);
});

test('a second refusal stands', async () => {
  const { call, prove, transport } = answering(STALE, STALE);
  expect(await transport.call('users.remove', {})).toEqual(STALE);
  expect([prove, call].map(({ mock }) => mock.calls.length)).toEqual([1, 2]);
});

test.each([{ ok: true, value: null }, refusal('SESSION_FORBIDDEN'), 'no reply at all'])(
  'nobody is asked after %o',
  async (reply) => {
    const { call, prove, transport } = answering(reply);
    expect(await transport.call('users.list', {})).toEqual(reply);
    expect([prove, call].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  },
);

test('a proof that fails is the call’s failure, and the call is not repeated', async () => {
  const { call, prove, transport } = answering(STALE);
  prove.mockRejectedValue(new TypeError('wrong code'));
  await expect(transport.call('users.remove', {})).rejects.toThrow('wrong code');
  expect(call).toHaveBeenCalledOnce();
});

test('events are heard as before', () => {
  const { subscribe, transport } = answering();
  const listener = (): void => undefined;
  transport.subscribe('users.changed', listener);
  expect(subscribe).toHaveBeenCalledWith('users.changed', listener);
});

/** A command on the double, and what it said. */
function aCommand(options: { readonly proven: boolean }) {
  const double = createAppDouble(options);
  const said: string[] = [];
  const call = (channel: string, input: unknown) => double.call(channel as CallChannel, input);
  const transport = provingAfresh({ call, subscribe: () => () => undefined }, () => proveAfresh(entrance));
  const app = createClient(contract, transport);
  const entrance: Entrance = {
    app,
    secrets: createSealedSecrets(app),
    args: parseArguments([]),
    password: () => Promise.resolve(DOUBLE_PASSWORD),
    say: (sentence) => void said.push(sentence),
  };
  return { app, double, said };
}

test('a backup is written after a fresh proof', async () => {
  const { app, double, said } = aCommand({ proven: false });
  await app.backups.create({ path: '/stick/office.age', passphrase: null });
  expect(said).toEqual(['This step needs a fresh confirmation that it is you.']);
  expect(double.world.backups[0]).toMatchObject({ path: '/stick/office.age' });
});

test('a backup asks nothing more of who just signed in', async () => {
  const { app, said } = aCommand({ proven: true });
  await app.backups.create({ path: '/stick/office.age', passphrase: null });
  expect(said).toEqual([]);
});
