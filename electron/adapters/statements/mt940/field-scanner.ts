// Cuts the bytes of an MT940 or MT942 file into fields without ever holding the file. It knows which lines begin a field, not what fields mean.
import { type Place, tooLarge } from '../failure.ts';
import { MAX_LINE, MAX_ROW } from '../limits.ts';
import { isTimeCut } from './text.ts';

/** A field with everything up to the next one. `source` holds it as in the file, `value` begins behind the tag in it. */
export interface SwiftField {
  readonly name: string;
  readonly source: string;
  readonly value: number;
  readonly place: Place;
  /** False where the file ends within the field's last line. */
  readonly ended: boolean;
}

/** Receives fields in their order, ends of messages, and lines that belong to neither. */
export interface SwiftFieldHandler {
  field(field: SwiftField): void;
  /** A line that can end a message, behind `name`, the field before it. False where it is text of that field. */
  endsMessage(name: string): boolean;
  end(line: string, place: Place): void;
  envelope(line: string, place: Place): void;
}

/** @see SWIFT Standards MT 940, 941, 942; NS is the non-SWIFT field of DK Anlage 3; 940 and 942 are Rabobank's file headers */
const FIELDS: ReadonlySet<string> = new Set(
  '13 13D 20 21 25 25P 28 28C 34F 60F 60M 61 62F 62M 64 65 86 90C 90D 940 942 NS'.split(' '),
);
/** Fields that hold text of several lines, in which an unknown `:xx:` is text. */
const TEXTS: ReadonlySet<string> = new Set(['61', '86', 'NS']);
/** `-` alone, `-}` of SWIFT blocks, 03 of batches, `-XXX` of ING. */
const END_MARK = /^-(?:\}.*|\s*|XXX\s*)$/;
const END_OF_TEXT = '\u0003';
const OTHER_FIELD = /^:[0-9A-Z]{2,3}:/;
const COLON = 0x3a;
const HYPHEN = 0x2d;

export class FieldScanner {
  readonly #handler: SwiftFieldHandler;
  #text = '';
  #base = 0;
  #position = 0;
  #line = 0;
  #feed = -1;
  #return = -1;
  #started = false;
  #ended = false;
  #name: string | null = null;
  #start = 0;
  #tag = 0;
  #startLine = 0;
  #lineBefore = '';
  #held = -1;

  constructor(handler: SwiftFieldHandler) {
    this.#handler = handler;
  }

