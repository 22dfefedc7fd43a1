// Cuts text of one character a byte into lines, whatever the chunks and line ends. It keeps no line.
import { type Place, tooLarge } from '../failure.ts';
import { MAX_VALUE } from '../limits.ts';

/** One line: its text, and the same with its line end as the file has it. */
export interface QifLine {
  readonly text: string;
  readonly raw: string;
  readonly place: Place;
}

const LINE_END = /\r\n|\n|\r/;

export class QifLines {
  #rest = '';
  /** The next line feed and carriage return from the place last looked at, the text's length where there is none; -1 where they must be looked up. */
  #feed = -1;
  #carriage = -1;
  #line = 1;
  #offset = 0;
  #ended = false;

  get place(): Place {
    return { line: this.#line, offset: this.#offset };
  }

  write(text: string): void {
    this.#rest += text;
    this.#feed = -1;
    this.#carriage = -1;
  }

  end(): void {
    this.#ended = true;
  }

  /** The next whole line, null where more text is needed. @throws {AppError} STATEMENT_TOO_LARGE */
  *next(): Generator<QifLine> {
    let from = 0;
    for (;;) {
      const found = this.#find(from);
      if (!found) break;
      const { text, raw } = found;
      from += raw.length;
      yield { text, raw, place: this.place };
      this.#line += 1;
      this.#offset += raw.length;
    }
    this.#rest = this.#rest.slice(from);
    this.#feed = -1;
    this.#carriage = -1;
    if (this.#rest.length > MAX_VALUE) throw tooLarge(this.place, 'line', `${MAX_VALUE} bytes`);
  }

  #find(from: number): { text: string; raw: string } | null {
    if (this.#feed < from) this.#feed = this.#indexOf('\n', from);
    if (this.#carriage < from) this.#carriage = this.#indexOf('\r', from);
    const at = Math.min(this.#feed, this.#carriage);
    if (at === this.#rest.length) return this.#ended && from < at ? lineOf(this.#rest.slice(from)) : null;
    const pair = this.#rest.startsWith('\r\n', at);
    // A line feed may follow in the next chunk.
    if (!pair && at === this.#carriage && at === this.#rest.length - 1 && !this.#ended) return null;
    return lineOf(this.#rest.slice(from, at + (pair ? 2 : 1)));
  }

  #indexOf(mark: string, from: number): number {
    const at = this.#rest.indexOf(mark, from);
    return at < 0 ? this.#rest.length : at;
  }
}

function lineOf(raw: string): { text: string; raw: string } {
  return { text: raw.replace(LINE_END, ''), raw };
}
