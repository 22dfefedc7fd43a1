// A place that remembers failed tries in memory, and fails or forgets on command.
import { AppError } from '../../shared/errors/app-error.ts';
import type { TriesStore } from '../../electron/core/ports/sign-in-tries.ts';

export interface FakeTries extends TriesStore {
  /** What lies there now. */
  text: string | null;
  failReads: boolean;
  failWrites: boolean;
  writes: number;
}

export function createFakeTries(): FakeTries {
  const store: FakeTries = {
    text: null,
    failReads: false,
    failWrites: false,
    writes: 0,
    read: () => (store.failReads ? Promise.reject(new AppError('VAULT_IO')) : Promise.resolve(store.text)),
    write: (_, text) => {
      if (store.failWrites) return Promise.reject(new AppError('VAULT_DISK_FULL'));
      store.text = text;
      store.writes += 1;
      return Promise.resolve();
    },
  };
  return store;
}
