// Failed tries outlive restarts, lost memories and turned clocks. @see security.md §3 row 16
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { FakeTries } from '../../builders/fake-tries.ts';
import { ANNA, BELA, FREE, HOUR, LAST_TRY, MINUTE, waits, ThrottleBench } from './throttle-bench.ts';

let bench: ThrottleBench;
beforeEach(() => {
  bench = new ThrottleBench();
});

describe('a restart of the program', () => {
  it('changes nothing', async () => {
    await bench.failTimes(6);
    bench.startProgram();
    expect(await bench.view()).toEqual({ triesLeft: 4, waitSeconds: null });
    await bench.failTimes(4);
    bench.time.advance(10 * MINUTE);
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(20));
    expect(await bench.fail()).toMatchObject({ code: 'SESSION_LOCKED_OUT' });
  });

  it('between a count and its try leaves the try counted', async () => {
    for (let tried = 0; tried < 10; tried += 1) {
      bench.startProgram();
      const killed = new Promise<void>((resolve) => {
        void bench.throttle.signIn(ANNA, () => {
          resolve();
          return new Promise(() => undefined);
        });
      });
      await killed;
    }
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
  });

  it('of the computer neither, and the wait goes on from what was left', async () => {
    await bench.failTimes(10);
    bench.time.advance(10 * MINUTE);
    await bench.fail();
    bench.startComputer(8 * HOUR);
    const left = (await bench.view())?.waitSeconds ?? 0;
    expect(left).toBe(30 * 60);
    bench.time.advance(5 * MINUTE);
    expect(await bench.view()).toEqual(waits(25));
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(25));
    bench.time.advance(25 * MINUTE);
    expect(await bench.view()).toEqual(LAST_TRY);
  });
});

describe('turning the clock', () => {
  it.each([
    ['forward by a day', 24 * HOUR],
    ['forward by a year', 365 * 24 * HOUR],
    ['back by a day', -24 * HOUR],
  ])('%s gains nothing while the program runs', async (_, by) => {
    await bench.failTimes(10);
    bench.time.setBackOrForth(by);
    expect(await bench.view()).toEqual(waits(30));
    bench.time.setBackOrForth(-by);
    expect(await bench.view()).toEqual(waits(30));
  });

  it.each([
    ['forward by a day', 24 * HOUR],
    ['back by a day', -24 * HOUR],
  ])('%s gains nothing over a restart of the program', async (_, by) => {
    await bench.failTimes(10);
    bench.time.setBackOrForth(by);
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
    bench.time.setBackOrForth(-by);
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
  });

  it('and starting the computer anew gains nothing', async () => {
    await bench.failTimes(10);
    bench.startComputer(24 * HOUR);
    expect(await bench.view()).toEqual(waits(30));
    bench.time.setBackOrForth(48 * HOUR);
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
  });

  it('back makes nobody wait for the calendar to catch up', async () => {
    await bench.failTimes(10);
    bench.time.setBackOrForth(-365 * 24 * HOUR);
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
    bench.time.advance(30 * MINUTE);
    bench.startProgram();
    expect(await bench.view()).toEqual(LAST_TRY);
  });

  it('back again and again, so that no time seems to pass, gains nothing', async () => {
    await bench.failTimes(10);
    bench.time.advance(30 * MINUTE);
    bench.time.setBackOrForth(-30 * MINUTE);
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
  });

  it('while the computer sleeps: only time it was awake counts in a running program', async () => {
    await bench.failTimes(10);
    bench.time.setBackOrForth(HOUR);
    bench.uptimeAhead += HOUR;
    expect(await bench.view()).toEqual(waits(30));
  });
});

