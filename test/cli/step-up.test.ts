// A call that asks for a fresh proof is repeated once after it, and never more often.
import { expect, test, vi } from 'vitest';
import { provingAfresh } from '../../electron/cli/step-up.ts';

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
