// Jobs: one kind cannot be used as another, a failed or forgotten one lets go, and what was seen is counted in order.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createConnectorHandlers, type ConnectorOptions } from '../../../electron/core/connector/connector-handlers.ts';
import { Jobs, type Job } from '../../../electron/core/connector/jobs.ts';
import type { BankAdapter, BankSession } from '../../../electron/core/ports/bank-adapter.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Endpoint } from '../../../shared/ipc/processes/connector-contract.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { JobId } from '../../../shared/model/ids.ts';
import { aFakeHttp, SOME_TLS } from '../../adapters/banks/responses.ts';
import { aSession, someTokens } from '../../adapters/banks/uk-open-banking/session.ts';

let lastJob = 0;
const random = (length: number): Uint8Array => new Uint8Array(length).fill((lastJob += 1));

const aJob = (): Job & { ended: number } => ({
  ended: 0,
  end() {
    this.ended += 1;
    return Promise.resolve();
  },
});

/** A timer whose waiting works a test may run. */
function aTimer() {
  const waiting = new Map<() => void, number>();
  return {
    waiting,
    timer: (afterMs: number, work: () => void) => {
      waiting.set(work, afterMs);
      return () => void waiting.delete(work);
    },
  };
}

describe('jobs', () => {
  it('are found by id until they end, once', async () => {
    const jobs = new Jobs({ random, timer: aTimer().timer });
    const job = aJob();
    const id = jobs.add(job);
    expect(await jobs.step(id, (found) => found)).toBe(job);
    await jobs.end(id);
    await jobs.end(id);
    expect(job.ended).toBe(1);
    await expect(jobs.step(id, () => 7)).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
  });

  it('end when a step fails', async () => {
    const jobs = new Jobs({ random, timer: aTimer().timer });
    const job = aJob();
    const id = jobs.add(job);
    const failing = jobs.step(id, () => Promise.reject(new AppError('BANK_TIMEOUT')));
    await expect(failing).rejects.toMatchObject({ code: 'BANK_TIMEOUT' });
    expect(job.ended).toBe(1);
  });

  it('that nobody asks for are ended, and asking postpones that', async () => {
    const { timer, waiting } = aTimer();
    const jobs = new Jobs({ random, timer });
    const job = aJob();
    const id = jobs.add(job);
    const [first] = waiting.keys();
    await jobs.step(id, () => 7);
    expect(waiting.size).toBe(1);
    expect([...waiting.keys()][0]).not.toBe(first);
    for (const work of waiting.keys()) work();
    expect(job.ended).toBe(1);
  });
});

