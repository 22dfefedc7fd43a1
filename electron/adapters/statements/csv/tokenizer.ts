// Cuts the text of a CSV file into records and cells, RFC 4180 and what banks make of it. It knows no meaning of a column.
import { type Place, malformed, tooLarge } from '../failure.ts';
import { MAX_ROW, MAX_VALUE } from '../limits.ts';

/** Most cells of one record. */
export const MAX_COLUMNS = 1000;

/** One record: its cells without quotes, its text as it stands in the file without the line end, and its first line from 1. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly raw: string;
  readonly place: Place;
  /** False for a last record that no line end follows. */
  readonly closed: boolean;
}

export interface CsvTokenizerOptions {
  readonly delimiter: string;
  /** Turns the held text (one character a byte) into the file's; only asked for records beyond ASCII. */
  readonly decode: (text: string, place: Place) => string;
  /** Called for a quote inside a quoted cell that is not doubled but can only be text. */
  readonly onLooseQuote: (place: Place) => void;
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const BEYOND_ASCII = /[\u0080-\u00ff]/;

/**
 * A push scanner. Line ends are LF, CRLF or CR. A quote opens a cell only at its beginning; elsewhere it is text (`5" pipe`). Within a quoted cell a quote
 * that is neither doubled nor followed by a delimiter or line end is text too, but only on one line: a cell over several lines must be RFC 4180, for
 * otherwise a lost quote would swallow rows.
 * @see RFC 4180 §2
 */
export class CsvTokenizer {
  readonly #options: CsvTokenizerOptions;
  readonly #delimiterCode: number;
  #text = '';
  #position = 0;
  #base = 0;
  #line = 1;
  #retryAt = 0;
  #ended = false;
  /** The next LF and CR from the position on, the text's length where there is none; -1 where they must be looked up again. */
  #newline = -1;
  #carriage = -1;

  constructor(options: CsvTokenizerOptions) {
    this.#options = options;
    this.#delimiterCode = options.delimiter.charCodeAt(0);
  }

  /** The beginning of the next record. */
  get place(): Place {
    return { line: this.#line, offset: this.#base + this.#position };
  }

  write(text: string): void {
    this.#base += this.#position;
    this.#text = this.#position >= this.#text.length ? text : this.#text.slice(this.#position) + text;
    this.#retryAt -= this.#position;
    this.#position = 0;
    this.#newline = -1;
    this.#carriage = -1;
  }

  end(): void {
    this.#ended = true;
  }

  /** The next physical line whatever its quotes, cut at delimiters outside of them; null while the text does not hold it. */
  nextLine(): CsvRecord | null {
    const end = this.#lineEnd();
    if (end === null) return null;
    const held = this.#text.slice(this.#position, end.at);
    const { place } = this;
    const raw = this.#decoded(held, place);
    const cells = raw.includes('"') ? looseCells(raw, this.#options.delimiter) : raw.split(this.#options.delimiter);
    if (cells.length > MAX_COLUMNS) throw tooLarge(place, 'columns', `${MAX_COLUMNS} columns`);
    this.#advance(end.next, 1);
    return { cells, raw, place, closed: end.closed };
  }

  /** The next record; null while the text does not hold it whole. @throws {AppError} STATEMENT_MALFORMED, STATEMENT_TOO_LARGE */
  next(): CsvRecord | null {
    const end = this.#lineEnd();
    if (end === null) return null;
    const held = this.#text.slice(this.#position, end.at);
    return held.includes('"') ? this.#quoted() : this.#plain(held, end);
  }

  #plain(held: string, end: LineEnd): CsvRecord {
    const { place } = this;
    const raw = this.#decoded(held, place);
    const cells = raw.split(this.#options.delimiter);
    if (cells.length > MAX_COLUMNS) throw tooLarge(place, 'columns', `${MAX_COLUMNS} columns`);
    if (raw.length > MAX_VALUE) this.#checkCells(cells, place);
    this.#advance(end.next, 1);
    return { cells, raw, place, closed: end.closed };
  }

  #checkCells(cells: readonly string[], place: Place): void {
    if (cells.some((cell) => cell.length > MAX_VALUE)) throw tooLarge(place, 'cell', `${MAX_VALUE} characters`);
  }

  #advance(next: number, lines: number): void {
    this.#position = next;
    this.#line += lines;
    this.#retryAt = next;
  }

  #decoded(held: string, place: Place): string {
    return BEYOND_ASCII.test(held) ? this.#options.decode(held, place) : held;
  }

