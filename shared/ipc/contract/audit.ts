// The audit log, read only.
import { z } from 'zod';
import { ClientId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { call } from '../call.ts';

/** One entry of a chain. `hash` covers all fields before it and the previous entry's hash. */
export const AuditEntry = z.strictObject({
  sequence: z.int(),
  at: Instant,
  user: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.enum(['done', 'denied']),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const audit = {
  /** Newest first. `clientId` null reads the office's own chain. */
  list: call(
    { permission: 'audit.read' },
    z.strictObject({ clientId: ClientId.nullable(), offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.strictObject({ entries: z.array(AuditEntry), total: z.int(), intact: z.boolean() }),
  ),
};