describe('bank calls', () => {
  const endpoint: Endpoint = aSession(aFakeHttp(() => ({}))).endpoint;
  const fetchRequest = { endpoint, tokens: someTokens, consentId: 'c', attended: true, accounts: [] };

  function handlers(fetch: BankAdapter['fetch'], change: Partial<ConnectorOptions> = {}) {
    const closed: string[] = [];
    const http = aFakeHttp(() => ({ body: 'abc' }));
    const adapter: BankAdapter = {
      type: 'uk-open-banking',
      beginSignIn: () => Promise.reject(new AppError('BANK_UNREACHABLE')),
      refresh: (_session, tokens) => Promise.resolve(tokens),
      fetch,
      revoke: () => Promise.resolve(),
    };
    const made = createConnectorHandlers({
      adapters: [adapter],
      openHttpClient: (policy) => ({
        send: (request) => http.send(request),
        close: () => {
          closed.push(policy.origins.join());
          return Promise.resolve();
        },
      }),
      identifyServer: () => Promise.resolve({ identity: SOME_TLS, problem: null }),
      statements: {
        survey: () => Promise.reject(new TypeError('unused')) as never,
        preview: () => Promise.reject(new TypeError('unused')) as never,
        open: () => ({ reader: 'unknown', write: () => [], rest: () => [][Symbol.iterator]() }),
      },
      random,
      timer: aTimer().timer,
      ...change,
    });
    return { ...made, closed, http };
  }

  async function* twice({ http }: BankSession) {
    for (const resourceId of ['a', 'b']) {
      await http.send({ method: 'GET', url: 'https://bank.test/x', headers: {}, body: null });
      yield {
        resourceId,
        events: [],
        complete: true,
        failed: resourceId === 'b' ? new AppError('BANK_TIMEOUT') : null,
      };
    }
  }

  it('count calls and digest bodies in order, slice by slice', async () => {
    const { bank, closed } = handlers(twice);
    const jobId = JobId.parse((await bank.beginFetch(fetchRequest, null)).jobId);
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const seen = { tls: SOME_TLS, done: false };
    const first = { ...seen, account: 'a', failed: null, calls: 1, payloadBytes: 3, payloadSha256: sha('abc') };
    expect(await bank.nextSlice({ jobId }, null)).toMatchObject(first);
    const second = {
      account: 'b',
      failed: { code: 'BANK_TIMEOUT', ref: null },
      calls: 2,
      payloadSha256: sha('abcabc'),
    };
    expect(await bank.nextSlice({ jobId }, null)).toMatchObject(second);
    expect(closed).toEqual([]);
    expect(await bank.nextSlice({ jobId }, null)).toMatchObject({
      account: null,
      done: true,
      calls: 2,
      payloadBytes: 6,
    });
    expect(closed).toHaveLength(1);
  });

  it('say how many calls a failed fetch has spent', async () => {
    const { bank, closed } = handlers(async function* (session) {
      yield* twice(session);
      throw new AppError('BANK_RATE_LIMITED', { retryAfter: 'x' }, { retryable: true });
    });
    const jobId = JobId.parse((await bank.beginFetch(fetchRequest, null)).jobId);
    await bank.nextSlice({ jobId }, null);
    await bank.nextSlice({ jobId }, null);
    await expect(bank.nextSlice({ jobId }, null)).rejects.toMatchObject({
      code: 'BANK_RATE_LIMITED',
      params: { retryAfter: 'x', calls: '2' },
      retryable: true,
    });
    expect(closed).toHaveLength(1);
  });

  it('reach the hosts of their endpoint only', async () => {
    const { bank, closed } = handlers(twice);
    const there = {
      ...endpoint,
      issuer: 'https://login.bank.test/realm',
      resourceBase: 'https://api.bank.test:8443/aisp',
    };
    await bank.revoke({ endpoint: there, consentId: 'c' }, null);
    expect(closed).toEqual(['https://login.bank.test,https://api.bank.test:8443']);
  });

  it('let go of a sign-in that fails at its beginning', async () => {
    const { bank, closed } = handlers(twice);
    const ask = { endpoint, permissions: [], from: CalendarDate.parse('2026-01-01'), expiresAt: null };
    await expect(bank.beginSignIn(ask, null)).rejects.toMatchObject({ code: 'BANK_UNREACHABLE' });
    expect(closed).toHaveLength(1);
  });

  it('know the types they have an adapter for', async () => {
    const { bank } = handlers(twice, { adapters: [] });
    await expect(async () => bank.beginFetch(fetchRequest, null)).rejects.toMatchObject({
      code: 'CONNECTION_TYPE_UNKNOWN',
    });
  });

  it('identify both hosts of a connection and show the one with a problem', async () => {
    const problem = { code: 'TLS_WRONG_HOST' as const, params: {}, retryable: false, ref: null };
    const { bank } = handlers(twice, {
      identifyServer: ({ url }) =>
        Promise.resolve({ identity: { ...SOME_TLS, host: url }, problem: url.includes('api') ? problem : null }),
    });
    const address = { issuer: 'https://login.test/realm', resourceBase: 'https://api.test/aisp', authorityPem: null };
    expect(await bank.identify(address, null)).toEqual({
      identity: { ...SOME_TLS, host: 'https://api.test' },
      trusted: false,
      problem,
    });
    expect(await bank.identify({ ...address, resourceBase: 'https://login.test/aisp' }, null)).toMatchObject({
      trusted: true,
      identity: { host: 'https://login.test' },
    });
  });
});
