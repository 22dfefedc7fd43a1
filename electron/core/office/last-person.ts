// Who signed in last on this computer: she stands first at the door. Kept in the OS keychain; it opens nothing, and where it fails nothing stops.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { OfficeId, UserId } from '../../../shared/model/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { SecretStore } from '../ports/secret-store.ts';

const keyOf = (id: OfficeId): string => `office/${id}/last-person`;

/** Without a keychain it lasts as long as the program. */
export interface LastPerson {
  /** The same people, whoever signed in last before the others. */
  first<T extends { readonly id: UserId }>(officeId: OfficeId, people: readonly T[]): Promise<T[]>;
  keep(officeId: OfficeId, userId: UserId): Promise<void>;
}

export function createLastPerson({
  secrets,
  log,
}: {
  readonly secrets: SecretStore;
  readonly log: Logger;
}): LastPerson {
  const known = new Map<OfficeId, string | null>();
  async function inKeychain<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return (await secrets.isAvailable()) ? await work() : null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log({ level: 'warn', event: 'last-person.not-kept', error });
      return null;
    }
  }
  async function read(officeId: OfficeId): Promise<string | null> {
    const kept = known.get(officeId);
    if (kept !== undefined) return kept;
    const found = await inKeychain(() => secrets.get(keyOf(officeId)));
    known.set(officeId, found);
    return found;
  }
  return {
    first: async (officeId, people) => {
      const last = await read(officeId);
      return people.toSorted((left, right) => Number(right.id === last) - Number(left.id === last));
    },
    keep: async (officeId, userId) => {
      if ((await read(officeId)) === userId) return;
      known.set(officeId, userId);
      await inKeychain(() => secrets.set(keyOf(officeId), userId));
    },
  };
}
