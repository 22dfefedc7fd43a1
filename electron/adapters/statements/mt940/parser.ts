// The MT940 and MT942 parser: takes fields and envelope lines in their order and hands each message its own. It keeps one message at a time.
import type { SourceEvent } from '../../../../shared/model/source.ts';
import type { StatementDetection, StatementParser } from '../../../core/ports/statement-reader.ts';
import { type StreamDecoder, createStreamDecoder } from '../charset.ts';
import { type Place, malformed, tooLarge } from '../failure.ts';
import { MAX_FILE_BYTES, MAX_MESSAGE_FIELDS, MAX_STATEMENTS } from '../limits.ts';
import { StatementSink } from '../statement-sink.ts';
import { FieldScanner, type SwiftField } from './field-scanner.ts';
import { type MessageEnd, type MessagePage, SwiftMessage } from './message.ts';
import { type Decode, createDecode } from './text.ts';

/** Rabobank's headers of a file and its messages. */
const HEADERS: ReadonlySet<string> = new Set(['940', '942']);
/** Longest line of a bank's envelope. */
const MAX_ENVELOPE_LINE = 1024;

export class SwiftParser implements StatementParser {
  readonly detection: StatementDetection;
  readonly #sink = new StatementSink();
  readonly #decode: Decode;
  readonly #wide: StreamDecoder | null;
  readonly #fields: FieldScanner;
  #message: SwiftMessage | null = null;
  #envelopeLines = 0;
  #owes: '-}' | '\u0003' | null = null;
  #page: { readonly page: MessagePage; readonly place: Place } | null = null;
  #bytes = 0;

  constructor(detection: StatementDetection) {
    this.detection = detection;
    const wide = detection.charset.startsWith('utf-16');
    this.#wide = wide ? createStreamDecoder(detection.charset) : null;
    this.#decode = createDecode(wide ? 'utf-8' : detection.charset);
    this.#fields = new FieldScanner({
      field: (field) => this.#field(field),
      endsMessage: (name) => this.#endsMessage(name),
      end: (line, place) => this.#end(line, place),
      envelope: (line, place) => this.#envelope(line, place),
    });
  }

  write(chunk: Uint8Array): SourceEvent[] {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_FILE_BYTES) throw tooLarge(this.#fields.place, 'file', `${MAX_FILE_BYTES} bytes`);
    this.#fields.write(this.#wide ? this.#narrow(chunk, this.#wide) : chunk);
    return this.#sink.drain();
  }

  end(): SourceEvent[] {
    this.#fields.end();
    const { place } = this.#fields;
    this.#finish('file', place);
    if (this.#owes !== null) throw malformed(place, 'the end mark of the message', 'the end of the file');
    if (this.#sink.statements === 0) throw malformed(place, ':20:', 'the end of the file');
    this.#follow(null, place);
    return this.#sink.close('statements without entries');
  }

  #narrow(chunk: Uint8Array, decoder: StreamDecoder): Uint8Array {
    try {
      return Buffer.from(decoder.write(chunk), 'utf8');
    } catch (error) {
      if (error instanceof TypeError)
        throw malformed(this.#fields.place, `${this.detection.charset} text`, 'other bytes');
      throw error;
    }
  }

  #field(field: SwiftField): void {
    this.#envelopeLines = 0;
    if (HEADERS.has(field.name) || field.name === '20') this.#finish('next', field.place);
    if (HEADERS.has(field.name)) return;
    if (field.name === '20')
      this.#message = new SwiftMessage({ sink: this.#sink, decode: this.#decode, fields: this.#fields });
    if (this.#message === null) throw malformed(field.place, ':20:', field.source);
    this.#message.take(field);
  }

  #endsMessage(name: string): boolean {
    return name === '62F' || name === '62M' || this.#message === null || this.#message.mayEnd;
  }

  #end(line: string, place: Place): void {
    if (this.#owes === '-}' && !line.startsWith('-}')) throw malformed(place, 'the end mark -}', line);
    if (this.#owes !== '\u0003' || line.includes('\u0003')) this.#owes = null;
    this.#finish('mark', place);
  }

  #envelope(line: string, place: Place): void {
    if (line === '\u0001') this.#owed(place, '\u0003');
    else if (line.includes('\u0003') && this.#owes === '\u0003') this.#owes = null;
    else if (line.includes('{4:')) this.#owed(place, '-}');
    this.#envelopeLines += 1;
    if (this.#envelopeLines > MAX_MESSAGE_FIELDS) throw tooLarge(place, 'envelope', `${MAX_MESSAGE_FIELDS} lines`);
    if (line.startsWith(':') || line.length > MAX_ENVELOPE_LINE) throw malformed(place, ':20:', line);
  }

  /** A message that begins with a mark must end with one: without it the file is cut off. */
  #owed(place: Place, mark: '-}' | '\u0003'): void {
    if (this.#owes !== null && !(this.#owes === '\u0003' && mark === '-}'))
      throw malformed(place, 'the end mark of the message', '');
    this.#finish('next', place);
    this.#owes ??= mark;
  }

  #finish(by: MessageEnd, place: Place): void {
    const message = this.#message;
    if (message === null) return;
    this.#message = null;
    message.finish(by, place);
    if (this.#sink.statements > MAX_STATEMENTS) throw tooLarge(place, 'file', `${MAX_STATEMENTS} statements`);
    this.#follow(message.page, place);
  }

  /** Each page is a statement of its own, with its own balances. A page whose neighbour is not in the file is said. */
  #follow(page: MessagePage | null, place: Place): void {
    const before = this.#page?.page;
    const linked = before?.goesOn === true && page?.continues === true && before.account === page.account;
    const alone = !linked && ((before?.goesOn ?? false) || (page?.continues ?? false));
    if (alone) {
      const line = before?.goesOn ? (this.#page?.place.line ?? place.line) : place.line;
      this.#sink.warn(
        'PAGE_INCOMPLETE',
        `Line ${line}: a balance is intermediate, but the page that belongs to it is not in the file.`,
      );
    }
    this.#page = page && { page, place };
  }
}
