// Cuts a file's slices and source events into messages that the connector and vault processes take. It drops nothing and changes no order.
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';

/** Characters of base64 the reader gets at once, 256 KiB of the file: what waits between processes stays small, and the vault writes while it reads. */
const CHARACTERS_A_PART = 349_528;

/** Rows and other events of one message, and characters of its longest texts: one row with its details may be more, and is a message of its own. */
const ROWS_A_MESSAGE = 2000;
const EVENTS_A_MESSAGE = 1000;
const CHARACTERS_A_MESSAGE = 1_000_000;

/** A slice in parts that are base64 themselves. */
export function* inReaderParts(base64: string): Generator<string> {
  for (let at = 0; at < base64.length; at += CHARACTERS_A_PART) yield base64.slice(at, at + CHARACTERS_A_PART);
}

const charactersOf = ({ raw, children }: SourceTransaction): number =>
  raw.length + children.reduce((sum, { description }) => sum + description.length + 200, 0);

/** One message while it fills. */
class Message {
  readonly events: SourceEvent[] = [];
  #rows: SourceTransaction[] | null = null;
  #count = 0;
  #characters = 0;

  isFull(characters: number): boolean {
    const many = this.#count >= ROWS_A_MESSAGE || this.events.length >= EVENTS_A_MESSAGE;
    return many || (this.#count > 0 && this.#characters + characters > CHARACTERS_A_MESSAGE);
  }

  add(event: SourceEvent): void {
    this.events.push(event);
    this.#rows = null;
  }

  addRow(row: SourceTransaction, characters: number): void {
    if (!this.#rows) {
      this.#rows = [];
      this.events.push({ type: 'transactions', items: this.#rows });
    }
    this.#rows.push(row);
    this.#count += 1;
    this.#characters += characters;
  }
}

/** The events in messages of bounded size, many small statements in one. */
export function* inMessages(events: readonly SourceEvent[]): Generator<SourceEvent[]> {
  let message = new Message();
  for (const event of events) {
    const rows = event.type === 'transactions' ? event.items : [null];
    for (const row of rows) {
      const characters = row === null ? 0 : charactersOf(row);
      if (message.isFull(characters)) {
        yield message.events;
        message = new Message();
      }
      if (row !== null) message.addRow(row, characters);
      else message.add(event);
    }
  }
  if (message.events.length > 0) yield message.events;
}
