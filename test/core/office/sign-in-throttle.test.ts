// Guessing is slow: ten tries, then 30 minutes and growing, and the next one who signs in is told. @see security.md §3 row 16
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { OfficeId } from '../../../shared/model/ids.ts';
import { waitAfter } from '../../../electron/core/office/tries-record.ts';
import {
  createSignInThrottles,
  RECOVERY_USER,
  type UntoldTries,
} from '../../../electron/core/office/sign-in-throttle.ts';
import { ANNA, BELA, failing, FREE, LAST_TRY, MINUTE, OFFICE, waits, ThrottleBench } from './throttle-bench.ts';

let bench: ThrottleBench;
beforeEach(() => {
  bench = new ThrottleBench();
});

describe('ten wrong tries', () => {
  it('are possible, counted down for the screen, and the eleventh is not made', async () => {
    expect(await bench.view()).toEqual(FREE);
    for (let left = 9; left >= 1; left -= 1) {
      await bench.failTimes(1);
      expect(await bench.view()).toEqual({ triesLeft: left, waitSeconds: null });
    }
    await bench.failTimes(1);
    expect(await bench.view()).toEqual(waits(30));
    let isMade = false;
    const eleventh = bench.throttle.signIn(ANNA, () => Promise.resolve((isMade = true)));
    await expect(eleventh).rejects.toMatchObject({
      code: 'SESSION_LOCKED_OUT',
      params: { minutes: '30', seconds: '1800' },
    });
    expect(isMade).toBe(false);
  });

  it('lock out for half an hour to the second', async () => {
    await bench.failTimes(10);
    bench.time.advance(30 * MINUTE - 1_000);
    expect(await bench.fail()).toMatchObject({ code: 'SESSION_LOCKED_OUT', params: { minutes: '1', seconds: '1' } });
    bench.time.advance(1_000);
    expect(await bench.view()).toEqual(LAST_TRY);
    await bench.succeed();
    expect(await bench.view()).toEqual(FREE);
  });

  it('lock out nobody else', async () => {
    await bench.failTimes(10);
    expect(await bench.view(BELA)).toEqual(FREE);
    await bench.succeed(BELA);
    expect(await bench.view()).toEqual(waits(30));
  });

  it('of the recovery key lock out the recovery key', async () => {
    await bench.failTimes(10, RECOVERY_USER);
    expect(await bench.fail(RECOVERY_USER)).toMatchObject({ code: 'SESSION_LOCKED_OUT' });
    expect(await bench.fail(ANNA)).toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
  });

  it('tried at once are ten as well', async () => {
    let made = 0;
    const tries = Array.from({ length: 25 }, () =>
      bench.throttle
        .signIn(ANNA, () => {
          made += 1;
          return failing('SESSION_WRONG_CREDENTIALS')();
        })
        .catch((error: AppError) => error.code),
    );
    const codes = await Promise.all(tries);
    expect(made).toBe(10);
    expect(codes.filter((code) => code === 'SESSION_LOCKED_OUT')).toHaveLength(15);
  });
});

describe('the wait', () => {
  it('doubles with every further failure, up to a day', async () => {
    await bench.failTimes(10);
    for (const minutes of [30, 60, 120, 240, 480, 960, 1440, 1440]) {
      expect(await bench.view()).toEqual(waits(minutes));
      bench.time.advance(minutes * MINUTE);
      await bench.failTimes(1);
    }
  });

  it('is what the number of tries says, however large', () => {
    expect([0, 1, 9].map(waitAfter)).toEqual([0, 0, 0]);
    expect([10, 11, 16, 17, 5_000].map((tries) => waitAfter(tries) / MINUTE)).toEqual([30, 60, 1440, 1440, 1440]);
  });

  it('is not made longer by trying while it runs', async () => {
    await bench.failTimes(10);
    bench.time.advance(10 * MINUTE);
    for (let tried = 0; tried < 5; tried += 1) expect(await bench.fail()).toMatchObject({ code: 'SESSION_LOCKED_OUT' });
    expect(await bench.view()).toEqual(waits(20));
  });

  it('ends with a success: the count begins anew', async () => {
    await bench.failTimes(9);
    await bench.succeed();
    await bench.failTimes(9);
    expect(await bench.view()).toEqual(LAST_TRY);
  });
});

