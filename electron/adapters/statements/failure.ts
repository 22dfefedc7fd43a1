// Builds the errors a statement reader throws: where, what was expected, what stood there. Never an account number in full.
import { maskNumbersIn } from '../../../shared/model/iban.ts';
import { AppError } from '../../../shared/errors/app-error.ts';

/** A place in the file: line from 1, offset from 0 (bytes in OFX, characters in XML). */
export interface Place {
  readonly line: number;
  readonly offset: number;
}

/** At most 40 characters of source text; runs of letters and digits that could be an account number keep their last four. */
export function quoteSource(text: string): string {
  const head = text.slice(0, 200).replace(/\s+/g, ' ');
  const masked = maskNumbersIn(head);
  return (masked.length > 40 ? `${masked.slice(0, 39)}…` : masked).toWellFormed();
}

/** STATEMENT_MALFORMED with its place. `found` is quoted and masked here. */
export function malformed(place: Place, expected: string, found: string): AppError {
  const quoted = quoteSource(found);
  const where = `line ${place.line}: expected ${expected}${quoted === '' ? '' : `, found “${quoted}”`}`;
  const { line, offset } = place;
  return new AppError('STATEMENT_MALFORMED', { where, line: `${line}`, offset: `${offset}`, expected, found: quoted });
}

/** STATEMENT_TOO_LARGE with its place: `what` passed `limit`. */
export function tooLarge(place: Place, what: string, limit: string): AppError {
  return new AppError('STATEMENT_TOO_LARGE', { line: String(place.line), offset: String(place.offset), what, limit });
}
