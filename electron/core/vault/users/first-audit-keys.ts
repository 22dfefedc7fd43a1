// The first key of every audit chain, sealed anew for other owners: who opens it can recompute every MAC. It reads no entry.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { SealIdentity, SealRecipient } from '../../ports/sealer.ts';
import type { Store } from '../../ports/vault-store.ts';
import { openForOwners } from '../keys/recovery-slot.ts';
import type { VaultServices } from '../services.ts';
import type { OfficeSession } from '../session.ts';

type Services = Pick<VaultServices, 'sealer'>;

/** One chain's first key for its next readers. */
export interface SealedFirstKey {
  readonly store: Pick<Store, 'audit' | 'transaction'>;
  readonly sealed: Uint8Array;
}

/** Null where the key was sealed to a recovery identity that a restored office no longer has: it stays as it is. */
async function openFirstKey(
  { sealer }: Services,
  { audit }: SealedFirstKey['store'],
  identity: SealIdentity,
): Promise<Uint8Array | null> {
  try {
    return await sealer.open(audit.start().sealedFirstKey, identity);
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_HEADER_TAMPERED') return null;
    throw error;
  }
}

/** None where the database can't be opened: it is damaged or older than remembered, and stays as it is. */
function storeOf(session: OfficeSession, clientId: ClientId): SealedFirstKey['store'][] {
  try {
    return [session.client(clientId).store];
  } catch (error) {
    if (error instanceof AppError && error.code !== 'SESSION_LOCKED') return [];
    throw error;
  }
}

/** Opened with the recovery identity, which every owner can open. @throws {AppError} VAULT_HEADER_TAMPERED for who is no owner */
export async function sealFirstAuditKeys(
  services: Services,
  session: OfficeSession,
  readers: readonly SealRecipient[],
): Promise<{ readonly office: readonly SealedFirstKey[]; readonly clients: readonly SealedFirstKey[] }> {
  const identity = await openForOwners(services, session.header().recovery, session.identity);
  const seal = async (store: SealedFirstKey['store']): Promise<SealedFirstKey[]> => {
    const firstKey = await openFirstKey(services, store, identity);
    if (!firstKey) return [];
    const sealed = await services.sealer.seal(firstKey, readers);
    firstKey.fill(0);
    return [{ store, sealed }];
  };
  const stores = session.clientIds().flatMap((id) => storeOf(session, id));
  const [office, ...clients] = await Promise.all([seal(session.office.store), ...stores.map((store) => seal(store))]);
  return { office, clients: clients.flat() };
}

/** Each in a transaction of its store, or in the one that is open there. */
export function storeFirstAuditKeys(keys: readonly SealedFirstKey[]): void {
  for (const { store, sealed } of keys) store.transaction(() => store.audit.setSealedFirstKey(sealed));
}