describe('a try at which nothing was tried', () => {
  it.each([
    'OFFICE_IN_USE',
    'VAULT_DISK_FULL',
    'VAULT_ROLLED_BACK',
    'SESSION_SECRET_STALE',
    'FACTOR_DEVICE_ABSENT',
  ] as const)('because of %s is not counted', async (code) => {
    await bench.failTimes(9);
    const untold = bench.file.text;
    expect(await bench.fail(ANNA, code)).toMatchObject({ code });
    expect(bench.file.text).toBe(untold);
    expect(await bench.view()).toEqual(LAST_TRY);
  });

  it.each(['SESSION_WRONG_CREDENTIALS', 'FACTOR_CODE_WRONG', 'PROCESS_CRASHED', 'SESSION_LOCKED'] as const)(
    'is not one that failed with %s',
    async (code) => {
      await bench.fail(ANNA, code);
      expect(await bench.view()).toEqual({ triesLeft: 9, waitSeconds: null });
    },
  );

  it('takes no other one’s count away: tries are made one after the other', async () => {
    let fail: (error: AppError) => void = () => undefined;
    const first = bench.throttle.signIn(ANNA, () => new Promise((_, reject) => (fail = reject)));
    const second = bench.fail();
    await vi.waitFor(() => expect(bench.file.text).toContain('"tries":1'));
    fail(new AppError('OFFICE_IN_USE'));
    await expect(first).rejects.toMatchObject({ code: 'OFFICE_IN_USE' });
    await second;
    expect(await bench.view()).toEqual({ triesLeft: 9, waitSeconds: null });
  });

  it('is not one that met a bug', async () => {
    await expect(bench.throttle.signIn(ANNA, () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
    expect(await bench.view()).toEqual({ triesLeft: 9, waitSeconds: null });
  });
});

describe('a proof within a session', () => {
  it('is throttled like a sign-in, and forgets the tries when it succeeds', async () => {
    await bench.failTimes(4);
    await expect(bench.throttle.prove(ANNA, failing('FACTOR_CODE_WRONG'))).rejects.toMatchObject({
      code: 'FACTOR_CODE_WRONG',
    });
    expect(await bench.view()).toEqual({ triesLeft: 5, waitSeconds: null });
    expect(await bench.throttle.prove(ANNA, () => Promise.resolve('proven'))).toBe('proven');
    expect(await bench.view()).toEqual(FREE);
  });

  it.each(['VAULT_DISK_FULL', 'VAULT_IO', 'OFFICE_IN_USE', 'OFFICE_FOLDER_NOT_WRITABLE'] as const)(
    'that fails with %s is counted: the entry on a wrong secret may be what failed',
    async (code) => {
      await expect(bench.throttle.prove(ANNA, failing(code))).rejects.toMatchObject({ code });
      expect(await bench.view()).toEqual({ triesLeft: 9, waitSeconds: null });
    },
  );

  it.each(['KEYCHAIN_UNAVAILABLE', 'SESSION_PASSWORD_TOO_SHORT', 'FACTOR_DEVICE_ABSENT'] as const)(
    'that fails with %s is not',
    async (code) => {
      await expect(bench.throttle.prove(ANNA, failing(code))).rejects.toMatchObject({ code });
      expect(await bench.view()).toEqual(FREE);
    },
  );

  it('leaves the alerts to the next sign-in', async () => {
    await bench.failTimes(2, BELA);
    await bench.throttle.prove(ANNA, () => Promise.resolve());
    expect(await bench.succeed()).toMatchObject([{ userId: BELA, tries: 2 }]);
  });
});

describe('the next one who signs in', () => {
  it('is told of everybody’s failed tries, once, and not of her own one that succeeded', async () => {
    await bench.failTimes(2, BELA);
    bench.time.advance(MINUTE);
    await bench.failTimes(1, BELA);
    await bench.failTimes(10, ANNA);
    bench.time.advance(30 * MINUTE);
    bench.startProgram();
    const untold = await bench.succeed();
    expect([...untold].sort((one, other) => other.tries - one.tries)).toEqual<UntoldTries[]>([
      {
        userId: ANNA,
        tries: 10,
        firstAt: '2026-01-31T08:01:00.000Z' as never,
        lastAt: '2026-01-31T08:01:00.000Z' as never,
        lockedOut: true,
      },
      {
        userId: BELA,
        tries: 3,
        firstAt: '2026-01-31T08:00:00.000Z' as never,
        lastAt: '2026-01-31T08:01:00.000Z' as never,
        lockedOut: false,
      },
    ]);
    bench.startProgram();
    expect(await bench.succeed()).toEqual([]);
    expect(await bench.view(BELA)).toEqual({ triesLeft: 7, waitSeconds: null });
  });

  it('is told of new ones only', async () => {
    await bench.failTimes(11 - 1, BELA);
    await bench.succeed();
    bench.time.advance(30 * MINUTE);
    await bench.failTimes(1, BELA);
    expect(await bench.succeed()).toMatchObject([{ userId: BELA, tries: 1, lockedOut: true }]);
  });

  it('is told what either place remembers', async () => {
    await bench.failTimes(2, BELA);
    const belas = bench.file.text;
    [bench.file.text, bench.keychain.text] = [null, null];
    bench.startProgram();
    await bench.failTimes(1, ANNA);
    bench.file.text = belas;
    bench.startProgram();
    const told = new Map((await bench.succeed()).map(({ userId, tries }) => [userId, tries]));
    expect(told).toEqual(
      new Map([
        [ANNA, 1],
        [BELA, 2],
      ]),
    );
  });

  it('keeps being told while nobody succeeds', async () => {
    await bench.failTimes(3, BELA);
    await bench.fail(ANNA);
    expect(new Set((await bench.succeed(ANNA)).map(({ tries }) => tries))).toEqual(new Set([1, 3]));
  });
});

describe('the throttle of an office', () => {
  const OTHER_OFFICE = OfficeId.parse(`office_${'0b'.repeat(10)}`);

  it('is one for the whole run: whoever empties both places meanwhile, or asks twice at once, gains nothing', async () => {
    const { file, keychain, time } = bench;
    const throttleOf = createSignInThrottles({
      stores: [file, keychain],
      clock: time.clock,
      uptime: () => time.clock.monotonic(),
      log: () => '',
    });
    for (let tried = 0; tried < 10; tried += 1) {
      const wrong = throttleOf(OFFICE).signIn(ANNA, failing('SESSION_WRONG_CREDENTIALS'));
      await expect(wrong).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
    }
    [file.text, keychain.text] = [null, null];
    const next = () => throttleOf(OFFICE).signIn(ANNA, () => Promise.resolve());
    await expect(next()).rejects.toMatchObject({ code: 'SESSION_LOCKED_OUT' });
    expect(throttleOf(OFFICE)).toBe(throttleOf(OFFICE));
    expect(throttleOf(OTHER_OFFICE)).not.toBe(throttleOf(OFFICE));
  });
});
