// Full-text search over a client's transactions. What a user types is never query syntax.
import type { Database } from './open-database.ts';

const HAS_LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * The FTS5 query for typed words: every word must occur, the last may be a beginning unless a blank follows it. Each word is quoted, so that
 * operators and column names are words like any other. Null where nothing typed can be searched for.
 * @see https://www.sqlite.org/fts5.html §3.1
 */
export function searchExpression(text: string): string | null {
  // NUL would end the query early; as a blank it parts words like any other mark.
  const words = text
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .filter((word) => HAS_LETTER_OR_DIGIT.test(word));
  if (words.length === 0) return null;
  const quoted = words.map((word) => `"${word.replaceAll('"', '""')}"`);
  const prefix = /\s$/u.test(text) ? '' : '*';
  return `${quoted.join(' AND ')}${prefix}`;
}

/** Row numbers that match, ascending. */
export function createSearch(database: Database): (expression: string) => number[] {
  const match = database
    .prepare<[string], number>('SELECT rowid FROM transaction_search WHERE transaction_search MATCH ? ORDER BY rowid')
    .pluck();
  return (expression) => match.all(expression);
}
