// What a practice bank can be started with. JSON-safe: it crosses a process boundary.
import { z } from 'zod';
import { CalendarDate } from '../../shared/model/calendar-date.ts';
import { MisbehaviourName } from './misbehaviours.ts';

export const PracticeBankOptions = z.strictObject({
  /** Port of the https side on 127.0.0.1; 0 takes a free one. */
  port: z.int().min(0).max(65_535).default(0),
  seed: z.string().default('practice'),
  /** Last day of the ledger; the machine's current date in UTC when null. */
  today: CalendarDate.nullable().default(null),
  misbehave: z.array(MisbehaviourName).default([]),
  accessTokenSeconds: z.int().positive().default(600),
  /** Transactions on one page. */
  pageSize: z.int().positive().max(1000).default(200),
  /** How long `slow` waits before each answer. */
  slowMs: z.int().nonnegative().default(5000),
});
export type PracticeBankOptions = z.infer<typeof PracticeBankOptions>;
export type PracticeBankOptionsInput = z.input<typeof PracticeBankOptions>;
