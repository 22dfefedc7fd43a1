// The open office of this process: its keys, stores, tokens and proofs. One at a time; closing zeroes the keys.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { ClientId, UserId } from '../../../shared/model/ids.ts';
import { instantOf, type Instant } from '../../../shared/model/instant.ts';
import type { ClientRow } from '../ports/office-repositories.ts';
import type { SealIdentity } from '../ports/sealer.ts';
import type { OfficeLock, OpenDatabase } from '../ports/vault-databases.ts';
import type { UserSlot, VaultHeader } from '../ports/vault-header.ts';
import type { ClientStore, OfficeStore, Store } from '../ports/vault-store.ts';
import { writeOfficeAnchor, type AnchorJudgement } from './anchors/office-anchor.ts';
import { signCheckpoint } from './audit/checkpoints.ts';
import { ClientDatabases } from './client-databases.ts';
import { keepingEvidence, openKeepingEvidence } from './evidence.ts';
import { headerMacKey } from './keys/office-key.ts';
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

/** One unlocked office. Once it is closed, keys, stores and every change throw SESSION_LOCKED: a call that was waiting meanwhile ends there. */
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
  /**
   * Writes the header's next generation. Where a way in goes, the one before it follows at once, so that the previous header opens nothing
   * more than this one. @throws {AppError} VAULT_IO, VAULT_DISK_FULL
   */
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
  remember(store: Pick<Store, 'audit'>): void;
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
  /** What the host was last given to remember; null before the first time. */
  anchor: string | null;
}

/** What a session is made of, besides what unlocking brought to light. */
export interface SessionParts {
  readonly lock: OfficeLock;
  /** Keeps copies where it is found damaged. */
  readonly office: OpenDatabase<OfficeStore>;
  readonly clientKeys: Map<ClientId, Uint8Array>;
  readonly judgement: AnchorJudgement;
  readonly acceptOlderState: boolean;
}

export class Session implements OfficeSession {
  readonly directory: string;
  readonly userId: UserId;
  readonly warnings: readonly string[];
  readonly older: readonly string[];
  readonly tokens: SessionTokens;
  readonly proofs: FreshProofs;
  readonly waiting: Waiting = { kit: null, codeSecret: null, deviceDigest: null, anchor: null };
  readonly #services: VaultServices;
  readonly #lock: OfficeLock;
  readonly #clients: ClientDatabases;
  #office: OpenDatabase<OfficeStore>;
  #officeKey: Uint8Array;
  #header: VaultHeader;
  #slot: OpenSlot;
  #closed = false;
  /** True while the previous header holds a way in that the newest one has no more. */
  #previousOpensMore = false;

