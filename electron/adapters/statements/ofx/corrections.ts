// CORRECTFITID: the bank takes back a row it sent before. What cannot be applied here is said aloud, never dropped.
import { type Place, quoteSource } from '../failure.ts';
import type { StatementSink } from '../statement-sink.ts';
import type { Frame } from './frames.ts';

/**
 * Applies a correction to the rows not yet handed on. True when the row itself stands in the ledger: always, except for a DELETE.
 * @see OFX 2.2 §11.4.4.1, CORRECTFITID and CORRECTACTION (REPLACE or DELETE)
 */
export function applyCorrection(frame: Frame, place: Place, sink: StatementSink): boolean {
  const target = frame.fields.get('CORRECTFITID');
  if (target === undefined) return true;
  const deletes = frame.fields.get('CORRECTACTION')?.toUpperCase() === 'DELETE';
  const verb = deletes ? 'deletes' : 'replaces';
  const row = `FITID ${quoteSource(target)}`;
  if (sink.retract(target)) {
    sink.warn(
      'CORRECTION_APPLIED',
      `Line ${place.line}: the bank ${verb} the row with ${row} of this statement; that row was left out.`,
    );
  } else {
    sink.warn(
      'CORRECTION_OF_EARLIER_ROW',
      `Line ${place.line}: the bank ${verb} the earlier row with ${row}; exclude that row where it was imported before.`,
    );
  }
  return !deletes;
}
