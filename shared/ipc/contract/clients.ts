// Clients of the office, each with a database and a key of its own, and the overview row of each.
import { z } from 'zod';
import { ClientId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { call, event } from '../call.ts';
import { HealthState } from './connections.ts';

/** Stable colour names; the renderer's theme decides the shade. */
export const ClientColour = z.enum(['teal', 'indigo', 'orange', 'grape', 'lime', 'cyan', 'pink', 'yellow']);

export const ClientSummary = z.strictObject({
  id: ClientId,
  name: z.string(),
  colour: ClientColour,
  createdAt: Instant,
});
export type ClientSummary = z.infer<typeof ClientSummary>;

/** One row of the overview. */
export const ClientOverview = ClientSummary.extend({
  accounts: z.int(),
  transactions: z.int(),
  pending: z.int(),
  /** Booked balance a currency, summed over the client's accounts. */
  balances: z.array(z.strictObject({ currency: z.string(), amountMinor: z.string() })),
  /** Oldest "as of" among its accounts: the balance is no newer than this. */
  dataAsOf: Instant.nullable(),
  health: HealthState.nullable(),
  consentDaysLeft: z.int().nullable(),
  proofs: z.strictObject({ pass: z.int(), fail: z.int(), absent: z.int() }),
  stagedBatches: z.int(),
});
export type ClientOverview = z.infer<typeof ClientOverview>;

/** Something that waits for a person, most urgent first. */
export const NeedsYou = z.strictObject({
  kind: z.enum(['connection', 'proof', 'batch', 'backup', 'recovery']),
  clientId: ClientId.nullable(),
  subjectId: z.string().nullable(),
  /** Name of what it is about: an institution, an account, a file. */
  subject: z.string(),
  whoseMove: z.enum(['you', 'bank', 'client']),
  /**
   * Stable key of the sentence the renderer words, the error code where there is one. Of a batch: `staged`, or `undecided` where doubtful rows wait
   * before or after the commit. Of an account's `proof`: `fail`, or `pending-overdue` where pending rows were never settled.
   */
  reason: z.string(),
  by: Instant.nullable(),
});
export type NeedsYou = z.infer<typeof NeedsYou>;

export const clients = {
  list: call({ permission: 'clients.read' }, z.strictObject({}), z.array(ClientSummary)),
  overview: call(
    { permission: 'clients.read' },
    z.strictObject({}),
    z.strictObject({ clients: z.array(ClientOverview), needsYou: z.array(NeedsYou) }),
  ),
  add: call(
    { permission: 'clients.manage', audited: true },
    z.strictObject({ name: z.string().trim().min(1).max(200) }),
    ClientSummary,
  ),
  changed: event(z.strictObject({ clientId: ClientId.nullable() })),
};
