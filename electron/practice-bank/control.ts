// How a practice bank in its own process is steered: one JSON message a call over the channel between parent and child. No network listens for it.
import { z } from 'zod';
import { PracticeBankDetails } from './details.ts';
import { LedgerAccountSummary } from './ledger-summary.ts';
import { MisbehaviourName } from './misbehaviours.ts';
import { SeenRequest } from './request-log.ts';
import { StatementRequest } from './statements/statement-file.ts';

export const ControlCall = z.discriminatedUnion('call', [
  z.strictObject({ id: z.int(), call: z.literal('misbehave'), names: z.array(MisbehaviourName) }),
  z.strictObject({ id: z.int(), call: z.literal('ledger') }),
  z.strictObject({ id: z.int(), call: z.literal('statementFile'), request: StatementRequest }),
  z.strictObject({ id: z.int(), call: z.literal('requests') }),
]);
export type ControlCall = z.infer<typeof ControlCall>;

export const ControlMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), details: PracticeBankDetails }),
  z.strictObject({ kind: z.literal('value'), id: z.int(), value: z.json() }),
  z.strictObject({ kind: z.literal('failed'), id: z.int(), message: z.string() }),
]);
export type ControlMessage = z.infer<typeof ControlMessage>;

/** What each call answers. */
export const ControlValues = {
  misbehave: z.null(),
  ledger: z.array(LedgerAccountSummary),
  statementFile: z.string(),
  requests: z.array(SeenRequest),
} as const;
