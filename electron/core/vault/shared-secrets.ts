// What an owner can open and hand on: the office key, the owners' signing key, every client's key. It seals nothing.
import type { OfficeSession } from './session.ts';
import { openOwnerSecret } from './keys/owner-key.ts';
import type { SharedSecrets } from './keys/seal-office.ts';
import type { VaultServices } from './services.ts';

/** The caller zeroes `ownerSeed` and the client keys, which are copies. @throws {AppError} VAULT_HEADER_TAMPERED for who is no owner */
export async function openSharedSecrets(
  services: Pick<VaultServices, 'sealer'>,
  session: OfficeSession,
): Promise<SharedSecrets> {
  const ownerSeed = await openOwnerSecret(services, session.office.store.keyring.get(), session.identity);
  const clientKeys = new Map(session.office.store.clients.list().map(({ id }) => [id, session.clientKey(id)] as const));
  return { officeKey: session.officeKey, ownerSeed, clientKeys };
}

/** Zeroes the copies. */
export function forgetSecrets({ ownerSeed, clientKeys }: SharedSecrets): void {
  ownerSeed.fill(0);
  for (const key of clientKeys.values()) key.fill(0);
}
