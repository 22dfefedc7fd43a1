// Cuts the text of a BAI2 file into logical records: a record with its continuations. It holds one record at a time and knows no field.
import { type Place, malformed, tooLarge } from '../failure.ts';
import { MAX_LINE, MAX_ROW } from '../limits.ts';

/** One physical record: what stands behind its code, without padding and without the slash that ends it. */
export interface Part {
  readonly text: string;
  readonly closed: boolean;
  /** It fills its physical record, so that text goes on in the next one without a blank. */
  readonly full: boolean;
  /** A line without a code, which some bank's text was broken into. */
  readonly wrapped: boolean;
}

/** A record with the continuations (88) behind it. `raw` is its source, `records` how many physical records it takes. */
export interface LogicalRecord {
  readonly code: string;
  readonly parts: readonly Part[];
  readonly place: Place;
  readonly records: number;
  readonly raw: string;
  /** False where the file ends within its last line. */
  readonly ended: boolean;
  /** Another record stood on its line, behind a slash. */
  readonly joined: boolean;
}

interface OpenRecord {
  readonly code: string;
  readonly parts: Part[];
  readonly place: Place;
  readonly start: number;
  records: number;
  joined: boolean;
}

const CODE = /^ *(01|02|03|16|49|88|98|99)(?=[,/])/;
/**
 * A record behind the end of another on the same line: blocks whose line ends were lost. Text may hold slashes, blanks and figures (`12/ 16,500,000`),
 * so the record must look like one in several fields. A continuation has no fields of its own: it counts only beside another record.
 */
const RECORD =
  '(?:01,[^,/]*,[^,/]*, {0,9}\\d{6},|02,[^,/]*,[^,/]*,[^,/]{0,9}, {0,9}\\d{6},|03,[^,/]+, {0,9}(?:[A-Z]{3})? {0,9},|16,\\d{3},\\+?\\d*,[012SVDZsvdz]?(?:[,/]|$)|(?:49|98|99),[+-]?\\d*,\\d*[,/])';
const HAS_JOINED = new RegExp(`/ +${RECORD}`);
const JOINED = new RegExp(`/ +(?=${RECORD}|88,)`, 'g');
/** Longest file header that may declare a physical record length, and the longest of those. */
const MAX_FIRST = 4096;
const MAX_PHYSICAL = 4000;

export class RecordScanner {
  readonly #take: (record: LogicalRecord) => void;
  #text = '';
  #base = 0;
  #position = 0;
  #line = 0;
  #open: OpenRecord | null = null;
  #length = 0;
  #fixed = false;
  #begun = false;
  #ended = false;
  #end = 0;

  constructor(take: (record: LogicalRecord) => void) {
    this.#take = take;
  }

  /** The place of the current line. */
  get place(): Place {
    return { line: Math.max(this.#line, 1), offset: this.#base + this.#position };
  }

  write(text: string): void {
    const keep = this.#open?.start ?? this.#position;
    this.#text = this.#text.slice(keep) + text;
    this.#base += keep;
    this.#position -= keep;
    this.#end -= keep;
    if (this.#open) this.#open = { ...this.#open, start: 0 };
    this.#scan();
  }

  end(): void {
    this.#ended = true;
    this.#scan();
    this.#emit();
  }

  #scan(): void {
    if (!this.#begin()) return;
    for (let end = this.#lineEnd(); end >= 0; end = this.#lineEnd()) {
      this.#line += 1;
      this.#takeLine(this.#position, end);
      this.#position = this.#behind(end);
      if (this.#open && this.#position - this.#open.start > MAX_ROW)
        throw tooLarge(this.place, `record ${this.#open.code}`, `${MAX_ROW} bytes`);
    }
    if (this.#text.length - this.#position > MAX_LINE) throw tooLarge(this.place, 'line', `${MAX_LINE} bytes`);
  }

  /**
   * Whether the file has lines, or physical records of a declared length one behind the other: its first record tells, once enough of it is there.
   * @see Cash Management Balance Reporting Specifications, Version 2, record 01, Physical Record Length
   */
  #begin(): boolean {
    if (this.#begun) return true;
    const breaks = /[\r\n]/.exec(this.#text.trimStart()) !== null;
    if (!breaks && this.#text.length < MAX_FIRST && !this.#ended) return false;
    this.#begun = true;
    const start = /^(?:\u00ef\u00bb\u00bf)?\s*/.exec(this.#text)?.[0].length ?? 0;
    const length = Number(/^01(?:,[^,/\r\n]*){5},(\d{1,4}),/.exec(this.#text.slice(start))?.[1] ?? '0');
    this.#length = length <= MAX_PHYSICAL ? length : 0;
    const first = this.#text.slice(start, start + this.#length);
    this.#fixed = this.#length > 0 && !/[\r\n]/.test(first) && CODE.test(this.#text.slice(start + this.#length));
    this.#line += this.#text.slice(0, start).split(/\r\n|[\r\n]/).length - 1;
    this.#position = start;
    return true;
  }

  /** Where the line or physical record from the current position ends; -1 while the bytes do not tell or nothing is left. LF, CRLF and CR end lines. */
  #lineEnd(): number {
    const start = this.#position;
    if (this.#fixed && this.#text.length - start >= this.#length) return start + this.#length;
    if (!this.#fixed) {
      const end = this.#text.slice(start, start + MAX_LINE + 1).search(/[\r\n]/);
      if (end >= 0)
        return end === this.#text.length - start - 1 && this.#text[start + end] === '\r' && !this.#ended
          ? -1
          : start + end;
    }
    return this.#ended && start < this.#text.length ? this.#text.length : -1;
  }

  #behind(end: number): number {
    let at = end;
    if (this.#text[at] === '\r') at += 1;
    if (this.#text[at] === '\n') at += 1;
    return at;
  }

  #takeLine(start: number, end: number): void {
    const padded = withoutPadding(this.#text.slice(start, end));
    if (padded === '') return;
    const full = this.#length > 0 && padded.length >= this.#length;
    let from = 0;
    for (const match of padded.includes('/ ') && HAS_JOINED.test(padded) ? padded.matchAll(JOINED) : []) {
      this.#takePhysical(start + from, padded.slice(from, match.index + 1), { full: false });
      if (this.#open) this.#open.joined = true;
      from = match.index + match[0].length;
    }
    this.#takePhysical(start + from, padded.slice(from), { full });
  }

  #takePhysical(start: number, text: string, { full }: { full: boolean }): void {
    const code = CODE.exec(text);
    const closed = text.endsWith('/');
    const body = text.slice(code ? code[0].length + 1 : 0, closed ? -1 : undefined);
    if (code && code[1] !== '88') this.#start(code[1] ?? '', start);
    const open = this.#open;
    if (open === null) throw malformed(this.place, 'a record', text);
    open.parts.push({ text: body, closed, full, wrapped: code === null });
    if (code) open.records += 1;
    this.#end = start + text.length;
  }

  #start(code: string, start: number): void {
    this.#emit();
    this.#open = {
      code,
      parts: [],
      place: { line: this.#line, offset: this.#base + start },
      start,
      records: 0,
      joined: false,
    };
  }

  #emit(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const { start, ...record } = open;
    this.#take({ ...record, raw: this.#text.slice(start, this.#end), ended: this.#end < this.#text.length });
  }
}

/** Blanks, zeros and end-of-file marks fill physical records and blocks. */
function withoutPadding(line: string): string {
  let end = line.length;
  while (end > 0 && (line.charCodeAt(end - 1) <= 0x20 || line[end - 1] === '\u001a')) end -= 1;
  return line.slice(0, end);
}
