// The open office of this process: its keys, stores, tokens and proofs. One at a time; closing zeroes the keys.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { ClientId, UserId } from '../../../shared/model/ids.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ClientRow, OfficeUser } from '../ports/office-repositories.ts';
import type { SealIdentity } from '../ports/sealer.ts';
import type { OfficeLock, OpenDatabase } from '../ports/vault-databases.ts';
import type { UserSlot, VaultHeader } from '../ports/vault-header.ts';
import type { ClientStore, OfficeStore, Store } from '../ports/vault-store.ts';
import { createClientAnchors, type ClientAnchors } from './anchors/client-anchors.ts';
import { writeOfficeAnchor, type AnchorJudgement } from './anchors/office-anchor.ts';
import { signCheckpoint } from './audit/checkpoints.ts';
import { keepingEvidence } from './evidence.ts';
import { headerMacKey } from './keys/office-key.ts';
import { assertRoster, mayOpen } from './keys/roster.ts';
import type { OpenSlot } from './keys/user-slot.ts';
import type { VaultServices } from './services.ts';
import { createFreshProofs, createSessionTokens, type FreshProofs, type SessionTokens } from './session-tokens.ts';

/** What unlocking brought to light. */
export interface UnlockedOffice {
  readonly directory: string;
  readonly header: VaultHeader;
  readonly officeKey: Uint8Array;
  /** The signed-in user's own slot, open. */
  readonly slot: OpenSlot;
  readonly userId: UserId;
  readonly warnings: readonly string[];
}

/** One unlocked office. */
export interface OfficeSession {
  readonly directory: string;
  readonly userId: UserId;
  /** The signed-in user's private key. */
  readonly identity: SealIdentity;
  readonly tokens: SessionTokens;
  readonly proofs: FreshProofs;
  readonly warnings: readonly string[];
  /** Files that are older than what is remembered of them and were opened knowingly. */
  readonly older: readonly string[];
  /** 32 bytes; zeroed when the session closes or the key is replaced. */
  readonly officeKey: Uint8Array;
  readonly office: OpenDatabase<OfficeStore>;
  /** What was made in this session and waits for the next step; gone with it. */
  readonly waiting: Waiting;
  header(): VaultHeader;
  /** Writes the header's next generation. @throws {AppError} VAULT_IO, VAULT_DISK_FULL */
  updateHeader(changes: Partial<VaultHeader>): void;
  /** The user's slot and what it protects. */
  ownSlot(): OpenSlot & { readonly slot: UserSlot };
  /** Puts another slot in the place of the user's. */
  replaceOwnSlot(slot: UserSlot, open: OpenSlot): void;
  /** Clients whose keys are at hand. */
  clientIds(): ClientId[];
  /** A copy of a client's database key. @throws {AppError} CLIENT_NOT_FOUND, CLIENT_NO_ACCESS */
  clientKey(clientId: ClientId): Uint8Array;
  /** Opens a client's database on first use. @throws {AppError} CLIENT_NOT_FOUND, CLIENT_NO_ACCESS, VAULT_* */
  client(clientId: ClientId): OpenDatabase<ClientStore>;
  /** Makes a new client's database. The caller records the client in the office. */
  createClient(clientId: ClientId, key: Uint8Array): OpenDatabase<ClientStore>;
  /** After an action in a client's database: where its chain ends is remembered in the office's. */
  remember(store: Store): void;
  /** Closes a client's database and takes another key for it; null forgets the client. */
  replaceClientKey(clientId: ClientId, key: Uint8Array | null): void;
  /** Closes the office's database while `work` runs, and opens it again with the key that `work` returns. */
  replaceOfficeKey(work: (officeKey: Uint8Array) => Uint8Array): void;
  /** Closes every database, zeroes every key, and returns what to remember of the office outside its folder. */
  close(): string;
}

/** What one call made and a later one needs. */
export interface Waiting {
  kit: RecoveryKit | null;
  /** The authenticator secret that waits for its first code. */
  codeSecret: Uint8Array | null;
  /** Digest of what the user's device made at sign-in; null where she has none. */
  deviceDigest: string | null;
}

/** @throws {AppError} SESSION_WRONG_CREDENTIALS when the user was removed, VAULT_ROSTER_TAMPERED */
function assertAdmitted(store: OfficeStore, { header, slot, userId }: UnlockedOffice): OfficeUser {
  assertRoster(header.office.id, store, slot.secrets.ownerKey);
  const user = store.users.find(userId);
  if (!user) throw new AppError('SESSION_WRONG_CREDENTIALS');
  const own = header.slots.find((candidate) => candidate.userId === userId);
  if (own?.recipient !== user.recipient) throw new AppError('VAULT_ROSTER_TAMPERED');
  return user;
}

