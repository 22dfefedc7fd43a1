// Which office key opens the office now: between the header's two keys after a rotation that a crash interrupted. It changes nothing.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { SealIdentity } from '../../ports/sealer.ts';
import type { ReadHeader } from '../../ports/vault-header.ts';
import { fromBase64 } from '../keys/key-tools.ts';
import { headerMacKey } from '../keys/office-key.ts';
import type { VaultServices } from '../services.ts';
import { openPendingOfficeKey, opens } from './next-key.ts';

interface Place {
  readonly directory: string;
  readonly read: ReadHeader;
  readonly identity: SealIdentity;
}

function opensOffice(services: Pick<VaultServices, 'databases'>, { directory, read }: Place, key: Uint8Array): boolean {
  const officeId = read.header.office.id;
  return opens(() => services.databases.openOffice({ directory, officeId, key, create: false }).close());
}

/** Keeps one of the keys and zeroes the other. */
function choose(kept: Uint8Array, dropped: Uint8Array | null): Uint8Array {
  dropped?.fill(0);
  return kept;
}

/**
 * The key under which the office database opens, once the header's MAC holds under one of its keys. Without a rotation under way that is the
 * sealed key itself, and the database isn't touched. What is pending is finished by `finishRotations`.
 * @throws {AppError} VAULT_HEADER_TAMPERED, and what opening the office database throws, save VAULT_CORRUPT
 */
export async function officeKeyInUse(
  services: Pick<VaultServices, 'databases' | 'sealer'>,
  place: Place,
): Promise<Uint8Array> {
  const { header } = place.read;
  const current = await services.sealer.open(fromBase64(header.officeKey), place.identity);
  const pending = await openPendingOfficeKey(services.sealer, header, place.identity);
  const authentic = [current, pending].some((key) => key !== null && !place.read.tampered(headerMacKey(key)));
  if (!authentic) throw new AppError('VAULT_HEADER_TAMPERED');
  if (pending === null || opensOffice(services, place, current)) return choose(current, pending);
  return opensOffice(services, place, pending) ? choose(pending, current) : choose(current, pending);
}
