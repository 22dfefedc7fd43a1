// Makes guessing slow: counts every try before it is made, in several places, and lets nobody try while a wait runs. It knows no password.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { DoorUser, SignInAlert } from '../../../shared/ipc/contract/office.ts';
import { UserId, type OfficeId } from '../../../shared/model/ids.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import type { Clock, Uptime } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { TriesStore } from '../ports/sign-in-tries.ts';
import {
  MOST_TRIES,
  NO_TRIES,
  oneLess,
  oneMore,
  parseTries,
  withoutTold,
  worse,
  type TriesRecord,
  type UserTries,
} from './tries-record.ts';

/** Stands for whoever tries the recovery key: it belongs to no user. */
export const RECOVERY_USER = UserId.parse(`user_${'0'.repeat(20)}`);

export interface SignInThrottleOptions {
  readonly officeId: OfficeId;
  /** The worse memory counts. */
  readonly stores: readonly [TriesStore, ...TriesStore[]];
  readonly clock: Clock;
  readonly uptime: Uptime;
  readonly log: Logger;
}

export type UntoldTries = Omit<SignInAlert, 'userName'>;
type Tries = Pick<DoorUser, 'triesLeft' | 'waitSeconds'>;

/**
 * Every try is counted, durably, before `work` makes it, and one at a time. It stays counted unless `work` succeeds, or fails in a way
 * that says that the secret was never looked at.
 * @throws {AppError} from each: SESSION_LOCKED_OUT while she must wait, what `work` throws, what a store throws when none remembers
 */
export interface SignInThrottle {
  /** `work` gets the failed tries nobody was told of; when it succeeds, her tries are forgotten, and so are those it was told of. */
  signIn<T>(userId: UserId, work: (untold: readonly UntoldTries[]) => Promise<T>): Promise<T>;
  /** A proof within a session: when it succeeds, her tries are forgotten. */
  prove<T>(userId: UserId, work: () => Promise<T>): Promise<T>;
  view(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Tries>>;
}

type Users = Map<UserId, UserTries>;

interface OneTry<T> {
  readonly userId: UserId;
  readonly work: (untold: readonly UntoldTries[]) => Promise<T>;
  /** Starts of the codes that say that no secret was looked at. */
  readonly nothingTried: readonly string[];
  /** Whether `work` told what it was given. */
  readonly tells: boolean;
}

/** Where the clocks stood, in milliseconds. */
type Mark = Pick<TriesRecord, 'wall' | 'uptime'>;

const isNothing = ({ tries, waitMs, untold }: UserTries): boolean => tries === 0 && waitMs === 0 && untold === null;

/** Failures after which a guesser knows no more than before. A process that died is none of them: he may have killed it. */
const NOTHING_PROVEN = [
  'FACTOR_DEVICE_',
  'FACTOR_NOT_ENROLLED',
  'IPC_',
  'KEYCHAIN_',
  'SESSION_PASSWORD_',
  'SESSION_SECRET_STALE',
];
/** Within a session a full or read-only disk fails the entry on a wrong secret: there these say that one was tried. */
const NOTHING_OPENED = [...NOTHING_PROVEN, 'OFFICE_', 'VAULT_'];

function wasTried(error: unknown, nothingTried: readonly string[]): boolean {
  return !(error instanceof AppError) || !nothingTried.some((code) => error.code.startsWith(code));
}

class Throttle implements SignInThrottle {
  readonly #options: SignInThrottleOptions;
  #users: Users = new Map();
  #mark: Mark & { readonly monotonic: number };
  #memory: Promise<unknown> = Promise.resolve();
  #tries: Promise<unknown> = Promise.resolve();

  constructor(options: SignInThrottleOptions) {
    this.#options = options;
    this.#mark = this.#now();
  }

  async signIn<T>(userId: UserId, work: (untold: readonly UntoldTries[]) => Promise<T>): Promise<T> {
    return await this.#oneTry({ userId, work, nothingTried: NOTHING_OPENED, tells: true });
  }

  async prove<T>(userId: UserId, work: () => Promise<T>): Promise<T> {
    return await this.#oneTry({ userId, work, nothingTried: NOTHING_PROVEN, tells: false });
  }

  async view(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Tries>> {
    return await this.#remembering(async () => {
      await this.#recall();
      return new Map(userIds.map((id) => [id, triesOf(this.#users.get(id) ?? NO_TRIES)]));
    });
  }

  async #oneTry<T>(one: OneTry<T>): Promise<T> {
    const turn = async (): Promise<T> => {
      const { earlier, untold } = await this.#count(one.userId);
      try {
        const value = await one.work(untold);
        await this.#change((users) => forgive(users, one, untold));
        return value;
      } catch (error) {
        if (!wasTried(error, one.nothingTried)) await this.#change((users) => takeBack(users, one.userId, earlier));
        throw error;
      }
    };
    const mine = this.#tries.then(turn, turn);
    this.#tries = mine;
    return await mine;
  }

  async #count(userId: UserId): Promise<{ earlier: UserTries; untold: UntoldTries[] }> {
    return await this.#remembering(async () => {
      await this.#recall();
      const earlier = this.#users.get(userId) ?? NO_TRIES;
      refuseWhileWaiting(earlier);
      const untold = [...this.#users].flatMap(([id, one]) => (one.untold ? [{ userId: id, ...one.untold }] : []));
      this.#users.set(userId, oneMore(earlier, instantOf(this.#options.clock.now())));
      const [first, ...more] = await this.#write();
      if (first && more.length + 1 === this.#options.stores.length) throw first.reason;
      return { earlier, untold };
    });
  }

  /** Over what another program counted meanwhile. A place that does not take it keeps what it had: worse for the person, no better for a guesser. */
  async #change(change: (users: Users) => void): Promise<void> {
    await this.#remembering(async () => {
      await this.#recall();
      change(this.#users);
      await this.#write();
    });
  }

