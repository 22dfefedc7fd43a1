// The CAMT parser: strict streaming XML, from which only the parts of statements are captured, one at a time. Document types are refused.
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import type { SourceEvent } from '../../../../shared/model/source.ts';
import type { StatementDetection, StatementParser } from '../../../core/ports/statement-reader.ts';
import { type StreamDecoder, createStreamDecoder } from '../charset.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type Place, malformed, quoteSource, tooLarge } from '../failure.ts';
import { MAX_CHILDREN, MAX_DEPTH, MAX_ELEMENTS, MAX_ENTRY, MAX_FILE_BYTES, MAX_PART, MAX_VALUE } from '../limits.ts';
import { StatementSink } from '../statement-sink.ts';
import { MESSAGES, NEWEST_VERSION, versionOfNamespace } from './detect.ts';
import { type CamtDetail, mapDetail } from './details.ts';
import type { CamtElement } from './elements.ts';
import { CamtMapping, type CamtMessage, STATEMENT_PARTS } from './mapping.ts';
import { type SourceExcerpt, SourceWindow } from './source-window.ts';

const STATEMENT_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['052', 'Rpt'],
  ['053', 'Stmt'],
  ['054', 'Ntfctn'],
]);
/** Parts of an entry that no mapping reads; its raw record still holds them. */
const SKIPPED: ReadonlySet<string> = new Set(
  'PstlAdr CtctDtls RltdAgts Chrgs Intrst Tax Avlbty RltdRmtInf SplmtryData CardTx RltdPric RltdQties'.split(' '),
);
const NO_SOURCE: SourceExcerpt = { text: '', whole: true };
const PIECE_BYTES = 65_536;

export class CamtParser implements StatementParser {
  readonly detection: StatementDetection;
  readonly #sink = new StatementSink();
  readonly #xml = new SaxesParser({ xmlns: true, position: true });
  readonly #window = new SourceWindow();
  readonly #decoder: StreamDecoder;
  #path: string[] = [];
  #capture: CamtElement[] = [];
  #captured = 0;
  #capturedSize = 0;
  #skippedDepth = 0;
  #details: CamtDetail[] = [];
  #message: CamtMessage | null = null;
  #mapping: CamtMapping | null = null;
  #messageDepth = 0;
  #partPlace: Place = { line: 1, offset: 0 };
  #lastMarkup = 0;
  #bytes = 0;