/** Keys of the clients the list gives her. Every other one is sealed to others. */
async function openClientKeys(
  services: VaultServices,
  store: OfficeStore,
  { user, identity }: { user: OfficeUser; identity: SealIdentity },
): Promise<Map<ClientId, Uint8Array>> {
  const own = store.clients.list().filter(({ id }) => mayOpen(store.users, user, id));
  const keys = own.map(async ({ id, sealedKey }) => [id, await services.sealer.open(sealedKey, identity)] as const);
  return new Map(await Promise.all(keys));
}

interface Parts {
  readonly lock: OfficeLock;
  readonly office: OpenDatabase<OfficeStore>;
  readonly clientKeys: Map<ClientId, Uint8Array>;
  readonly judgement: AnchorJudgement;
  readonly acceptOlderState: boolean;
}

class Session implements OfficeSession {
  readonly directory: string;
  readonly userId: UserId;
  readonly warnings: readonly string[];
  readonly older: readonly string[];
  readonly tokens: SessionTokens;
  readonly proofs: FreshProofs;
  readonly waiting: Waiting = { kit: null, codeSecret: null, deviceDigest: null };
  readonly #services: VaultServices;
  readonly #lock: OfficeLock;
  readonly #clientKeys: Map<ClientId, Uint8Array>;
  readonly #clients = new Map<ClientId, OpenDatabase<ClientStore>>();
  #office: OpenDatabase<OfficeStore>;
  #officeKey: Uint8Array;
  #header: VaultHeader;
  #slot: OpenSlot;

  readonly #acceptOlderState: boolean;
  #anchors: ClientAnchors | null = null;

  constructor(services: VaultServices, unlocked: UnlockedOffice, parts: Parts) {
    this.#services = services;
    this.directory = unlocked.directory;
    this.userId = unlocked.userId;
    this.warnings = [...unlocked.warnings, ...parts.judgement.warnings];
    this.older = parts.judgement.older;
    this.#acceptOlderState = parts.acceptOlderState;
    this.tokens = createSessionTokens(services.random);
    this.proofs = createFreshProofs(services.clock);
    this.#lock = parts.lock;
    this.#office = parts.office;
    this.#clientKeys = parts.clientKeys;
    this.#officeKey = unlocked.officeKey;
    this.#header = unlocked.header;
    this.#slot = unlocked.slot;
  }

  get identity(): SealIdentity {
    return this.#slot.secrets.identity;
  }

  get officeKey(): Uint8Array {
    return this.#officeKey;
  }

  get office(): OpenDatabase<OfficeStore> {
    return this.#office;
  }

  header(): VaultHeader {
    return this.#header;
  }