  #now(): Mark & { readonly monotonic: number } {
    const { clock, uptime } = this.#options;
    return { wall: clock.now(), uptime: uptime(), monotonic: clock.monotonic() };
  }

  #passTime(): void {
    const now = this.#now();
    this.#users = waitedFor(this.#users, Math.min(passed(this.#mark, now), now.monotonic - this.#mark.monotonic));
    this.#mark = now;
  }

  /** Adds what the places remember to what this run remembers. */
  async #recall(): Promise<void> {
    const records = await this.#read();
    this.#passTime();
    for (const record of records) {
      const known: Users = new Map(Object.entries(record.users) as [UserId, UserTries][]);
      for (const [id, one] of waitedFor(known, passed(record, this.#mark)))
        this.#users.set(id, worse(one, this.#users.get(id) ?? NO_TRIES));
    }
    // Written under clocks that stand behind now: from here on the wait goes on from what was left.
    const isAhead = ({ wall, uptime }: Mark): boolean => wall > this.#mark.wall || uptime > this.#mark.uptime;
    if (records.some(isAhead)) await this.#write();
  }

  async #read(): Promise<TriesRecord[]> {
    const { stores, officeId } = this.#options;
    const texts = await Promise.allSettled(stores.map((store) => store.read(officeId)));
    return texts.flatMap((text) => {
      if (text.status === 'rejected') this.#report('sign-in.tries-unreadable', text.reason);
      const record = text.status === 'fulfilled' ? parseTries(text.value) : null;
      return record ? [record] : [];
    });
  }

  /** Answers the places that did not take it. */
  async #write(): Promise<PromiseRejectedResult[]> {
    const { stores, officeId } = this.#options;
    const { wall, uptime } = this.#mark;
    const users = Object.fromEntries([...this.#users].filter(([, one]) => !isNothing(one)));
    const text = JSON.stringify({ version: 1, wall, uptime, users } satisfies TriesRecord);
    const written = await Promise.allSettled(stores.map((store) => store.write(officeId, text)));
    const failures = written.filter((one) => one.status === 'rejected');
    for (const { reason } of failures) this.#report('sign-in.tries-not-written', reason);
    return failures;
  }

  /** A computer without a keychain is no trouble: the folder remembers. */
  #report(event: string, error: unknown): void {
    const level = error instanceof AppError && error.code === 'KEYCHAIN_UNAVAILABLE' ? 'info' : 'warn';
    this.#options.log({ level, event, error });
  }

  async #remembering<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#memory.then(work, work);
    this.#memory = mine;
    return await mine;
  }
}

/** After a success her tries are none. Tries that were counted since she was told of the others stay to be told. */
function forgive(users: Users, { userId, tells }: OneTry<unknown>, told: readonly UntoldTries[]): void {
  if (tells) for (const { userId: id, tries } of told) users.set(id, withoutTold(users.get(id) ?? NO_TRIES, tries));
  const { untold } = users.get(userId) ?? NO_TRIES;
  users.set(userId, { ...NO_TRIES, untold: withoutTold({ ...NO_TRIES, untold }, 1).untold });
}

/** Hers alone: what another program counted meanwhile stays. */
function takeBack(users: Users, userId: UserId, earlier: UserTries): void {
  users.set(userId, oneLess(users.get(userId) ?? NO_TRIES, earlier));
}

function triesOf({ tries, waitMs }: UserTries): Tries {
  if (waitMs > 0) return { triesLeft: 0, waitSeconds: Math.ceil(waitMs / 1000) };
  return { triesLeft: Math.max(1, MOST_TRIES - tries), waitSeconds: null };
}

/** Time that both clocks saw pass, neither alone: a clock that was set, or a computer that was restarted, gains nothing. */
function passed(from: Mark, to: Mark): number {
  return Math.max(0, Math.min(to.wall - from.wall, to.uptime - from.uptime));
}

function refuseWhileWaiting({ waitMs }: UserTries): void {
  if (waitMs <= 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  throw new AppError('SESSION_LOCKED_OUT', { minutes: String(Math.ceil(seconds / 60)), seconds: String(seconds) });
}

/** Every wait shorter by the time that passed. */
function waitedFor(users: Users, passedMs: number): Users {
  return new Map([...users].map(([id, one]) => [id, { ...one, waitMs: Math.max(0, one.waitMs - passedMs) }]));
}

export function createSignInThrottle(options: SignInThrottleOptions): SignInThrottle {
  return new Throttle(options);
}

/** One throttle an office for the run of the program. */
export function createSignInThrottles(
  options: Omit<SignInThrottleOptions, 'officeId'>,
): (officeId: OfficeId) => SignInThrottle {
  const throttles = new Map<OfficeId, SignInThrottle>();
  return (officeId) => {
    const throttle = throttles.get(officeId) ?? createSignInThrottle({ ...options, officeId });
    throttles.set(officeId, throttle);
    return throttle;
  };
}
