// Branded identifiers. Random ones are 20 lower-case hex digits behind a prefix that says what they name.
import { z } from 'zod';

function id<const Prefix extends string>(prefix: Prefix) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-f]{20}$`))
    .brand<Prefix>();
}

export const OfficeId = id('office');
export type OfficeId = z.infer<typeof OfficeId>;
export const UserId = id('user');
export type UserId = z.infer<typeof UserId>;
export const ClientId = id('client');
export type ClientId = z.infer<typeof ClientId>;
export const ConnectionId = id('connection');
export type ConnectionId = z.infer<typeof ConnectionId>;
export const AccountId = id('account');
export type AccountId = z.infer<typeof AccountId>;
export const BatchId = id('batch');
export type BatchId = z.infer<typeof BatchId>;
export const TransactionId = id('transaction');
export type TransactionId = z.infer<typeof TransactionId>;
export const ProfileId = id('profile');
export type ProfileId = z.infer<typeof ProfileId>;
export const JobId = id('job');
export type JobId = z.infer<typeof JobId>;

/** A new identifier from ten random bytes. */
export function newId<Schema extends z.ZodType>(schema: Schema, prefix: string, random: Uint8Array): z.output<Schema> {
  const hex = Array.from(random.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return schema.parse(`${prefix}_${hex}`);
}
