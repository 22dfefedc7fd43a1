// The audit table of a database: a SHA-256 chain whose entries nothing changes. What is personal hangs on the chain by a salted digest only.
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AuditEntry } from '../../../shared/ipc/contract/audit.ts';
import type { AuditCheck, AuditDraft, AuditHead, AuditLog } from '../../core/ports/audit-log.ts';
import type { Database } from './open-database.ts';
import { translatingErrors } from './sqlite-errors.ts';

/** The audit table as of schema version 1. A database's first migration calls it; it never changes. */
export function createAuditTableV1(database: Database): void {
  database.exec(`
    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      at TEXT NOT NULL,
      user_id TEXT,
      action TEXT NOT NULL,
      subject TEXT,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'denied')),
      user_name TEXT NOT NULL,
      payload TEXT NOT NULL,
      payload_salt BLOB NOT NULL,
      payload_digest TEXT NOT NULL,
      previous_hash TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
    CREATE TRIGGER audit_never_changed BEFORE UPDATE OF
      sequence, at, user_id, action, subject, outcome, payload_digest, previous_hash, hash ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
  `);
}

const Row = z.object({
  sequence: z.int(),
  at: z.string(),
  user_id: z.string().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.string(),
  user_name: z.string(),
  payload: z.string(),
  payload_salt: z.instanceof(Uint8Array),
  payload_digest: z.string(),
  previous_hash: z.string(),
  hash: z.string(),
});
type Row = z.infer<typeof Row>;

function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** The hash before the first entry: it binds a chain to its office or client. */
function genesis(chain: string): string {
  return sha256('strongroom audit chain v1\n', chain);
}

function digestOf(row: Pick<Row, 'user_name' | 'payload' | 'payload_salt'>): string {
  return sha256(row.payload_salt, JSON.stringify([row.user_name, row.payload]));
}

function hashOf(row: Omit<Row, 'hash'>): string {
  const { sequence, at, user_id, action, subject, outcome, payload_digest, previous_hash } = row;
  return sha256(JSON.stringify([sequence, at, user_id, action, subject, outcome, payload_digest, previous_hash]));
}

function toRow(draft: AuditDraft, head: AuditHead): Row {
  const open = {
    sequence: head.sequence + 1,
    at: draft.at,
    user_id: draft.userId,
    action: draft.action,
    subject: draft.subject,
    outcome: draft.outcome,
    user_name: draft.userName,
    payload: JSON.stringify(draft.payload),
    payload_salt: randomBytes(16),
  };
  const row = { ...open, payload_digest: digestOf(open), previous_hash: head.hash };
  return { ...row, hash: hashOf(row) };
}

function toEntry(row: Row): AuditEntry {
  const { sequence, at, user_name: user, action, subject, outcome, hash } = row;
  return AuditEntry.parse({ sequence, at, user, action, subject, outcome, hash });
}

/**
 * The audit log of one open database. `chain` is the office's or the client's id.
 * @throws {AppError} VAULT_* from every method
 */
export function createAuditChain(database: Database, chain: string): AuditLog {
  const last = database.prepare('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1');
  const page = database.prepare('SELECT * FROM audit ORDER BY sequence DESC LIMIT ? OFFSET ?');
  const all = database.prepare('SELECT * FROM audit ORDER BY sequence');
  const insert = database.prepare(
    `INSERT INTO audit VALUES (@sequence, @at, @user_id, @action, @subject, @outcome, @user_name, @payload, @payload_salt,
     @payload_digest, @previous_hash, @hash)`,
  );

  function head(): AuditHead {
    return (last.get() as AuditHead | undefined) ?? { sequence: 0, hash: genesis(chain) };
  }

  function append(draft: AuditDraft): void {
    if (!database.inTransaction) throw new TypeError('an audit entry belongs into the transaction of its action');
    insert.run(toRow(draft, head()));
  }

  function check(): AuditCheck {
    let previous: AuditHead = { sequence: 0, hash: genesis(chain) };
    for (const raw of all.iterate()) {
      const row = Row.parse(raw);
      const follows = row.sequence === previous.sequence + 1 && row.previous_hash === previous.hash;
      if (!follows || row.payload_digest !== digestOf(row) || row.hash !== hashOf(row)) {
        return { entries: previous.sequence, brokenAt: previous.sequence + 1 };
      }
      previous = { sequence: row.sequence, hash: row.hash };
    }
    return { entries: previous.sequence, brokenAt: null };
  }

  return translatingErrors({
    append,
    head,
    check,
    list: ({ offset, limit }) => page.all(limit, offset).map((row) => toEntry(Row.parse(row))),
  } satisfies AuditLog);
}
