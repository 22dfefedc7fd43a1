// The dispatcher checks sender, size, schema and session in that order, and nothing is thrown across it.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { call, event } from '../../../shared/ipc/call.ts';
import { createClient } from '../../../shared/ipc/client.ts';
import {
  createDispatch,
  MAX_REQUEST_LENGTH,
  type AuthoriseRequest,
  type DispatchFailure,
} from '../../../shared/ipc/dispatch.ts';

const contract = {
  ledger: {
    read: call(
      { permission: 'transactions.read' },
      z.strictObject({ page: z.int() }),
      z.strictObject({ rows: z.int() }),
    ),
    write: call({ permission: 'batches.write', audited: true }, z.strictObject({}), z.strictObject({})),
    find: call(
      { permission: 'transactions.read' },
      z.strictObject({ range: z.strictObject({ from: z.int(), until: z.int() }) }),
      z.strictObject({}),
    ),
    elsewhere: call({ permission: 'public', runsIn: 'host' }, z.strictObject({}), z.strictObject({})),
    changed: event(z.strictObject({})),
  },
};

interface Context {
  audited: boolean;
}

interface Options {
  rows?: unknown;
  audits?: boolean;
  refuse?: AppError;
  sender?: boolean;
  maxRequestLength?: number;
}

function createSubject(options: Options = {}) {
  const failures: DispatchFailure[] = [];
  const asked: (AuthoriseRequest & { readonly sender: string })[] = [];
  const dispatch = createDispatch<typeof contract, string, Context, 'vault'>({
    contract,
    runsIn: 'vault',
    handlers: {
      ledger: {
        read: ({ page }) => ({ rows: (options.rows as number | undefined) ?? page * 10 }),
        write: (_, context) => {
          context.audited = options.audits ?? true;
          return {};
        },
        find: () => ({}),
      },
    },
    ...(options.maxRequestLength === undefined ? {} : { maxRequestLength: options.maxRequestLength }),
    acceptsSender: () => options.sender ?? true,
    authorise: (request, sender) => {
      asked.push({ ...request, sender });
      const { session } = request;
      if (options.refuse) throw options.refuse;
      if (session !== 'good') throw new AppError('SESSION_LOCKED');
      return { audited: false };
    },
    assertAudited: (channel, context) => {
      if (!context.audited) throw new TypeError(`${channel} left no audit entry`);
    },
    onFailure: (failure) => {
      failures.push(failure);
      return 'ref';
    },
  });
  const send = (request: unknown) =>
    dispatch('sender', typeof request === 'string' ? request : JSON.stringify(request));
  return { send, failures, asked };
}

const read = (page: unknown, session: string | null = 'good') => ({
  call: 'ledger.read',
  input: { page },
  session,
  window: null,
});

describe('dispatch', () => {
  test('answers a good call', async () => {
    expect(await createSubject().send(read(3))).toEqual({ ok: true, value: { rows: 30 } });
  });

  test.each([
    ['a sender that is not ours', { sender: false }, read(1), 'IPC_SENDER_REFUSED'],
    ['text that is not JSON', {}, '{', 'IPC_INPUT_INVALID'],
    ['an envelope with more in it', {}, { ...read(1), extra: 1 }, 'IPC_INPUT_INVALID'],
    ['a call that does not exist', {}, { ...read(1), call: 'ledger.nothing' }, 'IPC_CALL_UNKNOWN'],
    ['a name from the prototype', {}, { ...read(1), call: '__proto__.toString' }, 'IPC_CALL_UNKNOWN'],
    ['an event', {}, { ...read(1), call: 'ledger.changed' }, 'IPC_CALL_UNKNOWN'],
    [
      'a call that runs elsewhere',
      {},
      { call: 'ledger.elsewhere', input: {}, session: 'good', window: null },
      'IPC_CALL_UNKNOWN',
    ],
    ['input of the wrong shape', {}, read('1'), 'IPC_INPUT_INVALID'],
    ['no session', {}, read(1, null), 'SESSION_LOCKED'],
    ['a refused role', { refuse: new AppError('SESSION_FORBIDDEN') }, read(1), 'SESSION_FORBIDDEN'],
  ])('refuses %s', async (_, options, request, code) => {
    expect(await createSubject(options).send(request)).toMatchObject({ ok: false, error: { code } });
  });

  test('refuses what is too large before reading it', async () => {
    expect(await createSubject().send(' '.repeat(MAX_REQUEST_LENGTH + 1))).toMatchObject({
      error: { code: 'IPC_TOO_LARGE' },
    });
  });

  test('a process may take more, and no more than it says', async () => {
    const { send } = createSubject({ maxRequestLength: 2 * MAX_REQUEST_LENGTH });
    const text = JSON.stringify(read(3));
    const spaces = (length: number): string => text + ' '.repeat(length - text.length);
    expect(await send(spaces(2 * MAX_REQUEST_LENGTH))).toEqual({ ok: true, value: { rows: 30 } });
    expect(await send(spaces(2 * MAX_REQUEST_LENGTH + 1))).toMatchObject({ error: { code: 'IPC_TOO_LARGE' } });
  });

  test('input is checked before the session, so that a bad request costs no key', async () => {
    expect(await createSubject().send(read('x', null))).toMatchObject({ error: { code: 'IPC_INPUT_INVALID' } });
  });

  test('a handler that answers out of shape is a bug, reported by reference and without detail', async () => {
    const { send, failures } = createSubject({ rows: 'many' });
    expect(await send(read(1))).toEqual({
      ok: false,
      error: { code: 'INTERNAL_UNEXPECTED', params: {}, retryable: false, ref: 'ref' },
    });
    expect(failures).toMatchObject([{ channel: 'ledger.read', expected: false }]);
  });

  test('an audited call without an entry fails', async () => {
    const request = { call: 'ledger.write', input: {}, session: 'good', window: null };
    expect(await createSubject().send(request)).toMatchObject({ ok: true });
    expect(await createSubject({ audits: false }).send(request)).toMatchObject({
      error: { code: 'INTERNAL_UNEXPECTED' },
    });
  });
});

