// The open office of this process: its keys, stores and session token. One at a time; closing zeroes the keys.
import { Buffer } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ClientId, UserId } from '../../../shared/model/ids.ts';
import type { OpenDatabase, OfficeLock } from '../ports/vault-databases.ts';
import type { SealIdentity } from '../ports/sealer.ts';
import type { VaultHeader } from '../ports/vault-header.ts';
import type { ClientStore, OfficeStore } from '../ports/vault-store.ts';
import { headerMacKey } from './office-keys.ts';
import type { VaultServices } from './services.ts';

/** What unlocking brought to light. */
export interface UnlockedOffice {
  readonly directory: string;
  readonly header: VaultHeader;
  readonly officeKey: Uint8Array;
  /** The signed-in user's own identity. */
  readonly identity: SealIdentity;
  readonly userId: UserId;
  readonly warnings: readonly string[];
}

/** One unlocked office. */
export interface OfficeSession {
  readonly directory: string;
  readonly token: string;
  readonly userId: UserId;
  readonly identity: SealIdentity;
  readonly officeKey: Uint8Array;
  readonly warnings: readonly string[];
  readonly office: OpenDatabase<OfficeStore>;
  header(): VaultHeader;
  /** Writes the header's next generation. @throws {AppError} VAULT_IO, VAULT_DISK_FULL */
  updateHeader(changes: Partial<VaultHeader>): void;
  /** A copy of a client's database key, for a backup. @throws {AppError} CLIENT_NOT_FOUND */
  clientKey(clientId: ClientId): Uint8Array;
  /** Opens a client's database on first use. @throws {AppError} CLIENT_NOT_FOUND, VAULT_* */
  client(clientId: ClientId): OpenDatabase<ClientStore>;
  /** Makes a new client's database. The caller records the client in the office. */
  createClient(clientId: ClientId, key: Uint8Array): OpenDatabase<ClientStore>;
  close(): void;
}

async function openClientKeys(
  services: VaultServices,
  store: OfficeStore,
  identity: SealIdentity,
): Promise<Map<ClientId, Uint8Array>> {
  const keys = store.clients
    .list()
    .map(async ({ id, sealedKey }) => [id, await services.sealer.open(sealedKey, identity)] as const);
  return new Map(await Promise.all(keys));
}

function createSession(
  services: VaultServices,
  unlocked: UnlockedOffice,
  parts: { lock: OfficeLock; office: OpenDatabase<OfficeStore>; clientKeys: Map<ClientId, Uint8Array> },
): OfficeSession {
  const { directory, officeKey } = unlocked;
  const { lock, office, clientKeys } = parts;
  const clients = new Map<ClientId, OpenDatabase<ClientStore>>();
  let header = unlocked.header;

  function clientKey(clientId: ClientId): Uint8Array {
    const key = clientKeys.get(clientId);
    if (!key) throw new AppError('CLIENT_NOT_FOUND');
    return key;
  }

  function openClient(clientId: ClientId, create: boolean): OpenDatabase<ClientStore> {
    const opened = services.databases.openClient({ directory, clientId, key: clientKey(clientId), create });
    clients.set(clientId, opened);
    return opened;
  }

  return {
    ...unlocked,
    token: Buffer.from(services.random(32)).toString('base64url'),
    office,
    header: () => header,
    updateHeader: (changes) => {
      const next: VaultHeader = { ...header, ...changes, generation: header.generation + 1 };
      services.headers.write(directory, next, headerMacKey(officeKey));
      header = next;
    },
    clientKey: (clientId) => Uint8Array.from(clientKey(clientId)),
    client: (clientId) => clients.get(clientId) ?? openClient(clientId, false),
    createClient: (clientId, key) => {
      clientKeys.set(clientId, key);
      return openClient(clientId, true);
    },
    close: () => {
      for (const client of clients.values()) client.close();
      office.close();
      for (const key of [officeKey, ...clientKeys.values()]) key.fill(0);
      clientKeys.clear();
      lock.release();
    },
  };
}

/**
 * Opens the databases of an unlocked office. The lock is taken here and released when anything fails.
 * @throws {AppError} OFFICE_IN_USE, VAULT_*, VAULT_SCHEMA_NEWER, SESSION_WRONG_CREDENTIALS when the user was removed
 */
export async function openSession(
  services: VaultServices,
  lock: OfficeLock,
  unlocked: UnlockedOffice,
): Promise<OfficeSession> {
  const { directory, header, officeKey, identity, userId } = unlocked;
  const office = services.databases.openOffice({
    directory,
    officeId: header.office.id,
    key: officeKey,
    create: false,
  });
  try {
    if (!office.store.users.find(userId)) throw new AppError('SESSION_WRONG_CREDENTIALS');
    const clientKeys = await openClientKeys(services, office.store, identity);
    return createSession(services, unlocked, { lock, office, clientKeys });
  } catch (error) {
    office.close();
    throw error;
  }
}
