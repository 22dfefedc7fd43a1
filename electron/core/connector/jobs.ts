// Jobs of one kind by id: each holds what it needs until it ends, is cancelled, or nobody has asked for it for a while. It persists nothing.
import { AppError } from '../../../shared/errors/app-error.ts';
import { JobId, newId } from '../../../shared/model/ids.ts';
import type { Random } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';

/** What every job must be able to do: let go of everything, at any moment, more than once. */
export interface Job {
  end(): Promise<void>;
}

export interface JobsOptions {
  readonly random: Random;
  readonly timer: Timer;
}

interface Entry<T> {
  readonly job: T;
  stopIdleTimer: () => void;
}

/** A job whose owner forgot it holds credentials; after this silence it is ended. */
const IDLE_MS = 15 * 60_000;

export class Jobs<T extends Job> {
  readonly #options: JobsOptions;
  readonly #entries = new Map<JobId, Entry<T>>();

  constructor({ random, timer }: JobsOptions) {
    this.#options = { random, timer };
  }

  add(job: T): JobId {
    const id = newId(JobId, 'job', this.#options.random(10));
    this.#entries.set(id, { job, stopIdleTimer: this.#idleTimer(id) });
    return id;
  }

  /** Ends a job and forgets it; unknown ids are no error, because a job may have ended by itself. */
  async end(id: JobId): Promise<void> {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.stopIdleTimer();
    await entry?.job.end();
  }

  /** Runs a step of a job; a step that fails ends the job. @throws {AppError} SYNC_CANCELLED when there is no such job any more */
  async step<R>(id: JobId, work: (job: T) => Promise<R> | R): Promise<R> {
    const entry = this.#entries.get(id);
    if (!entry) throw new AppError('SYNC_CANCELLED', { job: id });
    entry.stopIdleTimer();
    entry.stopIdleTimer = this.#idleTimer(id);
    try {
      return await work(entry.job);
    } catch (error) {
      await this.end(id);
      throw error;
    }
  }

  #idleTimer(id: JobId): () => void {
    return this.#options.timer(IDLE_MS, () => void this.end(id));
  }
}
