// A keychain in memory that remembers what was written to it, and may be absent.
import { createMemorySecretStore } from '../../electron/adapters/keychain/memory-secret-store.ts';
import type { SecretStore } from '../../electron/core/ports/secret-store.ts';

export interface FakeKeychain extends SecretStore {
  /** Keys in the order they were written. */
  readonly writes: string[];
}

export function createFakeKeychain(available = true): FakeKeychain {
  const store = createMemorySecretStore();
  const writes: string[] = [];
  return {
    ...store,
    writes,
    isAvailable: () => Promise.resolve(available),
    set: (key, value) => {
      writes.push(key);
      return store.set(key, value);
    },
  };
}
