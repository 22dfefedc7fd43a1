// Cuts OFX bytes into tags and values, SGML and XML alike, without ever holding the file. It knows no OFX meaning.
import { type Place, malformed, tooLarge } from '../failure.ts';
import { HEAD_BYTES, MAX_ROW, MAX_VALUE } from '../limits.ts';
import type { FieldDecoder } from './field-decoder.ts';

/** Receives the tokens. A tag with a value is a leaf; without one it is an aggregate or an empty leaf. */
export interface OfxTokenHandler {
  open(name: string, value: string): void;
  close(name: string): void;
}

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const AMPERSAND = 0x26;
const BRACKET = 0x5b;
const CDATA_START = '<![CDATA[';
const MAX_NAMES = 4096;

/**
 * A push scanner over bytes. End tags of leaves may be missing, entities are the five of XML and numeric ones, CDATA and comments are read, document types refused.
 * @see OFX 1.6 §2.3 (SGML details), OFX 2.2 §2.3
 */
export class OfxTokenizer {
  readonly #handler: OfxTokenHandler;
  readonly #decoder: FieldDecoder;
  readonly #names = new Map<string, string>();
  #buffer: Buffer = Buffer.alloc(0);
  #position = 0;
  #base = 0;
  #line = 1;
  #lineCountedTo = 0;
  #rowStart = -1;
  #tagStart = 0;
  #inHeader = true;
  #ended = false;

  constructor(handler: OfxTokenHandler, decoder: FieldDecoder) {
    this.#handler = handler;
    this.#decoder = decoder;
  }

