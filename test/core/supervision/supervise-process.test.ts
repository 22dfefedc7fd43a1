// Starting on demand, restarting with pauses, giving up, killing and time limits, with time and processes in the test's hand.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createProcessTransport } from '../../../electron/adapters/process/process-transport.ts';
import {
  restartPauseMs,
  superviseProcess,
  type SupervisedProcess,
} from '../../../electron/core/supervision/supervise-process.ts';
import { createFakeTime, type FakeTime } from '../../builders/fake-time.ts';
import { createMemoryProcesses, type MemoryProcesses } from '../../builders/memory-process.ts';

let time: FakeTime;
let processes: MemoryProcesses;
let supervised: SupervisedProcess;
const onCrash = vi.fn();
const log = vi.fn(() => '00000000');
const answers = {
  'a.echo': (input: unknown) => input,
  'a.session': (_: unknown, session: string | null) => session,
  'a.never': () => new Promise(() => undefined),
};

beforeEach(() => {
  vi.clearAllMocks();
  time = createFakeTime();
  processes = createMemoryProcesses({ vault: answers, connector: answers });
  supervised = superviseProcess({
    name: 'vault',
    spawn: processes.spawn,
    connect: createProcessTransport,
    onCrash,
    log,
    clock: time.clock,
    timer: time.timer,
    limitMs: (channel) => (channel === 'a.never' ? 1_000 : null),
  });
});

const echo = (): Promise<unknown> => supervised.call('a.echo', 1);
const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('a supervised process', () => {
  it('starts with the first call and only then', async () => {
    expect(processes.started).toHaveLength(0);
    await Promise.all([echo(), echo()]);
    expect(processes.started).toHaveLength(1);
  });

  it('starts again after a crash, with a pause, and reports it', async () => {
    await echo();
    processes.last('vault').crash();
    expect(onCrash).toHaveBeenCalledOnce();
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ event: 'process.crashed' }));
    const next = echo();
    expect(processes.started).toHaveLength(1);
    time.advance(249);
    await Promise.resolve();
    expect(processes.started).toHaveLength(1);
    time.advance(1);
    expect(await next).toEqual({ ok: true, value: 1 });
    expect(processes.started).toHaveLength(2);
  });

  it('fails what was waiting at a crash with PROCESS_CRASHED', async () => {
    const waiting = failure(supervised.call('a.never', null));
    await vi.waitFor(() => expect(processes.started).toHaveLength(1));
    processes.last('vault').crash();
    expect(await waiting).toMatchObject({ code: 'PROCESS_CRASHED', params: { process: 'vault' } });
  });

  it('gives up after five crashes in a minute and tries again later', async () => {
    for (let crash = 0; crash < 5; crash += 1) {
      const call = echo();
      time.advance(10_000);
      await call;
      processes.last('vault').crash();
    }
    expect(await failure(echo())).toMatchObject({ code: 'PROCESS_CRASHED' });
    expect(processes.started).toHaveLength(5);
    time.advance(60_000);
    await echo();
    expect(processes.started).toHaveLength(6);
  });

  it('kills at once; what was waiting fails as locked, and no crash is reported', async () => {
    const waiting = failure(supervised.call('a.never', null));
    await vi.waitFor(() => expect(processes.started).toHaveLength(1));
    supervised.kill();
    expect(processes.last('vault').alive).toBe(false);
    expect(await waiting).toMatchObject({ code: 'SESSION_LOCKED' });
    expect(onCrash).not.toHaveBeenCalled();
    await echo();
    expect(processes.started).toHaveLength(2);
  });

  it('forgets the session with the process', async () => {
    await echo();
    supervised.setSession('token');
    expect(await supervised.call('a.session', null)).toEqual({ ok: true, value: 'token' });
    supervised.kill();
    expect(await supervised.call('a.session', null)).toEqual({ ok: true, value: null });
  });

  it('kills a process that takes too long and says so', async () => {
    const waiting = failure(supervised.call('a.never', null));
    await vi.waitFor(() => expect(processes.started).toHaveLength(1));
    time.advance(1_000);
    expect(await waiting).toMatchObject({ code: 'PROCESS_TIMEOUT' });
    expect(processes.last('vault').alive).toBe(false);
    expect(onCrash).toHaveBeenCalledOnce();
  });

  it('leaves no timer behind an answered call', async () => {
    await echo();
    expect(time.waits()).toEqual([]);
  });
});

describe('restartPauseMs', () => {
  it.each([
    [[], 0],
    [[1_000], 250],
    [[900, 1_000], 500],
    [[800, 900, 1_000], 1_000],
    [[700, 800, 900, 1_000], 2_000],
    [[600, 700, 800, 900, 1_000], null],
  ])('after crashes at %j waits %s ms', (crashes, pause) => {
    expect(restartPauseMs(crashes, 1_000)).toBe(pause);
  });

  it('forgets crashes older than a minute', () => {
    expect(restartPauseMs([0, 1, 2, 3, 4], 60_004)).toBe(0);
  });
});
