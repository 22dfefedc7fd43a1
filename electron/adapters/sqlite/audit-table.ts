// The audit tables of a database: entries that only grow, the chain's evolving key, and signed checkpoints. Triggers keep honest code honest;
// what detects dishonest hands is the chain.
import { z } from 'zod';
import type { Instant } from '../../../shared/model/instant.ts';
import type { AuditCheckpoint, AuditRecord } from '../../core/ports/audit-chain.ts';
import type { Database } from './open-database.ts';

/** The audit tables as of schema version 1. A database's first migration calls it; it never changes. */
export function createAuditTableV1(database: Database): void {
  database.exec(`
    -- Name, payload and salt are personal and hang on the chain by their digest: all three go together or stay.
    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      at TEXT NOT NULL,
      user_id TEXT,
      action TEXT NOT NULL,
      subject TEXT,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'denied')),
      user_name TEXT,
      payload TEXT,
      salt BLOB,
      personal_digest TEXT NOT NULL,
      previous_hash TEXT NOT NULL,
      hash TEXT NOT NULL,
      mac TEXT NOT NULL,
      CHECK ((user_name IS NULL) = (payload IS NULL) AND (user_name IS NULL) = (salt IS NULL))
    ) STRICT;
    CREATE INDEX audit_user ON audit (user_id);
    CREATE INDEX audit_action ON audit (action);
    CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
    CREATE TRIGGER audit_never_changed BEFORE UPDATE OF
      sequence, at, user_id, action, subject, outcome, personal_digest, previous_hash, hash, mac ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
    CREATE TRIGGER audit_only_erased BEFORE UPDATE OF user_name, payload, salt ON audit
      WHEN NEW.user_name IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

    -- The key of the next entry's MAC. Each entry replaces it by its successor, from which nothing leads back.
    CREATE TABLE audit_state (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      sequence INTEGER NOT NULL,
      key BLOB NOT NULL,
      sealed_first_key BLOB NOT NULL,
      first_key_commitment TEXT NOT NULL
    ) STRICT;

    CREATE TABLE audit_checkpoint (
      number INTEGER PRIMARY KEY,
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      hash TEXT NOT NULL,
      at TEXT NOT NULL,
      public_key TEXT NOT NULL,
      signature TEXT NOT NULL,
      UNIQUE (sequence, public_key)
    ) STRICT;
    CREATE TRIGGER audit_checkpoint_never_deleted BEFORE DELETE ON audit_checkpoint
      BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
    CREATE TRIGGER audit_checkpoint_never_changed BEFORE UPDATE ON audit_checkpoint
      BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
  `);
}

interface AuditRow {
  readonly sequence: number;
  readonly at: Instant;
  readonly user_id: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: AuditRecord['outcome'];
  readonly user_name: string | null;
  readonly payload: string | null;
  readonly salt: Uint8Array | null;
  readonly personal_digest: string;
  readonly previous_hash: string;
  readonly hash: string;
  readonly mac: string;
}

/** A row of `audit` in the chain's own form. It is believed as far as the chain holds: its form says nothing that the hashes don't. */
export function recordOf(row: unknown): AuditRecord {
  const { user_id, user_name, salt, personal_digest, previous_hash, ...same } = row as AuditRow;
  return {
    ...same,
    userId: user_id,
    name: user_name,
    salt: salt && Buffer.from(salt).toString('base64'),
    personalDigest: personal_digest,
    previousHash: previous_hash,
  };
}

/** A row of `audit_checkpoint`. */
export const CheckpointRow = z
  .object({ sequence: z.int(), hash: z.string(), at: z.string(), public_key: z.string(), signature: z.string() })
  .transform(({ public_key: publicKey, ...row }): AuditCheckpoint => ({ ...row, publicKey }));

/** The one row of `audit_state`. */
export const StateRow = z.object({
  sequence: z.int(),
  key: z.instanceof(Uint8Array),
  sealed_first_key: z.instanceof(Uint8Array),
  first_key_commitment: z.string(),
});
export type StateRow = z.infer<typeof StateRow>;