  /** The end of the physical line at the position; null while more text may change it. */
  #lineEnd(): LineEnd | null {
    const start = this.#position;
    const { length } = this.#text;
    if (start >= length || (this.#retryAt > length && !this.#ended)) return null;
    if (this.#newline < start) this.#newline = indexOrEnd(this.#text.indexOf('\n', start), length);
    if (this.#carriage < start) this.#carriage = indexOrEnd(this.#text.indexOf('\r', start), length);
    const at = Math.min(this.#newline, this.#carriage);
    if (at < length && at === this.#newline) return this.#endAt(at, 1);
    if (at < length - 1) return this.#endAt(at, this.#newline === at + 1 ? 2 : 1);
    if (!this.#ended) return this.#wait();
    return at < length ? this.#endAt(at, 1) : { at: length, next: length, closed: false };
  }

  #endAt(at: number, length: number): LineEnd {
    if (at - this.#position > MAX_ROW) throw tooLarge(this.place, 'row', `${MAX_ROW} characters`);
    return { at, next: at + length, closed: true };
  }

  /** A record that is not whole is looked at again only when an eighth more is there: small chunks of a long record cost no squares. */
  #wait(): null {
    const waiting = this.#text.length - this.#position;
    if (waiting > MAX_ROW) throw tooLarge(this.place, 'row', `${MAX_ROW} characters`);
    this.#retryAt = this.#text.length + 1 + (waiting >> 3);
    return null;
  }

  #quoted(): CsvRecord | null {
    const { place } = this;
    const cells: string[] = [];
    let at = this.#position;
    let lines = 1;
    for (;;) {
      const cell = this.#cell(at);
      if (cell === null) return this.#wait();
      lines += cell.lines;
      cells.push(cell.text);
      if (cells.length > MAX_COLUMNS) throw tooLarge(place, 'columns', `${MAX_COLUMNS} columns`);
      at = cell.end + 1;
      if (this.#text.charCodeAt(cell.end) !== this.#delimiterCode) return this.#record(cells, cell.end, lines);
    }
  }

  #record(held: string[], end: number, lines: number): CsvRecord | null {
    const { place } = this;
    const text = this.#text;
    const closed = end < text.length;
    const carriage = text.charCodeAt(end) === CR;
    if (carriage && end + 1 >= text.length && !this.#ended) return this.#wait();
    if (end - this.#position > MAX_ROW) throw tooLarge(place, 'row', `${MAX_ROW} characters`);
    const raw = this.#decoded(text.slice(this.#position, end), place);
    const cells = held.map((cell) => this.#decoded(cell, place));
    this.#checkCells(cells, place);
    this.#advance(carriage && text.charCodeAt(end + 1) === LF ? end + 2 : closed ? end + 1 : end, lines);
    return { cells, raw, place, closed };
  }

  /** The cell that begins at `start` and the index of the delimiter or line end behind it; null while it is not whole. */
  #cell(start: number): Cell | null {
    let at = start;
    while (this.#text.charCodeAt(at) === 0x20) at += 1;
    if (this.#text.charCodeAt(at) === QUOTE) return this.#quotedCell(at);
    const end = this.#plainEnd(at);
    return end === null ? null : { text: this.#text.slice(start, end), end, lines: 0 };
  }

  #plainEnd(from: number): number | null {
    for (let at = from; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === this.#delimiterCode || code === LF || code === CR) return at;
    }
    return this.#ended ? this.#text.length : null;
  }

  #quotedCell(open: number): Cell | null {
    const text = this.#text;
    let from = open + 1;
    let content = '';
    let loose = false;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote < 0) return this.#unclosed(open);
      const behind = text.charCodeAt(quote + 1);
      if (behind === QUOTE) content += text.slice(from, quote + 1);
      else {
        const end = this.#behindQuote(quote + 1);
        if (end === null) return null;
        if (end >= 0) return this.#closedCell(open, content + text.slice(from, quote), { end, loose });
        loose = true;
        content += text.slice(from, quote + 1);
      }
      from = quote + (behind === QUOTE ? 2 : 1);
    }
  }

  /** Index of the delimiter or line end that follows a closing quote, with blanks between; -1 where something else follows, null while nothing does. */
  #behindQuote(from: number): number | null {
    let at = from;
    while (this.#text.charCodeAt(at) === 0x20) at += 1;
    if (at >= this.#text.length) return this.#ended ? at : null;
    const code = this.#text.charCodeAt(at);
    return code === this.#delimiterCode || code === LF || code === CR ? at : -1;
  }

  #closedCell(open: number, content: string, { end, loose }: { end: number; loose: boolean }): Cell {
    const lines = countLines(content);
    if (loose && lines > 0) throw malformed(this.place, 'a delimiter behind a closing quote', this.#quote(open));
    if (loose) this.#options.onLooseQuote(this.place);
    return { text: content, end, lines };
  }

  #unclosed(open: number): null {
    if (this.#ended) throw malformed(this.place, 'the closing quote of a cell', this.#quote(open));
    return null;
  }

  #quote(from: number): string {
    return this.#text.slice(from, from + 60);
  }
}

function indexOrEnd(index: number, length: number): number {
  return index < 0 ? length : index;
}

interface LineEnd {
  readonly at: number;
  readonly next: number;
  readonly closed: boolean;
}

interface Cell {
  readonly text: string;
  readonly end: number;
  readonly lines: number;
}

function countLines(text: string): number {
  return /[\r\n]/.test(text) ? text.split(/\r\n|\r|\n/).length - 1 : 0;
}

/** Cells of one line of a preamble or header: a quote that is not closed before a delimiter is text. */
function looseCells(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length;) {
    QUOTED_CELL.lastIndex = at;
    const quoted = QUOTED_CELL.exec(line);
    const whole = quoted && [delimiter, ''].includes(line.charAt(QUOTED_CELL.lastIndex)) ? quoted[1] : undefined;
    const end = whole === undefined ? line.indexOf(delimiter, at) : QUOTED_CELL.lastIndex;
    cells.push(whole?.replaceAll('""', '"') ?? line.slice(at, end < 0 ? line.length : end));
    at = end < 0 ? line.length + 1 : end + 1;
  }
  return cells;
}

const QUOTED_CELL = / *"((?:[^"]|"")*)" */y;
