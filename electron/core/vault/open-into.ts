// Makes an unlocked office the one session of this process, under the office's lock.
import type { OfficeLock } from '../ports/vault-databases.ts';
import type { SessionHolder } from './call-context.ts';
import type { VaultServices } from './services.ts';
import { openSession, type OfficeSession, type UnlockedOffice } from './session.ts';

/** Opens what `unlock` unlocks; the lock comes first and goes again on failure. @throws {AppError} OFFICE_IN_USE and what `unlock` throws */
export async function openInto(
  services: VaultServices,
  holder: SessionHolder,
  { directory, unlock }: { directory: string; unlock: () => Promise<UnlockedOffice> },
): Promise<OfficeSession> {
  const lock: OfficeLock = services.databases.lock(directory);
  try {
    const session = await openSession(services, lock, await unlock());
    holder.current = session;
    return session;
  } catch (error) {
    lock.release();
    throw error;
  }
}
