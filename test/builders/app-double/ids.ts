// Identifiers of invented things: the same number gives the same id. Not for anything that must be unguessable.
import {
  AccountId,
  BatchId,
  ClientId,
  ConnectionId,
  JobId,
  OfficeId,
  TransactionId,
  UserId,
} from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';

function hex(number: number): string {
  return number.toString(16).padStart(20, '0');
}

export const officeId = OfficeId.parse(`office_${hex(1)}`);
export const userIdOf = (number: number): UserId => UserId.parse(`user_${hex(number)}`);
export const userId = userIdOf(1);
export const clientId = (number: number): ClientId => ClientId.parse(`client_${hex(number)}`);
export const accountId = (number: number): AccountId => AccountId.parse(`account_${hex(number)}`);
export const connectionId = (number: number): ConnectionId => ConnectionId.parse(`connection_${hex(number)}`);
export const batchId = (number: number): BatchId => BatchId.parse(`batch_${hex(number)}`);
export const transactionId = (number: number): TransactionId => TransactionId.parse(`transaction_${hex(number)}`);
export const jobId = (number: number): JobId => JobId.parse(`job_${hex(number)}`);

/** `days` before now, at an office hour that depends on `days` only. */
export function instantAgo(days: number): Instant {
  return Instant.parse(new Date(Date.now() - days * 86_400_000).toISOString());
}

/** A digest that is none: 64 hexadecimal digits from a number. */
export function fakeHash(number: number): string {
  return Array.from({ length: 8 }, (_, index) =>
    ((number + 1) * (index + 3) * 2_654_435_761).toString(16).slice(-8).padStart(8, '0'),
  ).join('');
}
