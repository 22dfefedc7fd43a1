// The clients' databases of one session: their keys, opened on first use against what is remembered of them, closed with a signed checkpoint.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { OpenDatabase } from '../ports/vault-databases.ts';
import type { ClientStore, OfficeStore, Store } from '../ports/vault-store.ts';
import { createClientAnchors, type ClientAnchors } from './anchors/client-anchors.ts';
import { signCheckpoint } from './audit/checkpoints.ts';
import { openKeepingEvidence } from './evidence.ts';
import type { VaultServices } from './services.ts';

export interface ClientDatabasesOptions {
  readonly directory: string;
  /** Keys of the clients the user may open; this takes them over and zeroes them. */
  readonly keys: Map<ClientId, Uint8Array>;
  /** The office's store now: a rotation opens it anew. */
  readonly office: () => OfficeStore;
  readonly now: () => Instant;
  /** Called where a file is older than remembered and opened knowingly; null where that is refused. */
  readonly acceptOlder: ((clientId: ClientId) => void) | null;
}

export class ClientDatabases {
  readonly #services: VaultServices;
  readonly #options: ClientDatabasesOptions;
  readonly #open = new Map<ClientId, OpenDatabase<ClientStore>>();
  #anchors: ClientAnchors | null = null;

  constructor(services: VaultServices, options: ClientDatabasesOptions) {
    this.#services = services;
    this.#options = options;
  }

  ids(): ClientId[] {
    return [...this.#options.keys.keys()];
  }

  /** The key itself, not a copy. @throws {AppError} CLIENT_NOT_FOUND, CLIENT_NO_ACCESS */
  key(clientId: ClientId): Uint8Array {
    const { keys, office } = this.#options;
    const key = keys.get(clientId);
    if (key) return key;
    throw new AppError(office().clients.find(clientId) ? 'CLIENT_NO_ACCESS' : 'CLIENT_NOT_FOUND');
  }

  /** @throws {AppError} CLIENT_NOT_FOUND, CLIENT_NO_ACCESS, VAULT_ROLLED_BACK, VAULT_* */
  open(clientId: ClientId): OpenDatabase<ClientStore> {
    const open = this.#open.get(clientId);
    if (open) return open;
    const anchors = this.#beginAnchors();
    anchors.beforeOpening(clientId, this.key(clientId));
    const opened = this.#openFile(clientId, false);
    try {
      anchors.afterOpening(clientId, opened.store.audit);
    } catch (error) {
      opened.close();
      throw error;
    }
    this.#open.set(clientId, opened);
    return opened;
  }

  create(clientId: ClientId, key: Uint8Array): OpenDatabase<ClientStore> {
    this.#options.keys.set(clientId, key);
    this.#beginAnchors();
    const created = this.#openFile(clientId, true);
    this.#open.set(clientId, created);
    return created;
  }

  /** After an action in a client's database: where its chain ends is remembered in the office's. Other stores are none of its business. */
  remember({ audit }: Pick<Store, 'audit'>): void {
    const client = [...this.#open.keys()].find((id) => id === audit.chain);
    if (client) this.#beginAnchors().remember(client, audit);
  }

  /** Closes the database and takes another key for it; null forgets the client, whose log may not have begun. */
  replaceKey(clientId: ClientId, key: Uint8Array | null): void {
    const { keys } = this.#options;
    if (key) this.#close(clientId);
    else this.#open.get(clientId)?.close();
    this.#open.delete(clientId);
    // The file changes with the key, whether it was open or not.
    this.#beginAnchors().beforeClosing(clientId, null);
    keys.get(clientId)?.fill(0);
    if (key) keys.set(clientId, key);
    else {
      keys.delete(clientId);
      this.#beginAnchors().forget(clientId);
    }
  }

  /** Closes all of them while the office is still open, which remembers what they are from now on. */
  closeAll(): void {
    for (const id of this.#open.keys()) this.#close(id);
    this.#anchors?.settle();
  }

  /** Closes whatever is still open and zeroes the keys, whatever happened before. */
  forget(): void {
    for (const client of this.#open.values()) client.close();
    this.#open.clear();
    for (const key of this.#options.keys.values()) key.fill(0);
    this.#options.keys.clear();
  }

  #close(clientId: ClientId): void {
    const client = this.#open.get(clientId);
    if (!client) return;
    const { office, now } = this.#options;
    signCheckpoint(client.store, { keyring: office().keyring.get(), at: now() });
    this.#beginAnchors().beforeClosing(clientId, client.store.audit);
    client.close();
    this.#open.delete(clientId);
  }

  /** Begun with the first client, so that an opening that admits nobody changes nothing. */
  #beginAnchors(): ClientAnchors {
    const { directory, office, now, acceptOlder } = this.#options;
    this.#anchors ??= createClientAnchors(this.#services, {
      directory,
      clientIds: this.ids(),
      office,
      now,
      acceptOlder,
    });
    return this.#anchors;
  }

  #openFile(clientId: ClientId, create: boolean): OpenDatabase<ClientStore> {
    const { directory } = this.#options;
    const key = this.key(clientId);
    return openKeepingEvidence(this.#services, { directory, what: clientId }, () =>
      this.#services.databases.openClient({ directory, clientId, key, create }),
    );
  }
}
