// Failed tries in an item of the OS keychain: whoever deletes the file of the office's folder gains nothing.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { OfficeId } from '../../../shared/model/ids.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { TriesStore } from '../ports/sign-in-tries.ts';

const keyOf = (id: OfficeId): string => `office/${id}/sign-in-tries`;

/** Nothing is read where there is no keychain. @throws {AppError} from `write`: KEYCHAIN_UNAVAILABLE, KEYCHAIN_FAILED */
export function createKeychainTries(secrets: SecretStore): TriesStore {
  return {
    read: async (id) => ((await secrets.isAvailable()) ? await secrets.get(keyOf(id)) : null),
    write: async (id, text) => {
      if (!(await secrets.isAvailable())) throw new AppError('KEYCHAIN_UNAVAILABLE', { store: secrets.name });
      await secrets.set(keyOf(id), text);
    },
  };
}
