// "Sync now" over doubles of vault and connector: what is staged, committed, recorded, dropped, and what never happens.
import { describe, expect, test } from 'vitest';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Tokens } from '../../../shared/ipc/processes/connector-contract.ts';
import type { HostContext } from '../../../electron/core/app/host-context.ts';
import { createRunningJobs } from '../../../electron/core/jobs/running-jobs.ts';
import { createSync } from '../../../electron/core/sync/sync-connection.ts';
import { ConnectionId } from '../../../shared/model/ids.ts';

const CONNECTION = ConnectionId.parse('connection_00000000000000000001');
const ALICE = 'client_00000000000000000001';
const BOB = 'client_00000000000000000002';
const NOW = Date.parse('2026-06-01T12:00:00.000Z');

type Slice = { account: string | null; failed?: AppError; complete?: boolean; done?: boolean };

const ONE_FAILS: Slice[] = [
  { account: 'r1', failed: new AppError('BANK_SERVER_ERROR', { status: '503' }) },
  { account: 'r2', complete: true, done: true },
];

interface Options {
  slices?: Slice[];
  tokens?: Tokens;
  job?: Record<string, unknown>;
  /** Thrown by the n-th nextSlice, counted from 0. */
  throws?: Record<number, AppError>;
}

const TOKENS: Tokens = {
  accessToken: 'first',
  accessTokenExpiresAt: null,
  refreshToken: 'refresh',
  scope: 'accounts',
};

function createSubject(options: Options = {}) {
  const calls: string[] = [];
  const stored: string[] = [];
  const tries: Record<string, unknown>[] = [];
  let slice = 0;
  const job = {
    id: CONNECTION,
    details: {
      type: 'uk-open-banking',
      institution: 'Bank',
      issuer: 'https://b',
      resourceBase: 'https://b/a',
      clientId: 'c',
      authorityPem: null,
      practice: true,
    },
    pins: [],
    permissions: [],
    startDate: '2026-01-01',
    consentId: 'consent',
    paused: false,
    nextAllowed: null,
    accounts: [
      { resourceId: 'r1', name: 'One', clientId: ALICE, accountId: null, from: '2026-01-01' },
      { resourceId: 'r2', name: 'Two', clientId: BOB, accountId: null, from: '2026-01-01' },
    ],
    ...options.job,
  };
  const summary = ({ clientId, batchId }: { clientId: string; batchId: string }) => ({
    id: batchId,
    clientId,
    counts: { new: 3, known: 0, changed: 0, doubtful: 0 },
  });
  const vault = {
    vaultConnections: {
      job: async () => job,
      recordTry: async (input: Record<string, unknown>) => void tries.push(input),
    },
    staging: {
      open: async ({ clientId }: { clientId: string }) => ({ batchId: `batch-${clientId}` }),
      add: async ({ resourceId }: { resourceId: string }) => (calls.push(`add ${resourceId}`), { rows: 1 }),
      finish: async (input: { clientId: string; batchId: string; complete: string[] }) => (
        calls.push(`finish ${input.complete.join()}`),
        summary(input)
      ),
      drop: async ({ batchId }: { batchId: string }) => void calls.push(`drop ${batchId}`),
    },
    batches: {
      commit: async ({ batchId }: { batchId: string }) => void calls.push(`commit ${batchId}`),
      get: async (input: { clientId: string; batchId: string }) => summary(input),
    },
  };
  const slices = options.slices ?? [
    { account: 'r1', complete: true },
    { account: 'r2', complete: true, done: true },
  ];
  const connector = {
    bank: {
      beginFetch: async ({ tokens }: { tokens: Tokens }) => (
        calls.push(`fetch with ${tokens.accessToken}`),
        { jobId: 'job' }
      ),
      nextSlice: async () => {
        const index = slice++;
        const failure = options.throws?.[index];
        if (failure) throw failure;
        const { account, failed, complete = false, done = false } = slices[index % slices.length] as Slice;
        return {
          account,
          events: failed ? [] : [{}],
          complete,
          failed: failed ? toWireError(failed) : null,
          done,
          calls: index + 1,
          tls: null,
          payloadSha256: 'h',
          payloadBytes: 1,
        };
      },
      refresh: async () => (calls.push('refresh'), { tokens: { ...TOKENS, accessToken: 'second' } }),
    },
    connectorJobs: { cancel: async () => void calls.push('end job') },
  };
  const secrets = {
    get: async () => JSON.stringify({ certificatePem: 'c', privateKeyPem: 'k', tokens: options.tokens ?? TOKENS }),
    set: async (_: string, value: string) =>
      void stored.push((JSON.parse(value) as { tokens: Tokens }).tokens.accessToken),
  };
  let random = 0;
  const context = {
    vault,
    connector,
    secrets,
    emit: () => undefined,
    log: () => '',
    clock: { now: () => NOW, monotonic: () => 0 },
    random: (length: number) => new Uint8Array(length).fill(++random),
  } as unknown as HostContext;
  const jobs = createRunningJobs(context);
  return { sync: createSync(context, jobs), calls, stored, tries };
}

