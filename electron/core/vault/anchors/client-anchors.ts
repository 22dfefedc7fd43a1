// The last known state of every client's database, remembered in the office's: checked at its first opening, written when it is closed.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { Instant } from '../../../../shared/model/instant.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { DatabaseAnchor } from '../../ports/office-repositories.ts';
import type { OfficeStore } from '../../ports/vault-store.ts';
import { databaseEntryName } from '../backup-manifest.ts';
import { withEvidenceOf } from '../evidence.ts';
import type { VaultServices } from '../services.ts';
import { continues } from './anchored-chain.ts';

type Audit = Pick<AuditLog, 'head' | 'records'>;

/** Anchors of the clients that one session can open. The digests of their files are forgotten while it lasts: a crash leaves them so. */
export interface ClientAnchors {
  /** Before a client's first opening: a file that was closed whole is the same file. @throws {AppError} VAULT_ROLLED_BACK, VAULT_CORRUPT */
  beforeOpening(clientId: ClientId, key: Uint8Array): void;
  /** Right after it, or after a client was made, before anything else is read. @throws {AppError} VAULT_ROLLED_BACK */
  afterOpening(clientId: ClientId, audit: Audit): void;
  /** After an audited action: where the client's chain ends now. One commit, and none where it ends where it did. */
  remember(clientId: ClientId, audit: Audit): void;
  /** Before a client's open database is closed, or replaced by another file. */
  beforeClosing(clientId: ClientId, audit: Audit | null): void;
  /** The office has no such client: nothing of it is remembered. */
  forget(clientId: ClientId): void;
  /** Every client's database is closed, the office's still open: what each of them is from now on. One commit. */
  settle(): void;
}

export interface ClientAnchorsOptions {
  readonly directory: string;
  readonly clientIds: readonly ClientId[];
  /** The office's store now: a rotation opens it anew. */
  readonly office: () => OfficeStore;
  readonly now: () => Instant;
  /** Called instead of throwing where older states are opened knowingly; null where they are not. */
  readonly acceptOlder: ((clientId: ClientId) => void) | null;
}

type AnchorServices = Pick<VaultServices, 'databases' | 'evidence'>;

const anchorAt = (audit: Audit, at: Instant): DatabaseAnchor => {
  const { sequence, hash } = audit.head();
  return { sequence, head: hash, fileSha256: null, at };
};

/** Takes the remembered digests out of the office, so that a crash leaves none that the next opening would hold against the file. */
function takeDigests({ office, clientIds }: ClientAnchorsOptions): Map<ClientId, DatabaseAnchor> {
  const store = office();
  const taken = new Map<ClientId, DatabaseAnchor>();
  for (const id of clientIds) {
    const anchor = store.anchors.find(id);
    if (anchor) taken.set(id, anchor);
  }
  const digested = [...taken].filter(([, anchor]) => anchor.fileSha256 !== null);
  if (digested.length === 0) return taken;
  store.transaction(() => {
    for (const [id, anchor] of digested) store.anchors.set(id, { ...anchor, fileSha256: null });
  });
  return taken;
}

class SessionAnchors implements ClientAnchors {
  readonly #services: AnchorServices;
  readonly #options: ClientAnchorsOptions;
  readonly #known: Map<ClientId, DatabaseAnchor>;
  /** Files that may have changed in this session. */
  readonly #touched = new Set<ClientId>();

  constructor(services: AnchorServices, options: ClientAnchorsOptions) {
    this.#services = services;
    this.#options = options;
    this.#known = takeDigests(options);
  }

  beforeOpening(clientId: ClientId, key: Uint8Array): void {
    if (this.#differs(clientId)) {
      const { directory } = this.#options;
      const whole = this.#services.databases.authentic({ directory, database: clientId, key });
      this.#refuse(clientId, whole ? 'VAULT_ROLLED_BACK' : 'VAULT_CORRUPT');
      this.#known.delete(clientId);
    }
    this.#touched.add(clientId);
  }

  afterOpening(clientId: ClientId, audit: Audit): void {
    const anchor = this.#known.get(clientId);
    if (anchor && continues(audit, anchor)) return;
    if (anchor) this.#refuse(clientId, 'VAULT_ROLLED_BACK');
    this.remember(clientId, audit);
  }

  remember(clientId: ClientId, audit: Audit): void {
    this.#touched.add(clientId);
    const anchor = anchorAt(audit, this.#options.now());
    const before = this.#known.get(clientId);
    this.#known.set(clientId, anchor);
    if (before?.sequence !== anchor.sequence || before.head !== anchor.head) this.#write(clientId, anchor);
  }

  beforeClosing(clientId: ClientId, audit: Audit | null): void {
    this.#touched.add(clientId);
    if (audit) this.#known.set(clientId, anchorAt(audit, this.#options.now()));
  }

  forget(clientId: ClientId): void {
    this.#known.delete(clientId);
    this.#touched.delete(clientId);
  }

  settle(): void {
    const { directory, office } = this.#options;
    const store = office();
    store.transaction(() => {
      for (const [id, anchor] of this.#known) {
        const changed = this.#touched.has(id);
        const fileSha256 = changed ? this.#services.databases.digest({ directory, database: id }) : anchor.fileSha256;
        store.anchors.set(id, { ...anchor, fileSha256 });
      }
    });
  }

  #write(clientId: ClientId, anchor: DatabaseAnchor): void {
    const store = this.#options.office();
    store.transaction(() => store.anchors.set(clientId, anchor));
  }

  /** True where the file is not the one that was closed. */
  #differs(clientId: ClientId): boolean {
    const remembered = this.#touched.has(clientId) ? null : (this.#known.get(clientId)?.fileSha256 ?? null);
    if (remembered === null) return false;
    const { directory } = this.#options;
    return this.#services.databases.digest({ directory, database: clientId }) !== remembered;
  }

  /** What it is refused for stays remembered, however this session ends. */
  #refuse(clientId: ClientId, code: 'VAULT_ROLLED_BACK' | 'VAULT_CORRUPT'): void {
    const { directory, acceptOlder } = this.#options;
    const error = new AppError(code, { what: databaseEntryName(clientId) });
    const kept = withEvidenceOf(this.#services, { directory, what: clientId }, error);
    if (acceptOlder && code === 'VAULT_ROLLED_BACK') return acceptOlder(clientId);
    const anchor = this.#known.get(clientId);
    if (anchor) this.#write(clientId, anchor);
    throw kept;
  }
}

/** Begins with a session. @see ClientAnchors */
export function createClientAnchors(services: AnchorServices, options: ClientAnchorsOptions): ClientAnchors {
  return new SessionAnchors(services, options);
}
