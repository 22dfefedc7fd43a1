// Cuts OFX bytes into tags and values, SGML and XML alike, without ever holding the file. It knows no OFX meaning.
import { type Place, malformed, tooLarge } from '../failure.ts';
import { HEAD_BYTES, MAX_ROW, MAX_TAG, MAX_VALUE } from '../limits.ts';
import type { FieldDecoder } from './field-decoder.ts';
import { unescapeText } from './unescape.ts';

/** Receives the tokens. A tag with a value is a leaf; without one it is an aggregate or an empty leaf. */
export interface OfxTokenHandler {
  open(name: string, value: string): void;
  close(name: string): void;
}

const CDATA_START = '<![CDATA[';
const COMMENT_START = '<!--';
const MAX_NAMES = 4096;

/**
 * A push scanner over bytes, held as text of one character a byte: only values with bytes beyond ASCII are decoded.
 * End tags of leaves may be missing, escapes and CDATA are read, comments skipped, document types refused.
 * @see OFX 1.6 §2.3 (SGML details), OFX 2.2 §2.3
 */
export class OfxTokenizer {
  readonly #handler: OfxTokenHandler;
  readonly #decoder: FieldDecoder;
  readonly #names = new Map<string, string>();
  #text = '';
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
    const row = this.#text.slice(this.#rowStart, this.#position);
    this.#rowStart = -1;
    return this.#decoded(row);
  }

  write(chunk: Uint8Array): void {
    this.#append(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1'));
    this.#scan();
  }

  end(): void {
    this.#ended = true;
    this.#scan();
  }

  #append(text: string): void {
    const keep = this.#rowStart >= 0 ? this.#rowStart : this.#position;
    this.#countLines(keep);
    this.#text = keep >= this.#text.length ? text : this.#text.slice(keep) + text;
    this.#base += keep;
    this.#lineCountedTo -= keep;
    this.#position -= keep;
    this.#tagStart -= keep;
    if (this.#rowStart >= 0) this.#rowStart = 0;
  }

  #countLines(to: number): void {
    let at = this.#text.indexOf('\n', this.#lineCountedTo);
    while (at >= 0 && at < to) {
      this.#line += 1;
      at = this.#text.indexOf('\n', at + 1);
    }
    if (to > this.#lineCountedTo) this.#lineCountedTo = to;
  }

  /** Header lines hold no `<`; the first one opens the document. */
  #skipHeader(): void {
    const start = this.#text.indexOf('<', this.#position);
    this.#position = start < 0 ? this.#text.length : start;
    this.#inHeader = start < 0;
    if (this.#base + this.#position > HEAD_BYTES) throw malformed(this.place, 'the root element', 'a longer header');
  }

  #scan(): void {
    if (this.#inHeader) this.#skipHeader();
    while (this.#step()) {
      const tooLong = this.#rowStart >= 0 && this.#position - this.#rowStart > MAX_ROW;
      if (tooLong) throw tooLarge(this.place, 'row', `${MAX_ROW} bytes`);
    }
    const waiting = this.#text.length - this.#position;
    if (waiting > MAX_VALUE * 2) throw tooLarge(this.place, 'value', `${MAX_VALUE} bytes`);
  }

  /** Consumes one token; false when the bytes do not hold a whole one. */
  #step(): boolean {
    const start = this.#skipBlank(this.#position);
    this.#position = start;
    this.#tagStart = start;
    if (start >= this.#text.length) return false;
    if (this.#text[start] !== '<') throw malformed(this.place, 'a tag', this.#peek(start));
    const next = this.#text[start + 1];
    if (next === undefined) return this.#incomplete();
    if (next === '!') return this.#declaration(start);
    if (next === '?') return this.#skipTo('?>', start);
    return this.#tag(start, next === '/');
  }

  #incomplete(): false {
    if (this.#ended) throw malformed(this.place, 'the rest of the file', 'its end');
    return false;
  }

  /** A stray 1A is the end-of-file mark of old systems, zero bytes are padding: both are below the blank. */
  #skipBlank(from: number): number {
    let at = from;
    while (this.#text.charCodeAt(at) <= 0x20) at += 1;
    return at;
  }

  #skipTo(mark: string, start: number): boolean {
    const at = this.#text.indexOf(mark, start);
    if (at < 0) return this.#incomplete();
    this.#position = at + mark.length;
    return true;
  }

  #declaration(start: number): boolean {
    const head = this.#text.slice(start, start + COMMENT_START.length);
    if (head === COMMENT_START) return this.#skipTo('-->', start);
    if (COMMENT_START.startsWith(head) && !this.#ended) return false;
    throw malformed(this.place, 'a tag; document types and entities are refused', this.#peek(start));
  }

  #tag(start: number, closing: boolean): boolean {
    const end = this.#text.indexOf('>', start);
    if ((end < 0 ? this.#text.length : end) - start > MAX_TAG) throw tooLarge(this.place, 'tag', `${MAX_TAG} bytes`);
    if (end < 0) return this.#incomplete();
    const selfClosing = !closing && this.#text[end - 1] === '/';
    const written = this.#text.slice(start + (closing ? 2 : 1), selfClosing ? end - 1 : end);
    const name = this.#nameOf(written);
    // XML 1.0 §3.1: an end tag holds its name alone.
    if (closing && name.length !== written.trimEnd().length) throw malformed(this.place, 'a tag name', written);
    if (closing || selfClosing) {
      this.#position = end + 1;
      if (selfClosing) this.#handler.open(name, '');
      this.#handler.close(name);
      return true;
    }
    const value = this.#value(end + 1);
    if (value === null) return this.#incomplete();
    this.#handler.open(name, value);
    return true;
  }

  #nameOf(written: string): string {
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const name = /^([A-Za-z][\w.-]{0,63})(?:\s[^<>]*)?$/.exec(written)?.[1];
    if (name === undefined) throw malformed(this.place, 'a tag name', written);
    if (this.#names.size < MAX_NAMES && written.length <= 64) this.#names.set(written, name.toUpperCase());
    return name.toUpperCase();
  }

  /** The value that starts at `from`, trimmed; null while its end is not there. Moves the position to the tag behind it. */
  #value(from: number): string | null {
    let start = from;
    let text = '';
    for (;;) {
      const end = this.#valueEnd(start);
      if (end < 0) return null;
      if (end - from > MAX_VALUE) throw tooLarge(this.place, 'value', `${MAX_VALUE} bytes`);
      const section = this.#sectionAt(end);
      if (section === null) return null;
      text += this.#plain(this.#text.slice(start, end));
      if (!section) {
        this.#position = end;
        return text.trim();
      }
      text += this.#decoded(this.#text.slice(end + CDATA_START.length, section.end));
      start = section.end + 3;
    }
  }

  /** Index of the next `<` that begins markup; `<` before a blank or digit is text. -1 while the bytes do not tell. */
  #valueEnd(from: number): number {
    let at = this.#text.indexOf('<', from);
    while (at >= 0 && at + 1 < this.#text.length && !isMarkupStart(this.#text.charCodeAt(at + 1))) {
      at = this.#text.indexOf('<', at + 1);
    }
    const open = at < 0 || at + 1 >= this.#text.length;
    if (!open) return at;
    return this.#ended ? this.#text.length : -1;
  }

  /** The CDATA section at `at`, false where there is none, null while the bytes do not tell. */
  #sectionAt(at: number): { end: number } | false | null {
    const head = this.#text.slice(at, at + CDATA_START.length);
    if (head !== CDATA_START) return head !== '' && CDATA_START.startsWith(head) && !this.#ended ? null : false;
    const end = this.#text.indexOf(']]>', at);
    return end < 0 ? null : { end };
  }

  #plain(bytes: string): string {
    const text = this.#decoded(bytes);
    return text.includes('&') ? unescapeText(text) : text;
  }

  #decoded(bytes: string): string {
    return BEYOND_ASCII.test(bytes) ? this.#decoder.decode(bytes) : bytes;
  }

  #peek(from: number): string {
    return this.#text.slice(from, from + 60);
  }
}

const BEYOND_ASCII = /[\u0080-\u00ff]/;

/** A letter, `/`, `!` or `?`. */
function isMarkupStart(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x2f || code === 0x21 || code === 0x3f;
}