  /** The place of the current line. */
  get place(): Place {
    return { line: Math.max(this.#line, 1), offset: this.#base + this.#position };
  }

  /** From this offset on, keep the bytes for `taken`. */
  hold(offset: number): void {
    this.#held = offset - this.#base;
  }

  /** What stands between the held offset and this one. */
  taken(offset: number): string {
    const held = this.#held;
    this.#held = -1;
    return this.#text.slice(held, offset - this.#base);
  }

  write(chunk: Uint8Array): void {
    this.#append(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1'));
    this.#scan();
  }

  end(): void {
    this.#ended = true;
    this.#scan();
    this.#emit(this.#text.length);
  }

  #append(text: string): void {
    const current = this.#name === null ? this.#position : this.#start;
    const keep = this.#held < 0 ? current : this.#held;
    this.#text = keep >= this.#text.length ? text : this.#text.slice(keep) + text;
    this.#base += keep;
    this.#position -= keep;
    this.#start -= keep;
    if (this.#held >= 0) this.#held = 0;
    this.#feed = -1;
    this.#return = -1;
  }

  #scan(): void {
    for (;;) {
      const start = this.#position;
      const end = this.#lineEnd(start);
      if ((end < 0 ? this.#text.length : end) - start > MAX_LINE)
        throw tooLarge(this.place, 'line', `${MAX_LINE} bytes`);
      if (end < 0) break;
      this.#line += 1;
      this.#take(start, end);
      this.#position = this.#behind(end);
      const size = this.#position - this.#start;
      if (this.#name !== null && size > MAX_ROW) throw tooLarge(this.place, `field ${this.#name}`, `${MAX_ROW} bytes`);
    }
  }

  /** Where the line from `start` ends; -1 while the bytes do not tell or where nothing is left. LF, CRLF and CR end lines. */
  #lineEnd(start: number): number {
    if (this.#feed < start) this.#feed = this.#find('\n', start);
    if (this.#return < start) this.#return = this.#find('\r', start);
    const end = Math.min(this.#feed, this.#return);
    if (end < this.#text.length)
      return end === this.#text.length - 1 && this.#text[end] === '\r' && !this.#ended ? -1 : end;
    return this.#ended && start < this.#text.length ? this.#text.length : -1;
  }

  #find(character: string, from: number): number {
    const at = this.#text.indexOf(character, from);
    return at < 0 ? this.#text.length : at;
  }

  #behind(end: number): number {
    const pair = this.#text.charCodeAt(end) === 0x0d && this.#text.charCodeAt(end + 1) === 0x0a;
    return Math.min(end + (pair ? 2 : 1), this.#text.length);
  }

  #take(from: number, end: number): void {
    const start = from + this.#marksBefore(from);
    const first = this.#text.charCodeAt(start);
    if (first === COLON && this.#takeField(start, end)) return;
    if (first === HYPHEN && this.#takeEnd(start, end)) return;
    if (this.#name === null) this.#handler.envelope(this.#text.slice(start, end), this.place);
    else if (TEXTS.has(this.#name)) this.#lineBefore = this.#text.slice(start, end);
    else this.#takeBehind(start, end);
  }

  /** A byte-order mark before the first line, the start mark 01 before a message. */
  #marksBefore(from: number): number {
    let length = 0;
    if (!this.#started && this.#text.startsWith('\u00ef\u00bb\u00bf', from)) length = 3;
    this.#started = true;
    if (this.#text.charCodeAt(from + length) !== 0x01) return length;
    const message = /^(?::20:|\{1:)/.test(this.#text.slice(from + length + 1, from + length + 5));
    if (this.#name !== null && !message) return length;
    this.#emit(from);
    this.#handler.envelope('\u0001', this.place);
    return length + 1;
  }

  #takeField(start: number, end: number): boolean {
    const close = this.#text.indexOf(':', start + 1);
    if (close < 0 || close >= end || close - start > 4) return false;
    const name = this.#text.slice(start + 1, close);
    if (!FIELDS.has(name)) return false;
    if (this.#name === '86' && isTimeCut(this.#lineBefore, this.#text.slice(start, end))) return false;
    this.#emit(start);
    this.#name = name;
    this.#start = start;
    this.#tag = close + 1 - start;
    this.#startLine = this.#line;
    this.#lineBefore = TEXTS.has(name) ? this.#text.slice(close + 1, end) : '';
    return true;
  }

  #takeEnd(start: number, end: number): boolean {
    const line = this.#text.slice(start, end);
    if (
      !(END_MARK.test(line) || line.trimEnd().endsWith(END_OF_TEXT)) ||
      (this.#name !== null && !this.#handler.endsMessage(this.#name))
    )
      return false;
    this.#emit(start);
    this.#handler.end(line, this.place);
    return true;
  }

  /** What stands behind a field of one line: another field, which the reader does not know, or the envelope of the next message. */
  #takeBehind(start: number, end: number): void {
    const line = this.#text.slice(start, end);
    if (line.trim() === '') return;
    this.#emit(start);
    if (OTHER_FIELD.test(line)) this.#emitLine(line, start);
    else this.#handler.envelope(line, this.place);
  }

  #emitLine(source: string, start: number): void {
    const name = source.slice(1, source.indexOf(':', 1));
    const place = { line: this.#line, offset: this.#base + start };
    this.#handler.field({ name, source, value: name.length + 2, place, ended: true });
  }

  #emit(end: number): void {
    if (this.#name === null) return;
    const source = this.#text.slice(this.#start, end);
    const place = { line: this.#startLine, offset: this.#base + this.#start };
    const ended = end < this.#text.length || /[\r\n]$/.test(source);
    const name = this.#name;
    this.#name = null;
    this.#handler.field({ name, source, value: this.#tag, place, ended });
  }
}