describe('what is told', () => {
  test('authorisation hears who asks for what, from which window, with parsed input', async () => {
    const { send, asked } = createSubject();
    await send({ ...read(3), window: 'window-7' });
    expect(asked).toEqual([
      {
        channel: 'ledger.read',
        policy: contract.ledger.read,
        session: 'good',
        window: 'window-7',
        input: { page: 3 },
        sender: 'sender',
      },
    ]);
  });

  test.each([
    ['text that is no JSON', '{', { where: 'request' }],
    ['an envelope that is none', { call: 'ledger.read' }, { where: 'request' }],
    ['a call that does not exist', { ...read(1), call: 'ledger.nothing' }, { call: 'ledger.nothing' }],
    ['a field of the wrong shape', read('1'), { where: 'ledger.read page' }],
    ['input that is none', { ...read(1), input: 7 }, { where: 'ledger.read' }],
    [
      'two fields further down, of which it names the first',
      { ...read(1), call: 'ledger.find', input: { range: { from: 'a', until: 'b' } } },
      { where: 'ledger.find range.from' },
    ],
    ['a request too large', ' '.repeat(MAX_REQUEST_LENGTH + 1), { limit: String(MAX_REQUEST_LENGTH) }],
  ])('the error names what is wrong with %s', async (_, request, params) => {
    expect(await createSubject().send(request)).toMatchObject({ ok: false, error: { params } });
  });

  test('takes a request of just the largest size', async () => {
    const text = JSON.stringify(read(3));
    const reply = await createSubject().send(text + ' '.repeat(MAX_REQUEST_LENGTH - text.length));
    expect(reply).toEqual({ ok: true, value: { rows: 30 } });
  });

  test('every failure is heard, with the channel as soon as it is known, and leaves with its reference', async () => {
    const { send, failures } = createSubject({ refuse: new AppError('SESSION_FORBIDDEN') });
    expect(await send(read(1))).toMatchObject({ error: { code: 'SESSION_FORBIDDEN', ref: 'ref' } });
    await send('{');
    await send(read('1'));
    expect(failures).toMatchObject([
      { channel: 'ledger.read', expected: true, error: { code: 'SESSION_FORBIDDEN' } },
      { channel: '', expected: true, error: { code: 'IPC_INPUT_INVALID', cause: expect.any(SyntaxError) } },
      { channel: 'ledger.read', expected: true, error: { code: 'IPC_INPUT_INVALID', cause: expect.any(z.ZodError) } },
    ]);
  });

  test('a call that declares no entry owes none', async () => {
    expect(await createSubject({ audits: false }).send(read(1))).toMatchObject({ ok: true });
  });

  test('a dispatcher without handlers for its calls is a bug', async () => {
    const failures: DispatchFailure[] = [];
    const dispatch = createDispatch<typeof contract, string, Context, 'vault'>({
      contract,
      runsIn: 'vault',
      handlers: {} as never,
      acceptsSender: () => true,
      authorise: () => ({ audited: false }),
      onFailure: (failure) => {
        failures.push(failure);
        return null;
      },
    });
    expect(await dispatch('sender', JSON.stringify(read(1)))).toMatchObject({
      error: { code: 'INTERNAL_UNEXPECTED', ref: null },
    });
    expect(failures).toMatchObject([{ error: { message: 'no handler for ledger.read' } }]);
  });

  test('a dispatcher that is not told to look at entries looks at none', async () => {
    const dispatch = createDispatch<typeof contract, string, Context, 'vault'>({
      contract,
      runsIn: 'vault',
      handlers: { ledger: { read: () => ({ rows: 1 }), write: () => ({}), find: () => ({}) } },
      acceptsSender: () => true,
      authorise: () => ({ audited: false }),
      onFailure: () => null,
    });
    const request = { call: 'ledger.write', input: {}, session: null, window: null };
    expect(await dispatch('sender', JSON.stringify(request))).toEqual({ ok: true, value: {} });
  });
});

describe('client', () => {
  test('unwraps values, throws AppErrors, refuses a reply that is none', async () => {
    let reply: unknown = { ok: true, value: { rows: 1 } };
    const client = createClient(contract, { call: async () => reply, subscribe: () => () => undefined });
    expect(await client.ledger.read({ page: 1 })).toEqual({ rows: 1 });
    reply = { ok: false, error: { code: 'SESSION_LOCKED', params: {}, retryable: false, ref: null } };
    await expect(client.ledger.read({ page: 1 })).rejects.toMatchObject({ code: 'SESSION_LOCKED' });
    reply = 'nonsense';
    await expect(client.ledger.read({ page: 1 })).rejects.toMatchObject({ code: 'IPC_INPUT_INVALID' });
  });
});
