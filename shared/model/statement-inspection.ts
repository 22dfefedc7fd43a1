// What `statements inspect` says about one file. The form is public: fields are added, never renamed or removed.
import { z } from 'zod';
import { WireError } from '../errors/app-error.ts';
import { CalendarDate } from './calendar-date.ts';
import { Proof, SourceAccount, SourceTransaction, SourceWarning, StatementBalance } from './source.ts';

/** One ledger row as the file gives it. */
export const InspectedTransaction = SourceTransaction.pick({
  bookingDate: true,
  valueDate: true,
  amountMinor: true,
  currency: true,
  exponent: true,
  state: true,
  description: true,
  counterparty: true,
  counterpartyAccount: true,
  endToEndId: true,
  sourceId: true,
  children: true,
}).strict();
export type InspectedTransaction = z.infer<typeof InspectedTransaction>;

export const InspectedStatement = z.strictObject({
  account: SourceAccount.pick({ id: true, iban: true, currency: true, name: true }).strict(),
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
  opening: StatementBalance.nullable(),
  closing: StatementBalance.nullable(),
  transactions: z.array(InspectedTransaction),
  proof: Proof,
});
export type InspectedStatement = z.infer<typeof InspectedStatement>;

/** One file. With an `error` there are no statements; format, version and charset are null where detection already failed. */
export const StatementInspection = z.strictObject({
  file: z.string(),
  format: z.string().nullable(),
  version: z.string().nullable(),
  charset: z.string().nullable(),
  statements: z.array(InspectedStatement),
  warnings: z.array(SourceWarning),
  error: WireError.nullable(),
});
export type StatementInspection = z.infer<typeof StatementInspection>;