  updateHeader(changes: Partial<VaultHeader>): void {
    const next: VaultHeader = { ...this.#header, ...changes, generation: this.#header.generation + 1 };
    this.#services.headers.write(this.directory, next, headerMacKey(this.#officeKey));
    this.#header = next;
  }

  ownSlot(): OpenSlot & { readonly slot: UserSlot } {
    const slot = this.#header.slots.find(({ userId }) => userId === this.userId);
    if (!slot) throw new AppError('SESSION_LOCKED');
    return { ...this.#slot, slot };
  }

  replaceOwnSlot(slot: UserSlot, open: OpenSlot): void {
    const slots = this.#header.slots.map((present) => (present.userId === this.userId ? slot : present));
    this.updateHeader({ slots });
    if (open.key !== this.#slot.key) this.#slot.key.fill(0);
    this.#slot = open;
  }

  clientIds(): ClientId[] {
    return [...this.#clientKeys.keys()];
  }

  clientKey(clientId: ClientId): Uint8Array {
    return Uint8Array.from(this.#keyOf(clientId));
  }

  client(clientId: ClientId): OpenDatabase<ClientStore> {
    return this.#clients.get(clientId) ?? this.#openClient(clientId, false);
  }

  createClient(clientId: ClientId, key: Uint8Array): OpenDatabase<ClientStore> {
    this.#clientKeys.set(clientId, key);
    return this.#openClient(clientId, true);
  }

  remember(store: Store): void {
    const { chain } = store.audit;
    const client = [...this.#clients].find(([id]) => id === chain);
    if (client) this.#clientAnchors().remember(client[0], store.audit);
  }

  replaceClientKey(clientId: ClientId, key: Uint8Array | null): void {
    this.#closeClient(clientId);
    this.#clientKeys.get(clientId)?.fill(0);
    if (key) this.#clientKeys.set(clientId, key);
    else this.#clientKeys.delete(clientId);
  }

  replaceOfficeKey(work: (officeKey: Uint8Array) => Uint8Array): void {
    this.#office.close();
    try {
      const next = work(this.#officeKey);
      if (next !== this.#officeKey) this.#officeKey.fill(0);
      this.#officeKey = next;
    } finally {
      this.#office = this.#services.databases.openOffice({
        directory: this.directory,
        officeId: this.#header.office.id,
        key: this.#officeKey,
        create: false,
      });
    }
  }

  close(): string {
    try {
      const at = instantOf(this.#services.clock.now());
      for (const id of this.#clients.keys()) this.#closeClient(id);
      this.#anchors?.settle();
      const { store } = this.#office;
      signCheckpoint(store, { keyring: store.keyring.get(), at });
      const head = store.audit.head();
      this.#office.close();
      const fileSha256 = this.#services.databases.digest({ directory: this.directory, database: 'office' });
      return writeOfficeAnchor(this.#state(), { head, fileSha256, at });
    } finally {
      this.#forget();
    }
  }

  #state() {
    return { header: this.#header, officeKey: this.#officeKey };
  }

  #forget(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
    this.#office.close();
    for (const key of [this.#officeKey, this.#slot.key, ...this.#clientKeys.values()]) key.fill(0);
    this.waiting.codeSecret?.fill(0);
    this.waiting.kit = null;
    this.#clientKeys.clear();
    this.#lock.release();
  }

  #closeClient(clientId: ClientId): void {
    const client = this.#clients.get(clientId);
    if (!client) return;
    const { store } = client;
    signCheckpoint(store, {
      keyring: this.#office.store.keyring.get(),
      at: instantOf(this.#services.clock.now()),
    });
    this.#clientAnchors().beforeClosing(clientId, store.audit);
    client.close();
    this.#clients.delete(clientId);
  }

  /** Begun with the first client, so that an opening that admits nobody changes nothing. */
  #clientAnchors(): ClientAnchors {
    this.#anchors ??= createClientAnchors(this.#services, {
      directory: this.directory,
      clientIds: this.clientIds(),
      office: () => this.#office.store,
      now: () => instantOf(this.#services.clock.now()),
      acceptOlder: this.#acceptOlderState ? (clientId) => this.#noteOlder(clientId) : null,
    });
    return this.#anchors;
  }

  #noteOlder(clientId: ClientId): void {
    const { store } = this.#office;
    const user = store.users.find(this.userId);
    store.transaction(() =>
      store.audit.append({
        at: instantOf(this.#services.clock.now()),
        userId: this.userId,
        userName: user?.name ?? '',
        action: 'office.olderStateAccepted',
        subject: clientId,
        outcome: 'done',
        payload: {},
      }),
    );
  }

  #keyOf(clientId: ClientId): Uint8Array {
    const key = this.#clientKeys.get(clientId);
    if (key) return key;
    throw new AppError(this.#office.store.clients.find(clientId) ? 'CLIENT_NO_ACCESS' : 'CLIENT_NOT_FOUND');
  }

  #openClient(clientId: ClientId, create: boolean): OpenDatabase<ClientStore> {
    const key = this.#keyOf(clientId);
    const anchors = this.#clientAnchors();
    if (!create) anchors.beforeOpening(clientId);
    const { directory } = this;
    const opened = keepingEvidence(this.#services, { directory, what: clientId }, () =>
      this.#services.databases.openClient({ directory, clientId, key, create }),
    );
    try {
      if (!create) anchors.afterOpening(clientId, opened.store.audit);
    } catch (error) {
      opened.close();
      throw error;
    }
    this.#clients.set(clientId, opened);
    return opened;
  }
}

/** The rows of the clients whose keys a session holds, by name. */
export function clientsOf(session: OfficeSession): ClientRow[] {
  const held = new Set(session.clientIds());
  return session.office.store.clients.list().filter(({ id }) => held.has(id));
}

/** How an office that may be older than remembered is opened. */
export interface OpeningRules {
  /** Judges the opened office database before anything in it is believed. @throws {AppError} VAULT_ROLLED_BACK */
  readonly judge: (audit: AuditLog) => AnchorJudgement;
  readonly acceptOlderState: boolean;
}

/**
 * Opens the databases of an unlocked office. The caller took the lock and releases it when this fails.
 * @throws {AppError} VAULT_*, VAULT_SCHEMA_NEWER, VAULT_ROSTER_TAMPERED, SESSION_WRONG_CREDENTIALS when the user was removed
 */
export async function openSession(
  services: VaultServices,
  { lock, unlocked }: { readonly lock: OfficeLock; readonly unlocked: UnlockedOffice },
  { judge, acceptOlderState }: OpeningRules,
): Promise<OfficeSession> {
  const { directory, header, officeKey, slot } = unlocked;
  const office = keepingEvidence(services, { directory, what: 'office' }, () =>
    services.databases.openOffice({ directory, officeId: header.office.id, key: officeKey, create: false }),
  );
  try {
    const judgement = judge(office.store.audit);
    const user = assertAdmitted(office.store, unlocked);
    const clientKeys = await openClientKeys(services, office.store, { user, identity: slot.secrets.identity });
    return new Session(services, unlocked, { lock, office, clientKeys, judgement, acceptOlderState });
  } catch (error) {
    office.close();
    throw error;
  }
}