describe('a lost memory', () => {
  const places: [string, () => FakeTries][] = [
    ['the file of the office’s folder', () => bench.file],
    ['the item of the keychain', () => bench.keychain],
  ];

  it.each(places)('of %s gains nothing', async (_, place) => {
    await bench.failTimes(10);
    place().text = null;
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
  });

  it.each(places)('of %s is made good with the next try', async (_, place) => {
    await bench.failTimes(4);
    place().text = null;
    bench.startProgram();
    await bench.failTimes(1);
    expect(place().text).toBe(place() === bench.file ? bench.keychain.text : bench.file.text);
  });

  it.each(
    places.flatMap(([name, place]) =>
      ['', '{', 'null', '{"version":2}', '[]', '\u0000'.repeat(50)].map((text) => [name, text, place] as const),
    ),
  )('of %s that holds %j is no information: the other place decides', async (_, text, place) => {
    await bench.failTimes(10);
    place().text = text;
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
  });

  it.each(places)('of %s gains nothing when it cannot be read, and the log says so', async (_, place) => {
    await bench.failTimes(10);
    place().failReads = true;
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
    expect(bench.log).toContainEqual(expect.objectContaining({ level: 'warn', event: 'sign-in.tries-unreadable' }));
  });

  it('that was replaced by an earlier one gains nothing: the worse counts', async () => {
    await bench.failTimes(3);
    const earlier = bench.file.text;
    await bench.failTimes(7);
    bench.file.text = earlier;
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
  });

  it('of both while the program runs gains nothing', async () => {
    await bench.failTimes(10);
    [bench.file.text, bench.keychain.text] = [null, null];
    expect(await bench.view()).toEqual(waits(30));
  });

  it('of both between two runs is not noticed: whoever can delete both can copy the folder too, and nothing better is possible', async () => {
    await bench.failTimes(10);
    [bench.file.text, bench.keychain.text] = [null, null];
    bench.startProgram();
    expect(await bench.view()).toEqual(FREE);
  });
});

describe('a place that takes nothing', () => {
  it('leaves the other one, and the log says so', async () => {
    bench.file.failWrites = true;
    await bench.failTimes(10);
    expect(bench.file.text).toBeNull();
    expect(bench.log).toContainEqual(expect.objectContaining({ level: 'warn', event: 'sign-in.tries-not-written' }));
    bench.startProgram();
    expect(await bench.view()).toEqual(waits(30));
  });

  it('and no other: no try is made', async () => {
    [bench.file.failWrites, bench.keychain.failWrites] = [true, true];
    let isMade = false;
    await expect(bench.throttle.signIn(ANNA, () => Promise.resolve((isMade = true)))).rejects.toMatchObject({
      code: 'VAULT_DISK_FULL',
    });
    expect(isMade).toBe(false);
  });

  it('stays on the safe side after a success that it did not take', async () => {
    await bench.failTimes(5);
    bench.keychain.failWrites = true;
    await bench.succeed();
    bench.startProgram();
    expect(await bench.view()).toEqual({ triesLeft: 5, waitSeconds: null });
  });
});

describe('the two memories of one user', () => {
  it('add up to the worse in each respect', async () => {
    await bench.failTimes(3);
    const three = bench.file.text;
    await bench.succeed();
    bench.time.advance(MINUTE);
    await bench.failTimes(2);
    bench.file.text = three;
    bench.startProgram();
    const [told] = await bench.succeed();
    expect(told).toEqual({
      userId: ANNA,
      tries: 3,
      firstAt: '2026-01-31T08:00:00.000Z',
      lastAt: '2026-01-31T08:01:00.000Z',
      lockedOut: false,
    });
  });
});

describe('two programs on one office', () => {
  let other: ThrottleBench;
  beforeEach(() => {
    other = bench.anotherProgram();
  });

  /** A try of Anna's in the first program while `meanwhile` happens in the other one. */
  const during = async (meanwhile: () => Promise<unknown>, error: AppError | null): Promise<void> => {
    const tried = bench.throttle.signIn(ANNA, async () => {
      await meanwhile();
      if (error) throw error;
    });
    await (error ? expect(tried).rejects.toThrow(error) : tried);
  };

  it('know of each other’s tries where one of them tried nothing', async () => {
    await during(() => other.failTimes(3), new AppError('OFFICE_IN_USE'));
    bench.startProgram();
    expect(await bench.view()).toEqual({ triesLeft: 7, waitSeconds: null });
    expect(await bench.succeed(BELA)).toMatchObject([{ userId: ANNA, tries: 3 }]);
  });

  it('take back one try and no wait that the others brought', async () => {
    await bench.failTimes(8);
    await during(() => other.failTimes(1), new AppError('OFFICE_IN_USE'));
    bench.startProgram();
    expect(await bench.view()).toEqual(LAST_TRY);
  });

  it('lose nobody else’s tries by a success, and leave them to be told', async () => {
    await other.failTimes(2, BELA);
    await during(() => other.failTimes(4, BELA), null);
    bench.startProgram();
    expect(await bench.view(BELA)).toEqual({ triesLeft: 4, waitSeconds: null });
    expect(await bench.view()).toEqual(FREE);
    expect(await bench.succeed()).toMatchObject([{ userId: BELA, tries: 4 }]);
  });

  it('leave her own tries in the other one to be told, too', async () => {
    await during(() => other.failTimes(2), null);
    bench.startProgram();
    expect(await bench.view()).toEqual(FREE);
    expect(await bench.succeed()).toMatchObject([{ userId: ANNA, tries: 2 }]);
  });
});
