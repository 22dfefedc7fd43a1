// Bank accounts of a client: identity, balances by type, continuity proof.
import { z } from 'zod';
import { CalendarDate } from '../../model/calendar-date.ts';
import { AccountId, ClientId, ConnectionId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { Proof, SourceBalance } from '../../model/source.ts';
import { call } from '../call.ts';

/** The continuity proof of an account: from its first to its last stated balance. */
export const AccountProof = z.strictObject({
  result: Proof,
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
  openingMinor: z.string().nullable(),
  sumMinor: z.string().nullable(),
  closingMinor: z.string().nullable(),
  /** First day on which the stated and the computed balance part, when it fails. */
  firstBrokenDay: CalendarDate.nullable(),
  differenceMinor: z.string().nullable(),
});
export type AccountProof = z.infer<typeof AccountProof>;

export const AccountSummary = z.strictObject({
  id: AccountId,
  clientId: ClientId,
  name: z.string(),
  institution: z.string(),
  kind: z.enum(['current', 'savings', 'card', 'loan', 'other']),
  currency: z.string(),
  iban: z.string().nullable(),
  /** Country and last four characters; the full identity is in `iban` and shown only on request. */
  numberMask: z.string(),
  bookedMinor: z.string(),
  pendingMinor: z.string(),
  transactions: z.int(),
  dataAsOf: Instant.nullable(),
  connectionId: ConnectionId.nullable(),
  proof: AccountProof,
});
export type AccountSummary = z.infer<typeof AccountSummary>;

export const AccountDetail = AccountSummary.extend({
  balances: z.array(SourceBalance.extend({ recordedAt: Instant })),
  /** Booked balance at the end of each day that has a booking, for the chart. */
  daily: z.array(z.strictObject({ date: CalendarDate, balanceMinor: z.string() })),
  /** Where its rows came from, oldest first. */
  sources: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['connection', 'file']),
      first: Instant,
      last: Instant,
      batches: z.int(),
    }),
  ),
});
export type AccountDetail = z.infer<typeof AccountDetail>;

export const accounts = {
  list: call(
    { permission: 'accounts.read' },
    z.strictObject({ clientId: ClientId.nullable() }),
    z.array(AccountSummary),
  ),
  get: call(
    { permission: 'accounts.read' },
    z.strictObject({ clientId: ClientId, accountId: AccountId }),
    AccountDetail,
  ),
};
