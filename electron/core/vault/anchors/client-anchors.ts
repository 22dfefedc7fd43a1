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
  /** Before a client's first opening: a file that was closed whole is the same file. @throws {AppError} VAULT_ROLLED_BACK */
  beforeOpening(clientId: ClientId): void;
  /** Right after it, or after a client was made, before anything else is read. @throws {AppError} VAULT_ROLLED_BACK */
  afterOpening(clientId: ClientId, audit: Audit): void;
  /** After an audited action: where the client's chain ends now. One commit, and none where it ends where it did. */
  remember(clientId: ClientId, audit: Audit): void;
  /** Before a client's open database is closed, or replaced by another file. */
  beforeClosing(clientId: ClientId, audit: Audit | null): void;
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

/** Begins with a session. @see ClientAnchors */
export function createClientAnchors(services: AnchorServices, options: ClientAnchorsOptions): ClientAnchors {
  const { directory, office, now, acceptOlder } = options;
  const known = takeDigests(options);
  /** Files that may have changed in this session. */
  const touched = new Set<ClientId>();

  function refuse(clientId: ClientId): void {
    if (acceptOlder) acceptOlder(clientId);
    const error = new AppError('VAULT_ROLLED_BACK', { what: databaseEntryName(clientId) });
    const kept = withEvidenceOf(services, { directory, what: clientId }, error);
    if (!acceptOlder) throw kept;
  }

  function beforeOpening(clientId: ClientId): void {
    const anchor = known.get(clientId);
    const first = !touched.has(clientId);
    const digest = first && anchor?.fileSha256 ? services.databases.digest({ directory, database: clientId }) : null;
    if (first && anchor?.fileSha256 && digest !== anchor.fileSha256) {
      refuse(clientId);
      known.delete(clientId);
    }
    touched.add(clientId);
  }

  function remember(clientId: ClientId, audit: Audit): void {
    touched.add(clientId);
    const anchor = anchorAt(audit, now());
    const before = known.get(clientId);
    known.set(clientId, anchor);
    if (before?.sequence === anchor.sequence && before.head === anchor.head) return;
    const store = office();
    store.transaction(() => store.anchors.set(clientId, anchor));
  }

  return {
    beforeOpening,
    remember,
    afterOpening: (clientId, audit) => {
      const anchor = known.get(clientId);
      if (anchor && continues(audit, anchor)) return;
      if (anchor) refuse(clientId);
      remember(clientId, audit);
    },
    beforeClosing: (clientId, audit) => {
      touched.add(clientId);
      if (audit) known.set(clientId, anchorAt(audit, now()));
    },
    settle: () => {
      const store = office();
      store.transaction(() => {
        for (const [id, anchor] of known) {
          const fileSha256 = touched.has(id)
            ? services.databases.digest({ directory, database: id })
            : anchor.fileSha256;
          store.anchors.set(id, { ...anchor, fileSha256 });
        }
      });
    },
  };
}
