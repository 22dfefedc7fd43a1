// Reads the audit table for people: filtered, newest first, with the values the filters offer. It judges no chain.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { AuditEntry } from '../../../shared/ipc/contract/audit.ts';
import type { AuditPage, AuditQuery } from '../../core/ports/audit-log.ts';
import { recordOf } from './audit-table.ts';
import type { Database } from './open-database.ts';

const MATCHES = `
  (@userId IS NULL OR user_id = @userId)
  AND (@action IS NULL OR action = @action OR substr(action, 1, length(@action) + 1) = @action || '.')
  AND (@outcome IS NULL OR outcome = @outcome)
  AND (@from IS NULL OR at >= @from)
  AND (@until IS NULL OR at < @until)`;

const People = z.array(z.object({ id: z.string(), name: z.string() }));

/** @throws {AppError} VAULT_AUDIT_BROKEN for a row that was changed into something that is no entry */
function entryOf(row: unknown): AuditEntry {
  const { sequence, at, userId, name, action, subject, outcome, payload, hash } = recordOf(row);
  try {
    const facts: unknown = JSON.parse(payload ?? '{}');
    return AuditEntry.parse({ sequence, at, userId, user: name ?? '', action, subject, outcome, payload: facts, hash });
  } catch (cause) {
    throw new AppError('VAULT_AUDIT_BROKEN', {}, { cause });
  }
}

export function createAuditList(database: Database): (query: AuditQuery) => AuditPage {
  const page = database.prepare(
    `SELECT * FROM audit WHERE ${MATCHES} ORDER BY sequence DESC LIMIT @limit OFFSET @offset`,
  );
  const total = database.prepare(`SELECT count(*) FROM audit WHERE ${MATCHES}`).pluck();
  // With max() alone SQLite takes the other columns from the row that has the maximum.
  const users = database.prepare(
    `SELECT user_id AS id, coalesce(user_name, '') AS name, max(iif(user_name IS NULL, 0, sequence))
     FROM audit WHERE user_id IS NOT NULL GROUP BY user_id ORDER BY name, id`,
  );
  const actions = database.prepare('SELECT DISTINCT action FROM audit ORDER BY action').pluck();
  return ({ filter, offset, limit }) => ({
    entries: page.all({ ...filter, offset, limit }).map(entryOf),
    total: z.int().parse(total.get(filter)),
    users: People.parse(users.all()),
    actions: z.array(z.string()).parse(actions.all()),
  });
}
