// A throttle over two places in memory and clocks in the test's hand.
import { expect } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { OfficeId, UserId } from '../../../shared/model/ids.ts';
import { createSignInThrottle, type SignInThrottle } from '../../../electron/core/office/sign-in-throttle.ts';
import type { LogEntry } from '../../../electron/core/ports/logger.ts';
import { createFakeTime, type FakeTime } from '../../builders/fake-time.ts';
import { createFakeTries, type FakeTries } from '../../builders/fake-tries.ts';

export const OFFICE = OfficeId.parse(`office_${'0a'.repeat(10)}`);
export const ANNA = UserId.parse(`user_${'0c'.repeat(10)}`);
export const BELA = UserId.parse(`user_${'0d'.repeat(10)}`);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const FREE = { triesLeft: 10, waitSeconds: null };
export const LAST_TRY = { triesLeft: 1, waitSeconds: null };
export const waits = (minutes: number) => ({ triesLeft: 0, waitSeconds: minutes * 60 });
export const failing = (code: ErrorCode) => () => Promise.reject(new AppError(code));

export class ThrottleBench {
  readonly time: FakeTime;
  readonly file: FakeTries;
  readonly keychain: FakeTries;
  readonly log: LogEntry[] = [];
  /** Milliseconds by which the computer's uptime stands ahead of the fake monotonic clock. */
  uptimeAhead = 10 * HOUR;
  throttle: SignInThrottle;

  constructor(places: Pick<ThrottleBench, 'time' | 'file' | 'keychain'> | null = null) {
    this.time = places?.time ?? createFakeTime();
    this.file = places?.file ?? createFakeTries();
    this.keychain = places?.keychain ?? createFakeTries();
    this.throttle = this.#create();
  }

  /** One that runs at the same time and remembers in the same places. */
  anotherProgram(): ThrottleBench {
    return new ThrottleBench(this);
  }

  /** Nothing of the run before is in memory. */
  startProgram(): void {
    this.throttle = this.#create();
  }

  startComputer(offForMs = 0): void {
    this.time.setBackOrForth(offForMs);
    this.uptimeAhead = 5_000 - this.time.clock.monotonic();
    this.startProgram();
  }

  async fail(user = ANNA, code: ErrorCode = 'SESSION_WRONG_CREDENTIALS'): Promise<unknown> {
    return await this.throttle.signIn(user, failing(code)).catch((error: unknown) => error);
  }

  async failTimes(times: number, user = ANNA): Promise<void> {
    for (let tried = 0; tried < times; tried += 1)
      expect(await this.fail(user)).toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
  }

  /** What she is told. */
  async succeed(user = ANNA) {
    return await this.throttle.signIn(user, (untold) => Promise.resolve(untold));
  }

  async view(user = ANNA) {
    return (await this.throttle.view([user])).get(user);
  }

  #create(): SignInThrottle {
    return createSignInThrottle({
      officeId: OFFICE,
      stores: [this.file, this.keychain],
      clock: this.time.clock,
      uptime: () => this.time.clock.monotonic() + this.uptimeAhead,
      log: (entry) => String(this.log.push(entry)),
    });
  }
}
