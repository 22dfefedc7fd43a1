// The OFX mapping: walks the tokens of one file and says which accounts, rows and balances it holds. It keeps one row at a time.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import { currencyExponent } from '../../../../shared/model/currency.ts';
import type { SourceBalance, SourceEvent, StatementBalance } from '../../../../shared/model/source.ts';
import type { StatementDetection, StatementParser } from '../../../core/ports/statement-reader.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type StreamDecoder, createStreamDecoder } from '../charset.ts';
import { type Place, malformed, quoteSource, tooLarge } from '../failure.ts';
import { MAX_FILE_BYTES, MAX_RAW } from '../limits.ts';
import { StatementSink } from '../statement-sink.ts';
import { currencyOf, cut, minorString, minorUnitsOf } from '../values.ts';
import { mapAccount } from './account.ts';
import { ofxDecimal } from './amounts.ts';
import { applyCorrection } from './corrections.ts';
import { ofxDate } from './dates.ts';
import { FieldDecoder } from './field-decoder.ts';
import { UNSTATED_VERSION } from './detect.ts';
import { type Frame, Frames } from './frames.ts';
import { mapRow } from './rows.ts';
import { OfxTokenizer } from './tokenizer.ts';

const STATEMENTS: ReadonlySet<string | null> = new Set(['STMTRS', 'CCSTMTRS']);
const ROWS: ReadonlySet<string | null> = new Set(['STMTTRN', 'STMTTRNP']);
const LISTS: ReadonlySet<string | null> = new Set(['BANKTRANLIST', 'BANKTRANLISTP']);

/** Aggregates that say what a file without statements is. */
const CONTENTS: ReadonlyMap<string, string> = new Map([
  ['INVSTMTRS', 'an investment statement'],
  ['LOANSTMTRS', 'a loan statement'],
  ['PROFRS', 'a bank profile'],
  ['PROFTRNRS', 'a bank profile'],
  ['ACCTINFORS', 'a list of accounts'],
  ['BANKMSGSRQV1', 'a request, not an answer'],
  ['SIGNONMSGSRSV1', 'a sign-on answer'],
]);

interface OpenStatement {
  account: Frame | null;
  begun: boolean;
  listed: boolean;
  currency: CurrencyCode | null;
  from: CalendarDate | null;
  to: CalendarDate | null;
  closing: StatementBalance | null;
  readonly balances: SourceBalance[];
}

export class OfxParser implements StatementParser {
  readonly detection: StatementDetection;
  readonly #sink = new StatementSink();
  readonly #frames = new Frames(() => this.#tokens.place);
  readonly #fields: FieldDecoder;
  readonly #tokens: OfxTokenizer;
  readonly #wide: StreamDecoder | null;
  readonly #contents = new Set<string>();
  #statement: OpenStatement | null = null;
  #institution: string | null = null;
  #bankStatus: string | null = null;
  #closed = false;
  #rowPlace: Place | null = null;
  #bytes = 0;

  constructor(detection: StatementDetection) {
    this.detection = detection;
    const wide = detection.charset.startsWith('utf-16');
    this.#wide = wide ? createStreamDecoder(detection.charset) : null;
    this.#fields = new FieldDecoder(wide ? 'utf-8' : detection.charset);
    this.#tokens = new OfxTokenizer(
      { open: (name, value) => this.#open(name, value), close: (name) => this.#close(name) },
      this.#fields,
    );
    if (detection.version === UNSTATED_VERSION)
      this.#sink.warn('HEADER_MISSING', 'The file has no OFX header; its version is unknown.');
  }

  write(chunk: Uint8Array): SourceEvent[] {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_FILE_BYTES) throw tooLarge(this.#tokens.place, 'file', `${MAX_FILE_BYTES} bytes`);
    this.#tokens.write(this.#wide ? this.#narrow(chunk, this.#wide) : chunk);
    return this.#sink.drain();
  }

