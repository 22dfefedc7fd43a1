// What a user trusts of the owners: kept in her own slot, raised with every list of people she has seen, so that an earlier one shows.
import { wrapSlot } from './keys/user-slot.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession } from './session.ts';

/**
 * Pins today's owner key and the version of today's list. It comes after the list was committed: a pin ahead of a list that was never written
 * would shut her out.
 * @throws {AppError} VAULT_IO, VAULT_DISK_FULL; the pin before stands then
 */
export function pinRoster(services: Pick<VaultServices, 'random'>, session: OfficeSession): void {
  const { ownerKey, rosterVersion } = session.office.store.keyring.get();
  const { key, secrets, slot } = session.ownSlot();
  if (secrets.ownerKey === ownerKey && secrets.rosterVersion === rosterVersion) return;
  const { identity: _wrapped, ...place } = slot;
  const next = { key, secrets: { ...secrets, ownerKey, rosterVersion } };
  session.replaceOwnSlot(wrapSlot(services, { officeId: session.header().office.id, place }, next), next);
}