  /** @throws {AppError} STATEMENT_UNSUPPORTED for a charset that cannot be decoded */
  constructor(detection: StatementDetection) {
    this.detection = detection;
    const decoder = createStreamDecoder(detection.charset);
    if (decoder === null)
      throw new AppError('STATEMENT_UNSUPPORTED', { what: `the charset ${quoteSource(detection.charset)}` });
    this.#decoder = decoder;
    this.#xml.ENTITIES = xmlEntities();
    this.#xml.on('error', (error) => this.#refuse('well-formed XML', error.message.replace(/^[\d:]+\s*/, '')));
    this.#xml.on('doctype', () =>
      this.#refuse('no document type; document types and entities are refused', '<!DOCTYPE'),
    );
    this.#xml.on('opentag', (tag) => this.#open(tag));
    this.#xml.on('closetag', (tag) => this.#close(tag));
    this.#xml.on('text', (text) => this.#text(text));
    this.#xml.on('cdata', (text) => this.#text(text));
  }

  write(chunk: Uint8Array): SourceEvent[] {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_FILE_BYTES) throw tooLarge(this.#place(), 'file', `${MAX_FILE_BYTES} bytes`);
    for (let at = 0; at < chunk.length; at += PIECE_BYTES)
      this.#feed(this.#decode(() => this.#decoder.write(chunk.subarray(at, at + PIECE_BYTES))));
    return this.#sink.drain();
  }

  end(): SourceEvent[] {
    this.#feed(this.#decode(() => this.#decoder.end()));
    this.#xml.close();
    return this.#sink.close(
      this.#sink.statements > 0
        ? 'an account statement without entries that does not say that it has none'
        : 'no account report, statement or notification',
    );
  }

  #decode(read: () => string): string {
    try {
      return read();
    } catch (error) {
      if (error instanceof TypeError)
        throw malformed(this.#place(), `${this.detection.charset} text`, 'bytes of another charset');
      throw error;
    }
  }

  #feed(text: string): void {
    if (text === '') return;
    this.#window.append(text);
    this.#xml.write(text);
    if (this.#xml.position - this.#lastMarkup > MAX_VALUE)
      throw tooLarge(this.#place(), 'value', `${MAX_VALUE} characters`);
    this.#window.release(this.#xml.position);
  }

  #place(): Place {
    return { line: this.#xml.line, offset: this.#xml.position };
  }

  #refuse(expected: string, found: string): never {
    throw malformed(this.#place(), expected, found);
  }

  #open(tag: SaxesTagNS): void {
    this.#lastMarkup = this.#xml.position;
    if (this.#path.length >= MAX_DEPTH) this.#refuse(`at most ${MAX_DEPTH} levels of elements`, tag.local);
    if (this.#skippedDepth > 0) this.#skippedDepth += 1;
    else if (this.#capture.length > 0 && SKIPPED.has(tag.local)) this.#skippedDepth = 1;
    else if (this.#capture.length > 0) this.#push(tag);
    else if (this.#mapping === null) this.#openMessage(tag);
    else this.#openOutside(tag);
    this.#path.push(tag.local);
  }

  #openMessage(tag: SaxesTagNS): void {
    const message = MESSAGES.get(tag.local.replace(/V\d\d$/, ''));
    if (message !== '052' && message !== '053' && message !== '054') return;
    const version = versionOfNamespace(tag.uri);
    if (version === null)
      this.#sink.warn(
        'NAMESPACE_MISSING',
        `The message has no namespace of camt.${message}; its elements were read as such.`,
      );
    else if (Number(version.slice(-2)) > NEWEST_VERSION)
      this.#sink.warn('VERSION_UNKNOWN', `Version ${version} is newer than this reader.`);
    this.#message = message;
    this.#messageDepth = this.#path.length;
    this.#mapping = new CamtMapping(this.#sink, message);
  }

  /** Inside the message, outside any captured part. */
  #openOutside(tag: SaxesTagNS): void {
    const depth = this.#path.length - this.#messageDepth;
    const inStatement = depth === 2 && this.#path.at(-1) === STATEMENT_ELEMENTS.get(this.#message ?? '');
    if (inStatement && STATEMENT_PARTS.has(tag.local)) this.#startPart(tag);
    else if (depth === 2 && tag.local === 'MsgPgntn') this.#startPart(tag);
    else if (depth === 1 && tag.local === STATEMENT_ELEMENTS.get(this.#message ?? '')) this.#mapping?.open();
  }

  #startPart(tag: SaxesTagNS): void {
    this.#captured = 0;
    this.#capturedSize = 0;
    this.#details = [];
    this.#partPlace = this.#place();
    if (tag.local === 'Ntry') this.#window.mark(this.#xml.position);
    this.#push(tag);
  }

  #push(tag: SaxesTagNS): void {
    this.#captured += 1;
    if (this.#captured > MAX_ELEMENTS) throw tooLarge(this.#place(), tag.local, `${MAX_ELEMENTS} elements`);
    const currency: SaxesAttributeNS | undefined = tag.attributes['Ccy'];
    const element: CamtElement = { name: tag.local, currency: currency?.value ?? null, text: '', children: null };
    const parent = this.#capture.at(-1);
    if (parent) (parent.children ??= []).push(element);
    this.#capture.push(element);
  }

  #text(text: string): void {
    this.#lastMarkup = this.#xml.position;
    if (text.length > MAX_VALUE) throw tooLarge(this.#place(), 'value', `${MAX_VALUE} characters`);
    const element = this.#skippedDepth > 0 ? undefined : this.#capture.at(-1);
    if (!element) return;
    element.text += text;
    this.#capturedSize += text.length;
    if (this.#capturedSize > MAX_PART) throw tooLarge(this.#place(), element.name, `${MAX_PART} characters`);
  }

  #close(tag: SaxesTagNS): void {
    this.#lastMarkup = this.#xml.position;
    this.#path.pop();
    if (this.#skippedDepth > 0) {
      this.#skippedDepth -= 1;
      return;
    }
    const element = this.#capture.pop();
    if (element) {
      if (this.#capture.length === 0) this.#endPart(element);
      else if (element.name === 'TxDtls') this.#cutDetail(element);
      return;
    }
    const depth = this.#path.length - this.#messageDepth;
    if (this.#mapping && depth === 1 && tag.local === STATEMENT_ELEMENTS.get(this.#message ?? ''))
      this.#mapping.close(this.#place());
    if (this.#mapping && depth === 0) this.#mapping = null;
  }

  #endPart(element: CamtElement): void {
    const part = { element, place: this.#partPlace, details: this.#details, source: NO_SOURCE };
    if (element.name === 'MsgPgntn') this.#mapping?.pagination(element);
    else if (element.name === 'Ntry') this.#mapping?.part({ ...part, source: this.#window.take(this.#xml.position) });
    else this.#mapping?.part(part);
  }

  /** A batch can have a hundred thousand details: each is mapped and dropped as it ends. */
  #cutDetail(element: CamtElement): void {
    const parent = this.#capture.at(-1);
    if (this.#capture[0]?.name !== 'Ntry' || this.#capture.length > 2) return;
    if (this.#details.length >= MAX_CHILDREN) throw tooLarge(this.#place(), 'batch', `${MAX_CHILDREN} details`);
    this.#details.push(mapDetail(element));
    parent?.children?.pop();
    this.#captured = 0;
    this.#capturedSize = 0;
    if (this.#xml.position - this.#partPlace.offset > MAX_ENTRY)
      throw tooLarge(this.#place(), 'entry', `${MAX_ENTRY} characters`);
  }
}

/** XML's own five, without a prototype: saxes looks names up on the object as they come, `constructor` too. */
function xmlEntities(): Record<string, string> {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  Object.setPrototypeOf(entities, null);
  return entities;
}
