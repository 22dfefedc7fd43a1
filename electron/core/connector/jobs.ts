// Jobs by id: each holds what it needs until it ends, is cancelled, or nobody has asked for it for a while. It persists nothing.
import { AppError } from '../../../shared/errors/app-error.ts';
import { JobId, newId } from '../../../shared/model/ids.ts';
import type { Random } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';

/** What a kind of job must be able to do: let go of everything, at any moment, more than once. */
export interface Job {
  end(): Promise<void>;
}

interface Entry {
  readonly job: Job;
  stopIdleTimer: () => void;
}

/** A job whose owner forgot it holds credentials; after this silence it is ended. */
const IDLE_MS = 15 * 60_000;

export class Jobs {
  readonly #random: Random;
  readonly #timer: Timer;
  readonly #entries = new Map<JobId, Entry>();

  constructor(random: Random, timer: Timer) {
    this.#random = random;
    this.#timer = timer;
  }

  add(job: Job): JobId {
    const id = newId(JobId, 'job', this.#random(10));
    this.#entries.set(id, { job, stopIdleTimer: this.#idleTimer(id) });
    return id;
  }

  /** The running job of a class. @throws {AppError} SYNC_CANCELLED when it has ended or never was of that class */
  get<T extends Job>(id: JobId, kind: abstract new (...args: never[]) => T): T {
    const entry = this.#entries.get(id);
    if (!entry || !(entry.job instanceof kind)) throw new AppError('SYNC_CANCELLED', { job: id });
    entry.stopIdleTimer();
    entry.stopIdleTimer = this.#idleTimer(id);
    return entry.job;
  }

  /** Ends a job and forgets it; unknown ids are no error, because a job may have ended by itself. */
  async end(id: JobId): Promise<void> {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.stopIdleTimer();
    await entry?.job.end();
  }

  /** Runs a step of a job; a step that fails ends the job. */
  async step<T>(id: JobId, work: () => Promise<T> | T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.end(id);
      throw error;
    }
  }

  #idleTimer(id: JobId): () => void {
    return this.#timer(IDLE_MS, () => void this.end(id));
  }
}
