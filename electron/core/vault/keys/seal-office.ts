// Seals everything an office's people share, for the people it has or is about to have. It writes nothing.
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { SealRecipient } from '../../ports/sealer.ts';
import type { OfficeStore } from '../../ports/vault-store.ts';
import { toBase64, type KeyTools } from './key-tools.ts';
import { clientReaders, officeReaders, ownerReaders, type People } from './roster.ts';

/** What is sealed, in the open. */
export interface SharedSecrets {
  readonly officeKey: Uint8Array;
  /** Seed of the owners' signing key. */
  readonly ownerSeed: Uint8Array;
  readonly clientKeys: ReadonlyMap<ClientId, Uint8Array>;
}

/** The same as age v1 files. */
export interface SealedSecrets {
  /** Base64, for the header. */
  readonly officeKey: string;
  /** Base64, for the keyring. */
  readonly ownerSecret: string;
  readonly clientKeys: ReadonlyMap<ClientId, Uint8Array>;
}

/** Seals all of it to its readers and to every one of `recovery`. */
export async function sealOffice(
  { sealer }: Pick<KeyTools, 'sealer'>,
  secrets: SharedSecrets,
  to: { readonly people: People; readonly recovery: readonly SealRecipient[] },
): Promise<SealedSecrets> {
  const { people, recovery } = to;
  const clients = [...secrets.clientKeys].map(
    async ([id, key]) => [id, await sealer.seal(key, [...clientReaders(people, id), ...recovery])] as const,
  );
  return {
    officeKey: toBase64(await sealer.seal(secrets.officeKey, [...officeReaders(people), ...recovery])),
    ownerSecret: toBase64(await sealer.seal(secrets.ownerSeed, [...ownerReaders(people), ...recovery])),
    clientKeys: new Map(await Promise.all(clients)),
  };
}

/** Puts the part of it that lies in the office database in its place, in the caller's transaction. */
export function storeSealed(
  store: Pick<OfficeStore, 'clients' | 'keyring'>,
  { clientKeys, ownerSecret }: SealedSecrets,
): void {
  for (const [id, sealedKey] of clientKeys) store.clients.setSealedKey(id, sealedKey);
  store.keyring.update({ ownerSecret });
}