  constructor(services: VaultServices, unlocked: UnlockedOffice, parts: SessionParts) {
    const { lock, office, clientKeys, judgement, acceptOlderState } = parts;
    this.#services = services;
    this.directory = unlocked.directory;
    this.userId = unlocked.userId;
    this.warnings = [...unlocked.warnings, ...judgement.warnings];
    this.older = judgement.older;
    this.tokens = createSessionTokens(services.random);
    this.proofs = createFreshProofs(services.clock);
    this.#lock = lock;
    this.#office = office;
    this.#officeKey = unlocked.officeKey;
    this.#header = unlocked.header;
    this.#slot = unlocked.slot;
    this.#clients = new ClientDatabases(services, {
      directory: unlocked.directory,
      keys: clientKeys,
      office: () => this.#office.store,
      now: () => this.#now(),
      acceptOlder: acceptOlderState ? (clientId) => this.#noteOlder(clientId) : null,
    });
  }

  get identity(): SealIdentity {
    this.#assertOpen();
    return this.#slot.secrets.identity;
  }

  get officeKey(): Uint8Array {
    this.#assertOpen();
    return this.#officeKey;
  }

  get office(): OpenDatabase<OfficeStore> {
    this.#assertOpen();
    return this.#office;
  }

  header(): VaultHeader {
    return this.#header;
  }

  updateHeader(changes: Partial<VaultHeader>): void {
    this.#assertOpen();
    const before = this.#header;
    this.#writeHeader(changes);
    if (losesWayIn(before, this.#header)) this.#previousOpensMore = true;
    this.#renewPrevious();
  }

  ownSlot(): OpenSlot & { readonly slot: UserSlot } {
    this.#assertOpen();
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
    this.#assertOpen();
    return this.#clients.ids();
  }

  clientKey(clientId: ClientId): Uint8Array {
    this.#assertOpen();
    return Uint8Array.from(this.#clients.key(clientId));
  }

  client(clientId: ClientId): OpenDatabase<ClientStore> {
    this.#assertOpen();
    return this.#clients.open(clientId);
  }

  createClient(clientId: ClientId, key: Uint8Array): OpenDatabase<ClientStore> {
    this.#assertOpen();
    return this.#clients.create(clientId, key);
  }

  remember(store: Pick<Store, 'audit'>): void {
    this.#assertOpen();
    this.#clients.remember(store);
  }

  replaceClientKey(clientId: ClientId, key: Uint8Array | null): void {
    this.#assertOpen();
    this.#clients.replaceKey(clientId, key);
  }

  replaceOfficeKey(work: (officeKey: Uint8Array) => Uint8Array): void {
    this.#assertOpen();
    const { directory } = this;
    const officeId = this.#header.office.id;
    const suspect = { directory, what: 'office' } as const;
    this.#office.close();
    try {
      const next = keepingEvidence(this.#services, suspect, () => work(this.#officeKey));
      if (next !== this.#officeKey) this.#officeKey.fill(0);
      this.#officeKey = next;
    } finally {
      const key = this.#officeKey;
      this.#office = openKeepingEvidence(this.#services, suspect, () =>
        this.#services.databases.openOffice({ directory, officeId, key, create: false }),
      );
    }
  }

  close(): string {
    this.#assertOpen();
    this.#closed = true;
    try {
      this.#renewPrevious();
      const at = this.#now();
      this.#clients.closeAll();
      const { store } = this.#office;
      signCheckpoint(store, { keyring: store.keyring.get(), at });
      const head = store.audit.head();
      this.#office.close();
      const fileSha256 = this.#services.databases.digest({ directory: this.directory, database: 'office' });
      return writeOfficeAnchor({ header: this.#header, officeKey: this.#officeKey }, { head, fileSha256, at });
    } finally {
      this.#forget();
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new AppError('SESSION_LOCKED');
  }

  #writeHeader(changes: Partial<VaultHeader>): void {
    const next: VaultHeader = { ...this.#header, ...changes, generation: this.#header.generation + 1 };
    this.#services.headers.write(this.directory, next, headerMacKey(this.#officeKey));
    this.#header = next;
  }

  /** The change itself stands by now, so what can't be written waits: for the header's next change, or the lock. */
  #renewPrevious(): void {
    if (!this.#previousOpensMore) return;
    try {
      this.#writeHeader({});
      this.#previousOpensMore = false;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  #now(): Instant {
    return instantOf(this.#services.clock.now());
  }

  #forget(): void {
    this.#clients.forget();
    this.#office.close();
    for (const key of [this.#officeKey, this.#slot.key]) key.fill(0);
    this.waiting.codeSecret?.fill(0);
    this.waiting.kit = null;
    this.#lock.release();
  }

  #noteOlder(clientId: ClientId): void {
    const { store } = this.#office;
    const userName = store.users.find(this.userId)?.name ?? '';
    const entry = { at: this.#now(), userId: this.userId, userName, action: 'office.olderStateAccepted' };
    store.transaction(() => store.audit.append({ ...entry, subject: clientId, outcome: 'done', payload: {} }));
  }
}

/** True where a password, an invitation or the paper that opened the one header opens the next no more. */
function losesWayIn(before: VaultHeader, next: VaultHeader): boolean {
  const kept = new Set(next.slots);
  return before.recovery.identity !== next.recovery.identity || before.slots.some((slot) => !kept.has(slot));
}

/** The rows of the clients whose keys a session holds, by name. */
export function clientsOf(session: OfficeSession): ClientRow[] {
  const held = new Set(session.clientIds());
  return session.office.store.clients.list().filter(({ id }) => held.has(id));
}
