// The audit log as core sees it: one chain a database, written in the same transaction as the action. It offers no way to change an entry.
import type { Instant } from '../../../shared/model/instant.ts';
import type { AuditEntry } from '../../../shared/ipc/contract/audit.ts';

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

/** Where a chain ends; `sequence` 0 before its first entry. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** `brokenAt` is the first sequence number that doesn't follow from the one before. */
export interface AuditCheck {
  readonly entries: number;
  readonly brokenAt: number | null;
}

export interface AuditLog {
  /** Appends inside the caller's transaction. @throws {TypeError} outside one */
  append(draft: AuditDraft): void;
  /** Newest first. */
  list(page: { readonly offset: number; readonly limit: number }): AuditEntry[];
  head(): AuditHead;
  /** Walks the whole chain. */
  check(): AuditCheck;
}
