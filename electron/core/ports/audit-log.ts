// The audit log as core sees it: one chain a database, written in the same transaction as the action. It offers no way to change an entry.
import type { AuditEntry, AuditFilter } from '../../../shared/ipc/contract/audit.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { AuditCheckpoint, AuditHead, AuditRecord } from './audit-chain.ts';

export type { AuditCheckpoint, AuditHead, AuditRecord } from './audit-chain.ts';

/** JSON facts about an action: ids, counts, codes. Never a secret. */
export type AuditPayload = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An entry before it has its place in the chain. */
export interface AuditDraft {
  readonly at: Instant;
  /** Null only where nobody is signed in. */
  readonly userId: string | null;
  readonly userName: string;
  /** The channel of the call, `batches.commit`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly subject: string | null;
  readonly outcome: 'done' | 'denied';
  readonly payload: AuditPayload;
}

/** What a new chain starts with. @see electron/core/vault/audit/audit-start.ts, which makes it */
export interface AuditStart {
  /** 32 random bytes: the key of the first entry's MAC. `begin` evolves a copy; whoever made them zeroes them. */
  readonly firstKey: Uint8Array;
  /** The same key as an age v1 file for the owners and the recovery identity: who opens it can recompute every MAC. */
  readonly sealedFirstKey: Uint8Array;
}

/** `brokenAt` is the first sequence number that doesn't follow from the one before, or that is missing at the end. */
export interface AuditCheck {
  /** Entries before the break, or all. */
  readonly entries: number;
  readonly brokenAt: number | null;
}

export interface AuditQuery {
  readonly filter: AuditFilter;
  readonly offset: number;
  readonly limit: number;
}

export interface AuditPage {
  /** Newest first. An entry whose personal part was erased has no name and no payload. */
  readonly entries: AuditEntry[];
  /** How many entries the filter lets through. */
  readonly total: number;
  /** Everyone who occurs in the whole chain, by her latest name there. */
  readonly users: { readonly id: string; readonly name: string }[];
  /** Every action that occurs in the whole chain. */
  readonly actions: string[];
}

export interface AuditLog {
  /** The office's or the client's id. */
  readonly chain: string;
  /** Starts the chain inside the transaction that creates the database. @throws {TypeError} outside one, or when it was begun before */
  begin(start: AuditStart): void;
  /** Appends inside the caller's transaction. @throws {TypeError} outside one, or when the chain was not begun */
  append(draft: AuditDraft): void;
  /** @throws {AppError} VAULT_AUDIT_BROKEN when an entry was changed into something that is none */
  list(query: AuditQuery): AuditPage;
  /** Where the chain ends. */
  head(): AuditHead;
  /**
   * Walks the whole chain and compares its end with the evolved key's count and with every checkpoint. With the first key every MAC is
   * recomputed too, which also finds a chain that someone with the database's key wrote anew.
   */
  check(options?: { readonly firstKey?: Uint8Array }): AuditCheck;
  /** Entries behind `after` in the chain's own form, oldest first. Nothing is checked. */
  records(range: { readonly after: number; readonly limit: number }): AuditRecord[];
  /** What the chain started with, as far as it is kept. @throws {AppError} VAULT_AUDIT_BROKEN when that is gone */
  start(): { readonly sealedFirstKey: Uint8Array; readonly firstKeyCommitment: string };
  /** The same first key for other owners. */
  setSealedFirstKey(sealedFirstKey: Uint8Array): void;
  /** Oldest first. */
  checkpoints(): AuditCheckpoint[];
  lastCheckpoint(): AuditCheckpoint | null;
  addCheckpoint(checkpoint: AuditCheckpoint): void;
}
