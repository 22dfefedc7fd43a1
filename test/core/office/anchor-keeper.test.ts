// The state remembered outside the office's folder: one write at a time, the newest wins, and a keychain that fails stops nobody.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { OfficeId } from '../../../shared/model/ids.ts';
import { createAnchorKeeper, type AnchorKeeper } from '../../../electron/core/office/anchor-keeper.ts';
import type { LogEntry } from '../../../electron/core/ports/logger.ts';
import type { SecretStore } from '../../../electron/core/ports/secret-store.ts';

const OFFICE = OfficeId.parse(`office_${'0a'.repeat(10)}`);
const KEY = `office/${OFFICE}/anchor`;

/** A write or a question that waits until the test answers it. */
interface Waiting {
  readonly value: string;
  finish(): void;
  fail(error: Error): void;
}

let writes: Waiting[];
let questions: Waiting[];
let kept: Map<string, string>;
let log: LogEntry[];
let available: boolean;
let keeper: AnchorKeeper;

const waiting = (list: Waiting[], value: string, done: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    list.push({
      value,
      finish: () => {
        done();
        resolve();
      },
      fail: reject,
    });
  });

const secrets: SecretStore = {
  name: 'slow keychain',
  isAvailable: () => Promise.resolve(available),
  get: (key) => Promise.resolve(kept.get(key) ?? null),
  set: (key, value) => waiting(writes, value, () => void kept.set(key, value)),
  delete: () => Promise.resolve(),
};

beforeEach(() => {
  [writes, questions, kept, log, available] = [[], [], new Map(), [], true];
  let asked = 0;
  keeper = createAnchorKeeper({
    secrets,
    log: (entry) => String(log.push(entry)),
    current: async () => {
      const answer = `state ${(asked += 1)}`;
      await waiting(questions, answer, () => undefined);
      return answer;
    },
  });
});

const next = async (list: Waiting[], index: number): Promise<Waiting> => await vi.waitUntil(() => list[index]);

describe('keeping', () => {
  it('writes under the office’s name and reads it back', async () => {
    const done = keeper.keep(OFFICE, 'one');
    (await next(writes, 0)).finish();
    await done;
    expect(kept.get(KEY)).toBe('one');
    expect(await keeper.read(OFFICE)).toBe('one');
  });

  it('never writes two at once: what came meanwhile is written after, and only the newest', async () => {
    const one = keeper.keep(OFFICE, 'one');
    const write = await next(writes, 0);
    const others = ['two', 'three', 'four'].map((anchor) => keeper.keep(OFFICE, anchor));
    expect(writes).toHaveLength(1);
    write.finish();
    (await next(writes, 1)).finish();
    await Promise.all([one, ...others]);
    expect(writes.map(({ value }) => value)).toEqual(['one', 'four']);
    expect(kept.get(KEY)).toBe('four');
  });

  it('goes on after a keychain that failed, and the log says so', async () => {
    const failed = keeper.keep(OFFICE, 'one');
    (await next(writes, 0)).fail(new AppError('KEYCHAIN_FAILED'));
    await failed;
    expect(log).toMatchObject([{ level: 'warn', event: 'anchor.not-kept' }]);
    const good = keeper.keep(OFFICE, 'two');
    (await next(writes, 1)).finish();
    await good;
    expect(kept.get(KEY)).toBe('two');
  });

  it('keeps nothing without a keychain, and reads nothing', async () => {
    kept.set(KEY, 'left over');
    available = false;
    await keeper.keep(OFFICE, 'one');
    expect(writes).toEqual([]);
    expect(await keeper.read(OFFICE)).toBeNull();
    expect(log).toEqual([]);
  });
});

describe('refreshing', () => {
  it('keeps what the vault says now', async () => {
    keeper.refresh(OFFICE);
    (await next(questions, 0)).finish();
    (await next(writes, 0)).finish();
    await vi.waitFor(() => expect(kept.get(KEY)).toBe('state 1'));
  });

  it('asks once more after any number of calls meanwhile', async () => {
    for (let call = 0; call < 50; call += 1) keeper.refresh(OFFICE);
    (await next(questions, 0)).finish();
    const write = await next(writes, 0);
    for (let call = 0; call < 50; call += 1) keeper.refresh(OFFICE);
    write.finish();
    (await next(questions, 1)).finish();
    (await next(writes, 1)).finish();
    await vi.waitFor(() => expect(kept.get(KEY)).toBe('state 2'));
    expect([questions.length, writes.length]).toEqual([2, 2]);
  });

  it('that was overtaken by a lock says nothing, and asks again afterwards', async () => {
    keeper.refresh(OFFICE);
    (await next(questions, 0)).fail(new AppError('SESSION_LOCKED'));
    await vi.waitFor(async () => {
      keeper.refresh(OFFICE);
      await Promise.resolve();
      expect(questions).toHaveLength(2);
    });
    expect(log).toEqual([]);
  });

  it('that fails otherwise is in the log', async () => {
    keeper.refresh(OFFICE);
    (await next(questions, 0)).fail(new AppError('PROCESS_CRASHED'));
    await vi.waitFor(() => expect(log).toMatchObject([{ level: 'warn', event: 'anchor.not-asked' }]));
  });
});
