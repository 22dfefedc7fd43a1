// The audit log: read, filtered, exported for someone who has no office.
import { z } from 'zod';
import { ClientId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { call } from '../call.ts';

/** One entry of a chain. `hash` covers all fields but the personal ones, which hang on it by a salted digest, and the previous entry's hash. */
export const AuditEntry = z.strictObject({
  sequence: z.int(),
  at: Instant,
  /** Null where nobody was signed in. */
  userId: z.string().nullable(),
  user: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.enum(['done', 'denied']),
  /** Facts of the action, ids, counts and codes. */
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** All that is given must hold. Instants are inclusive below, exclusive above. */
export const AuditFilter = z.strictObject({
  userId: z.string().max(100).nullable(),
  /** An action, `batches.undo`, or an area, `batches`. */
  action: z.string().max(100).nullable(),
  outcome: z.enum(['done', 'denied']).nullable(),
  from: Instant.nullable(),
  until: Instant.nullable(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** Which chain: the office's own, or one client's. */
const Chain = z.strictObject({ clientId: ClientId.nullable() });

export const audit = {
  /** Newest first. `intact` speaks of the whole chain, `total` of what the filter lets through. */
  list: call(
    { permission: 'audit.read' },
    Chain.extend({ filter: AuditFilter, offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.strictObject({
      entries: z.array(AuditEntry),
      total: z.int(),
      intact: z.boolean(),
      /** Every user and action that occurs, for the filters. */
      users: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      actions: z.array(z.string()),
    }),
  ),
  /**
   * Writes a chain with its signed checkpoints as JSON lines that `strongroom audit verify` checks without the office. Without the personal
   * part every name and payload is left out; the chain verifies all the same.
   */
  export: call(
    { permission: 'audit.export', audited: true, stepUp: true },
    Chain.extend({ path: z.string().min(1).max(4000), personal: z.boolean() }),
    z.strictObject({ entries: z.int(), checkpointKey: z.string(), head: z.string() }),
  ),
};