  /** The place of the current tag. */
  get place(): Place {
    this.#countLines(this.#tagStart);
    return { line: this.#line, offset: this.#base + this.#tagStart };
  }

  /** From the current tag on, keep the bytes for `takeRow`. */
  startRow(): void {
    this.#rowStart = this.#tagStart;
  }

  /** The source text from `startRow` to the end of the current tag. */
  takeRow(): string {
    const bytes = this.#buffer.subarray(this.#rowStart, this.#position);
    this.#rowStart = -1;
    return this.#decoded(bytes);
  }

  write(chunk: Uint8Array): void {
    this.#append(chunk);
    this.#scan();
  }

  end(): void {
    this.#ended = true;
    this.#scan();
  }

  #append(chunk: Uint8Array): void {
    const keep = this.#rowStart >= 0 ? this.#rowStart : this.#position;
    this.#countLines(keep);
    const rest = this.#buffer.subarray(keep);
    this.#buffer =
      rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([rest, chunk]);
    this.#base += keep;
    this.#lineCountedTo -= keep;
    this.#position -= keep;
    this.#tagStart -= keep;
    if (this.#rowStart >= 0) this.#rowStart = 0;
  }

  #countLines(to: number): void {
    for (let at = Math.max(this.#lineCountedTo, 0); at < to; at += 1) if (this.#buffer[at] === 0x0a) this.#line += 1;
    if (to > this.#lineCountedTo) this.#lineCountedTo = to;
  }

  /** Header lines hold no `<`; the first one opens the document. */
  #skipHeader(): void {
    const start = this.#buffer.indexOf(LESS, this.#position);
    this.#position = start < 0 ? this.#buffer.length : start;
    this.#inHeader = start < 0;
    if (this.#base + this.#position > HEAD_BYTES) throw malformed(this.place, 'the root element', 'a longer header');
  }

  #scan(): void {
    if (this.#inHeader) this.#skipHeader();
    while (this.#step()) {
      if (this.#rowStart >= 0 && this.#position - this.#rowStart > MAX_ROW)
        throw tooLarge(this.place, 'row', `${MAX_ROW} bytes`);
    }
    if (this.#buffer.length - this.#position > MAX_VALUE * 2)
      throw tooLarge(this.#here(), 'value', `${MAX_VALUE} bytes`);
  }

  #here(): Place {
    this.#tagStart = this.#position;
    return this.place;
  }

  /** Consumes one token; false when the bytes do not hold a whole one. */
  #step(): boolean {
    const start = this.#skipBlank(this.#position);
    this.#position = start;
    this.#tagStart = start;
    if (start >= this.#buffer.length) return false;
    if (this.#buffer[start] !== LESS) throw malformed(this.place, 'a tag', this.#peek(start));
    const next = this.#buffer[start + 1];
    if (next === undefined) return this.#incomplete();
    if (next === BANG) return this.#declaration(start);
    if (next === QUESTION) return this.#skipTo('?>', start);
    return this.#tag(start, next === SLASH);
  }

  #incomplete(): false {
    if (this.#ended) throw malformed(this.place, 'the rest of the file', 'its end');
    return false;
  }

  #skipBlank(from: number): number {
    let at = from;
    while (at < this.#buffer.length && (this.#buffer[at] ?? 0) <= 0x20) at += 1;
    // A stray 1A is the end-of-file mark of old systems.
    while (at < this.#buffer.length && this.#buffer[at] === 0x1a) at += 1;
    return at;
  }

  #skipTo(mark: string, start: number): boolean {
    const at = this.#buffer.indexOf(mark, start, 'latin1');
    if (at < 0) return this.#incomplete();
    this.#position = at + mark.length;
    return true;
  }

  #declaration(start: number): boolean {
    const head = this.#buffer.toString('latin1', start, start + CDATA_START.length);
    if (head.startsWith('<!--')) return this.#skipTo('-->', start);
    if (head.length < CDATA_START.length && !this.#ended) return false;
    throw malformed(this.place, 'a tag; document types and entities are refused', this.#peek(start));
  }

  #tag(start: number, closing: boolean): boolean {
    const nameStart = start + (closing ? 2 : 1);
    let end = nameStart;
    while (end < this.#buffer.length && this.#buffer[end] !== GREATER && this.#buffer[end] !== LESS) end += 1;
    if (end - start > MAX_VALUE) throw tooLarge(this.place, 'tag', `${MAX_VALUE} bytes`);
    if (end >= this.#buffer.length) return this.#incomplete();
    if (this.#buffer[end] === LESS) throw malformed(this.place, 'the end of a tag', this.#peek(start));
    const selfClosing = !closing && this.#buffer[end - 1] === SLASH;
    const name = this.#nameOf(this.#buffer.toString('latin1', nameStart, selfClosing ? end - 1 : end));
    if (closing) {
      this.#position = end + 1;
      this.#handler.close(name);
      return true;
    }
    return selfClosing ? this.#leaf(name, '', end + 1) : this.#opened(name, end + 1);
  }

  #leaf(name: string, value: string, position: number): boolean {
    this.#position = position;
    this.#handler.open(name, value);
    if (value === '') this.#handler.close(name);
    return true;
  }

  #opened(name: string, valueStart: number): boolean {
    const value = this.#value(valueStart);
    if (value === null) return this.#incomplete();
    this.#handler.open(name, value);
    return true;
  }

  #nameOf(written: string): string {
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const name = /^([A-Za-z][\w.-]{0,63})(?:\s[^<>]*)?$/.exec(written)?.[1];
    if (name === undefined) throw malformed(this.place, 'a tag name', written);
    if (this.#names.size >= MAX_NAMES) this.#names.clear();
    this.#names.set(written, name.toUpperCase());
    return name.toUpperCase();
  }

  /** The value that starts at `from`, trimmed; null while its end is not there. Moves the position to the tag behind it. */
  #value(from: number): string | null {
    let start = from;
    let text = '';
    for (;;) {
      const end = this.#valueEnd(start);
      if (end < 0) return null;
      if (end - start > MAX_VALUE || text.length > MAX_VALUE) throw tooLarge(this.place, 'value', `${MAX_VALUE} bytes`);
      const cdata = this.#cdataAt(end);
      if (cdata === null) return null;
      if (!cdata) {
        this.#position = end;
        return text === '' ? this.#slice(start, end) : (text + this.#slice(start, end)).trim();
      }
      text += this.#slice(start, end) + this.#decoded(this.#buffer.subarray(end + CDATA_START.length, cdata.end));
      start = cdata.end + 3;
    }
  }

  /** Index of the next `<` that begins markup; `<` before a blank or digit is text. -1 while the bytes do not tell. */
  #valueEnd(from: number): number {
    const { length } = this.#buffer;
    for (let at = from; at < length; at += 1) {
      if (this.#buffer[at] !== LESS) continue;
      if (at + 1 >= length) return this.#ended ? length : -1;
      if (isMarkupStart(this.#buffer[at + 1] ?? 0)) return at;
    }
    return this.#ended ? length : -1;
  }

  /** The CDATA section at `at`, false where there is none, null while the bytes do not tell. */
  #cdataAt(at: number): { end: number } | false | null {
    if (this.#buffer[at + 1] !== BANG) return false;
    if (at + 2 >= this.#buffer.length && !this.#ended) return null;
    if (this.#buffer[at + 2] !== BRACKET) return false;
    const close = this.#buffer.indexOf(']]>', at, 'latin1');
    if (close < 0) return null;
    if (close - at > MAX_VALUE) throw tooLarge(this.place, 'value', `${MAX_VALUE} bytes`);
    return this.#buffer.toString('latin1', at, at + CDATA_START.length) === CDATA_START ? { end: close } : false;
  }

  #slice(from: number, to: number): string {
    let start = from;
    let end = to;
    while (start < end && (this.#buffer[start] ?? 0) <= 0x20) start += 1;
    while (end > start && (this.#buffer[end - 1] ?? 0) <= 0x20) end -= 1;
    if (start === end) return '';
    let bits = 0;
    let escaped = false;
    for (let at = start; at < end; at += 1) {
      const byte = this.#buffer[at] ?? 0;
      bits |= byte;
      if (byte === AMPERSAND) escaped = true;
    }
    const text =
      bits < 0x80
        ? this.#buffer.toString('latin1', start, end)
        : this.#decoder.decode(this.#buffer.subarray(start, end));
    return escaped ? unescapeText(text) : text;
  }

  #decoded(bytes: Buffer): string {
    for (const byte of bytes) if (byte >= 0x80) return this.#decoder.decode(bytes);
    return bytes.toString('latin1', 0, bytes.length);
  }

  #peek(from: number): string {
    return this.#buffer.toString('latin1', from, Math.min(from + 60, this.#buffer.length));
  }
}

function isMarkupStart(byte: number): boolean {
  return (
    byte === SLASH ||
    byte === BANG ||
    byte === QUESTION ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a)
  );
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/** Replaces the escapes of OFX and XML once; anything else after `&` stays as it is. @see OFX 2.2 §2.3.2.1 */
export function unescapeText(text: string): string {
  return text.replace(/&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole;
    const code =
      name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    const usable = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return usable ? String.fromCodePoint(code) : whole;
  });
}
