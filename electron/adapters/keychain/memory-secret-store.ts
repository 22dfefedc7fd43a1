// Secrets in the memory of this program, for demonstrations and tests. They are gone when it ends, and nothing is written anywhere.
import type { SecretStore } from '../../core/ports/secret-store.ts';

export function createMemorySecretStore(): SecretStore {
  const values = new Map<string, string>();
  return {
    name: 'memory of this program',
    isAvailable: () => Promise.resolve(true),
    get: (key) => Promise.resolve(values.get(key) ?? null),
    set: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
    delete: (key) => {
      values.delete(key);
      return Promise.resolve();
    },
  };
}
