// Cuts source events into messages that the vault process takes. It drops nothing and changes no order.
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';

/** Rows of one message, and characters of their longest texts: one row with its details may be more, and is a message of its own. */
const ROWS_A_MESSAGE = 500;
const CHARACTERS_A_MESSAGE = 1_000_000;

const charactersOf = ({ raw, children }: SourceTransaction): number =>
  raw.length + children.reduce((sum, { description }) => sum + description.length + 200, 0);

/** The events in messages of bounded size. */
export function* inMessages(events: readonly SourceEvent[]): Generator<SourceEvent[]> {
  for (const event of events) {
    if (event.type !== 'transactions') yield [event];
    else for (const items of inParts(event.items)) yield [{ type: 'transactions', items }];
  }
}

function* inParts(rows: readonly SourceTransaction[]): Generator<SourceTransaction[]> {
  let part: SourceTransaction[] = [];
  let characters = 0;
  for (const row of rows) {
    const own = charactersOf(row);
    if (part.length >= ROWS_A_MESSAGE || (part.length > 0 && characters + own > CHARACTERS_A_MESSAGE)) {
      yield part;
      [part, characters] = [[], 0];
    }
    part.push(row);
    characters += own;
  }
  if (part.length > 0) yield part;
}
