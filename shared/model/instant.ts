// Points in time. Banks' dates are calendar dates, not instants.
import { z } from 'zod';

/** ISO 8601 in UTC with milliseconds: `2026-01-31T08:15:00.000Z`. */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

export function instantOf(epochMs: number): Instant {
  return Instant.parse(new Date(epochMs).toISOString());
}