  end(): SourceEvent[] {
    this.#tokens.end();
    if (!this.#closed) throw malformed(this.#tokens.place, 'the end of OFX', 'the end of the file');
    const finding = this.#fields.finding();
    if (finding) this.#sink.warn(finding.code, finding.text);
    if (this.#sink.statements === 0) this.#refuse();
    for (const part of ['INVSTMTRS', 'LOANSTMTRS']) {
      if (this.#contents.has(part))
        this.#sink.warn('PART_NOT_READ', `The file also holds ${CONTENTS.get(part) ?? part}, which is not read.`);
    }
    return this.#sink.close(this.#describe());
  }

  #narrow(chunk: Uint8Array, decoder: StreamDecoder): Uint8Array {
    try {
      return Buffer.from(decoder.write(chunk), 'utf8');
    } catch (error) {
      if (error instanceof TypeError)
        throw malformed(this.#tokens.place, `${this.detection.charset} text`, 'other bytes');
      throw error;
    }
  }

  #describe(): string {
    if (this.#sink.statements > 0) return 'an account statement without a list of transactions';
    const found = Array.from(CONTENTS).find(([name]) => this.#contents.has(name))?.[1] ?? 'no statement';
    return this.#bankStatus === null ? found : `${found}; the bank answered with status ${this.#bankStatus}`;
  }

  #refuse(): void {
    const unsupported = this.#contents.has('INVSTMTRS') || this.#contents.has('LOANSTMTRS');
    if (unsupported) throw new AppError('STATEMENT_UNSUPPORTED', { what: this.#describe() });
  }

  #open(name: string, value: string): void {
    if (this.#closed) throw malformed(this.#tokens.place, 'the end of the file', name);
    if (value !== '') {
      this.#frames.leaf(name, value);
      return;
    }
    if (this.#frames.depth === 0 && name !== 'OFX') throw malformed(this.#tokens.place, 'the root element OFX', name);
    if (CONTENTS.has(name)) this.#contents.add(name);
    this.#opening(name);
    this.#frames.push(name);
  }

  #opening(name: string): void {
    if (this.#rowPlace && (ROWS.has(name) || LISTS.has(name) || STATEMENTS.has(name)))
      throw malformed(this.#tokens.place, 'the end of the transaction before', name);
    if (ROWS.has(name)) this.#openRow(name);
    if (!STATEMENTS.has(name)) return;
    if (this.#statement) throw malformed(this.#tokens.place, 'the end of the statement before', name);
    this.#statement = {
      account: null,
      begun: false,
      currency: null,
      listed: false,
      from: null,
      to: null,
      closing: null,
      balances: [],
    };
  }

  /** A row anywhere else than in a statement's list would be lost. Only an investment statement has others, and they are not read. */
  #openRow(name: string): void {
    if (this.#statement && LISTS.has(this.#frames.known()) && STATEMENTS.has(this.#frames.known(1))) {
      this.#tokens.startRow();
      this.#rowPlace = this.#tokens.place;
    } else if (!this.#frames.isOpen('INVSTMTRS')) {
      throw malformed(this.#tokens.place, 'transactions in the list of a statement', name);
    }
  }

  #close(name: string): void {
    if (this.#closed) throw malformed(this.#tokens.place, 'the end of the file', `/${name}`);
    const frame = this.#frames.pop(name);
    if (!frame?.known) return;
    if (this.#frames.depth === 0) this.#closed = true;
    if (this.#rowPlace && ROWS.has(name)) this.#row(frame, this.#rowPlace);
    else if (name === 'FI') this.#institution = frame.fields.get('ORG') ?? null;
    else if (name === 'STATUS') this.#noteStatus(frame);
    else if (this.#statement) this.#statementPart(frame, this.#statement);
  }

  #noteStatus(frame: Frame): void {
    const code = frame.fields.get('CODE') ?? '0';
    if (code !== '0') this.#bankStatus ??= quoteSource(code);
  }

  #statementPart(frame: Frame, statement: OpenStatement): void {
    if (STATEMENTS.has(frame.name)) {
      this.#endStatement(statement, frame);
      return;
    }
    if (!STATEMENTS.has(this.#frames.known())) return;
    if (frame.name === 'BANKACCTFROM' || frame.name === 'CCACCTFROM') statement.account ??= frame;
    else if (frame.name === 'BANKTRANLIST') this.#period(statement, frame);
    else if (frame.name === 'LEDGERBAL') statement.closing = this.#balance(statement, frame, 'closing-booked');
    else if (frame.name === 'AVAILBAL') this.#balance(statement, frame, 'closing-available');
  }

  /** CURDEF comes before anything that needs it. @see OFX 2.2 §11.4.2.2 */
  #currency(statement: OpenStatement): CurrencyCode {
    const written = this.#frames.field('CURDEF');
    statement.currency ??= currencyOf(written ?? '');
    if (statement.currency === null) throw malformed(this.#tokens.place, 'a currency code in CURDEF', written ?? '');
    return statement.currency;
  }

  #begin(statement: OpenStatement): CurrencyCode {
    const currency = this.#currency(statement);
    if (statement.begun) return currency;
    const account = statement.account && mapAccount(statement.account, { institution: this.#institution, currency });
    if (account === null) throw malformed(this.#tokens.place, 'an account number in BANKACCTFROM or CCACCTFROM', '');
    this.#sink.begin(account, null);
    statement.begun = true;
    return currency;
  }

  #row(frame: Frame, place: Place): void {
    this.#rowPlace = null;
    if (!this.#statement) return;
    const currency = this.#begin(this.#statement);
    const raw = cut(this.#tokens.takeRow(), MAX_RAW);
    const row = mapRow(frame, { currency, place, raw, sink: this.#sink, pending: frame.name === 'STMTTRNP' });
    if (applyCorrection(frame, place, this.#sink)) this.#sink.add(row);
  }

  #period(statement: OpenStatement, frame: Frame): void {
    statement.from = ofxDate(frame.fields.get('DTSTART') ?? '')?.date ?? null;
    statement.to = ofxDate(frame.fields.get('DTEND') ?? '')?.date ?? null;
    statement.listed = true;
  }

  #balance(statement: OpenStatement, frame: Frame, type: SourceBalance['type']): StatementBalance | null {
    const currency = this.#currency(statement);
    const decimal = ofxDecimal(frame.fields.get('BALAMT') ?? '', currencyExponent(currency));
    const minor = decimal === null ? null : minorUnitsOf(decimal.text, currencyExponent(currency));
    const found = ofxDate(frame.fields.get('DTASOF') ?? '');
    if (minor === null || found === null) {
      this.#sink.warn(
        'BALANCE_UNREADABLE',
        `Line ${this.#tokens.place.line}: ${frame.name} has no readable amount or date and was left out.`,
      );
      return null;
    }
    if (decimal?.unusual || found.unusual) {
      this.#sink.warn(
        'NOTATION_UNUSUAL',
        `Line ${this.#tokens.place.line}: ${frame.name} is not in OFX notation but can mean only one value.`,
      );
    }
    const amountMinor = minorString(minor);
    statement.balances.push({ type, amountMinor, currency, date: found.date });
    return { amountMinor, date: found.date };
  }

  #endStatement(statement: OpenStatement, frame: Frame): void {
    statement.currency ??= currencyOf(frame.fields.get('CURDEF') ?? '');
    this.#begin(statement);
    const { from, to, closing, balances } = statement;
    const declaredEmpty = statement.listed && from !== null && to !== null;
    this.#sink.end({ from, to, opening: null, closing, balances, declaredEmpty });
    this.#statement = null;
  }
}
