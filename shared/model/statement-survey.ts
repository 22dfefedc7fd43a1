// What the first look at a file says: what it is, why, and what a person must decide before it can be read. It reads no transaction for good.
import { z } from 'zod';
import { WireError } from '../errors/app-error.ts';
import { SourceWarning } from './source.ts';
import { InspectedTransaction } from './statement-inspection.ts';
import { StatementProfile } from './statement-profile.ts';

export const StatementFormat = z.enum(['ofx', 'camt', 'mt940', 'mt942', 'csv', 'qif', 'bai2']);
export type StatementFormat = z.infer<typeof StatementFormat>;

/**
 * Something the file leaves open. `options` are the values the proposal's field may take, `examples` cells that would read differently (`01/02/2026`,
 * `1.234`). The proposal holds one of the options, or null where the field allows it; it counts only once a person has confirmed it. Options are codes
 * and marks as the profile has them, texts of `columns` (bookingDate, amount), `false` and `true` (sign: `signInverted`), names of lists
 * (status), `none` or the column (fee).
 */
export const SurveyQuestion = z.strictObject({
  topic: z.enum([
    'dateOrder',
    'decimalMark',
    'currency',
    'bookingDate',
    'amount',
    'sign',
    'status',
    'fee',
    'delimiter',
    'charset',
  ]),
  options: z.array(z.string().max(200)).max(20),
  examples: z.array(z.string().max(200)).max(5),
});
export type SurveyQuestion = z.infer<typeof SurveyQuestion>;

/** A format whose meaning is not fixed: the proposed profile, what is open, and the cells it was found in. */
export const ProfileProposal = z.strictObject({
  /** Null where not even a guess is possible (no column with dates, none with amounts). */
  profile: StatementProfile.nullable(),
  questions: z.array(SurveyQuestion),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
  /** Header cells, or `column 1…` where the file has none. Empty for QIF. */
  columns: z.array(z.string().max(200)).max(1000),
  /** Cells of the first rows after the header, as they stand. Empty for QIF. */
  sample: z.array(z.array(z.string().max(400))).max(20),
});
export type ProfileProposal = z.infer<typeof ProfileProposal>;

/** `reason` says in words by which bytes the format was decided. With an `error` the file can't be read at all. */
export const StatementSurvey = z.strictObject({
  format: StatementFormat.nullable(),
  version: z.string().nullable(),
  charset: z.string().nullable(),
  /** Entries of a ZIP archive that will be read, null for a plain file. */
  entries: z.array(z.string().max(400)).max(1000).nullable(),
  reason: z.string().max(400),
  proposal: ProfileProposal.nullable(),
  error: WireError.nullable(),
});
export type StatementSurvey = z.infer<typeof StatementSurvey>;

/** The first rows as a profile reads them, and the first row it can't read. */
export const ProfilePreview = z.strictObject({
  rows: z.array(InspectedTransaction).max(50),
  /** Rows read in the bytes at hand. */
  count: z.int(),
  sumMinor: z.string().nullable(),
  warnings: z.array(SourceWarning),
  error: WireError.nullable(),
});
export type ProfilePreview = z.infer<typeof ProfilePreview>;