describe('sync', () => {
  test('stages a batch a client, commits both, records a good try', async () => {
    const { sync, calls, tries } = createSubject();
    const outcome = await sync.run(CONNECTION, false);
    expect(outcome).toMatchObject({ committed: true, failedAccounts: [] });
    expect(calls).toEqual([
      'fetch with first',
      'add r1',
      'add r2',
      'end job',
      'finish r1',
      'finish r2',
      `commit batch-${ALICE}`,
      `commit batch-${BOB}`,
    ]);
    expect(tries).toMatchObject([{ ok: true, committed: true, cause: null, newRows: 6, calls: 2 }]);
  });

  test('a dry run commits nothing and is recorded as a look; committing what it staged is the good try', async () => {
    const { sync, calls, tries } = createSubject();
    const look = await sync.run(CONNECTION, true);
    expect(look).toMatchObject({ committed: false });
    expect(calls.filter((one) => one.startsWith('commit'))).toEqual([]);
    expect(tries).toMatchObject([{ ok: true, committed: false, cause: null, newRows: 0, calls: 2 }]);
    await sync.commit(
      CONNECTION,
      look.batches.map(({ clientId, id }) => ({ clientId, batchId: id })),
    );
    expect(tries[1]).toMatchObject({ ok: true, committed: true, cause: null, newRows: 6, calls: 0 });
  });

  test('a look in which an account failed leaves no cause; committing what it staged does', async () => {
    const { sync, tries } = createSubject({ slices: ONE_FAILS });
    await sync.run(CONNECTION, true);
    await sync.commit(CONNECTION, []);
    expect(tries).toMatchObject([
      { ok: true, committed: false, cause: null },
      { ok: false, committed: true, cause: 'BANK_SERVER_ERROR' },
    ]);
  });

  test('a fully good sync after a failed account is a good try again, whatever an earlier look met', async () => {
    const slices = [...ONE_FAILS, { account: 'r1', complete: true }, { account: 'r2', complete: true, done: true }];
    const { sync, tries } = createSubject({ slices });
    await sync.run(CONNECTION, true);
    await sync.run(CONNECTION, false);
    await sync.commit(CONNECTION, []);
    expect(tries.slice(1)).toMatchObject([
      { ok: true, committed: true, cause: null },
      { ok: true, committed: true, cause: null },
    ]);
  });

  test('one bad account fails alone, is not complete, and makes the try no good one', async () => {
    const { sync, calls, tries } = createSubject({ slices: ONE_FAILS });
    const outcome = await sync.run(CONNECTION, false);
    expect(outcome.failedAccounts).toMatchObject([
      { resourceId: 'r1', name: 'One', error: { code: 'BANK_SERVER_ERROR' } },
    ]);
    expect(calls).toContain('finish ');
    expect(calls).toContain('finish r2');
    expect(tries).toMatchObject([
      {
        ok: false,
        committed: true,
        cause: 'BANK_SERVER_ERROR',
        causeParams: { status: '503' },
        nextAllowed: null,
        newRows: 6,
        calls: 2,
      },
    ]);
  });

  test.each([
    ['BANK_SERVER_ERROR', 'CONSENT_REVOKED', 'CONSENT_REVOKED'],
    ['TLS_PIN_MISMATCH', 'CONSENT_REVOKED', 'TLS_PIN_MISMATCH'],
    ['BANK_REFUSED', 'BANK_SERVER_ERROR', 'BANK_REFUSED'],
  ] as const)('of %s and %s the try records %s', async (first, second, cause) => {
    const slices = [
      { account: 'r1', failed: new AppError(first) },
      { account: 'r2', failed: new AppError(second), done: true },
    ];
    const { sync, tries } = createSubject({ slices });
    await sync.run(CONNECTION, false);
    expect(tries).toMatchObject([{ ok: false, cause }]);
  });

  test('a limited account says until when nothing is called', async () => {
    const retryAfter = '2026-06-01T12:02:00.000Z';
    const slices = [
      { account: 'r1', complete: true },
      { account: 'r2', failed: new AppError('BANK_RATE_LIMITED', { retryAfter }), done: true },
    ];
    const { sync, tries } = createSubject({ slices });
    await sync.run(CONNECTION, false);
    expect(tries).toMatchObject([{ ok: false, cause: 'BANK_RATE_LIMITED', nextAllowed: retryAfter }]);
  });

  test('an account that was not assigned is thrown away', async () => {
    const { sync, calls } = createSubject({
      slices: [
        { account: 'stranger', complete: true },
        { account: 'r1', complete: true, done: true },
      ],
    });
    await sync.run(CONNECTION, false);
    expect(calls.filter((one) => one.startsWith('add'))).toEqual(['add r1']);
  });

  test.each(['TLS_PIN_MISMATCH', 'TLS_CERTIFICATE_EXPIRED', 'BANK_REDIRECTED', 'CONSENT_EXPIRED'] as const)(
    '%s in the middle drops what was staged, records the cause, changes no token',
    async (code) => {
      const { sync, calls, tries, stored } = createSubject({ throws: { 1: new AppError(code) } });
      await expect(sync.run(CONNECTION, false)).rejects.toMatchObject({ code });
      expect(calls).toEqual(expect.arrayContaining([`drop batch-${ALICE}`, `drop batch-${BOB}`]));
      expect(calls.some((one) => one.startsWith('commit'))).toBe(false);
      expect(tries).toMatchObject([{ ok: false, cause: code, newRows: 0 }]);
      expect(stored).toEqual([]);
    },
  );

  test('a refused access token is renewed once, stored before it is used, and the fetch starts over', async () => {
    const { sync, calls, stored } = createSubject({ throws: { 1: new AppError('BANK_UNAUTHORISED') } });
    await sync.run(CONNECTION, false);
    expect(stored).toEqual(['second']);
    expect(calls.indexOf('fetch with second')).toBeGreaterThan(calls.indexOf('refresh'));
    expect(calls.filter((one) => one === 'refresh')).toHaveLength(1);
  });

  test('a second refusal is the end', async () => {
    const unauthorised = new AppError('BANK_UNAUTHORISED');
    const { sync, tries } = createSubject({ throws: { 0: unauthorised, 1: unauthorised } });
    await expect(sync.run(CONNECTION, false)).rejects.toMatchObject({ code: 'BANK_UNAUTHORISED' });
    expect(tries).toMatchObject([{ ok: false, cause: 'BANK_UNAUTHORISED' }]);
  });

  test('Retry-After becomes the instant before which nothing is called', async () => {
    const retryAfter = '2026-06-01T12:02:00.000Z';
    const limited = new AppError('BANK_RATE_LIMITED', { retryAfter });
    const first = createSubject({ throws: { 0: limited } });
    await expect(first.sync.run(CONNECTION, false)).rejects.toMatchObject({ code: 'BANK_RATE_LIMITED' });
    expect(first.tries).toMatchObject([{ nextAllowed: retryAfter }]);
    const second = createSubject({ job: { nextAllowed: retryAfter } });
    await expect(second.sync.run(CONNECTION, false)).rejects.toMatchObject({
      code: 'BANK_RATE_LIMITED',
      params: { retryAfter },
    });
    expect(second.calls.some((one) => one.startsWith('fetch'))).toBe(false);
  });

  test.each([
    ['a paused connection', { paused: true }, 'CONNECTION_NOT_READY'],
    ['nothing assigned', { accounts: [] }, 'SYNC_NOTHING_ASSIGNED'],
  ])('%s calls nobody', async (_, job, code) => {
    const { sync, calls } = createSubject({ job });
    await expect(sync.run(CONNECTION, false)).rejects.toMatchObject({ code });
    expect(calls).toEqual([]);
  });

  test('an expired access token is renewed before the first call', async () => {
    const tokens = { ...TOKENS, accessTokenExpiresAt: '2026-06-01T12:00:10.000Z' } as Tokens;
    const { sync, calls } = createSubject({ tokens });
    await sync.run(CONNECTION, false);
    expect(calls.slice(0, 2)).toEqual(['refresh', 'fetch with second']);
  });

  test('one connection syncs once at a time', async () => {
    const { sync } = createSubject();
    const first = sync.run(CONNECTION, true);
    await expect(sync.run(CONNECTION, true)).rejects.toMatchObject({ code: 'SYNC_ALREADY_RUNNING' });
    await first;
    await sync.run(CONNECTION, true);
  });
});
