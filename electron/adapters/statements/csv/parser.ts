// Reads one table under a profile: preamble, header, records, rows. It keeps one record at a time, and rows only where accounts may alternate.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { SourceEvent } from '../../../../shared/model/source.ts';
import type { CsvProfile } from '../../../../shared/model/statement-profile.ts';
import type { StatementDetection, StatementParser } from '../../../core/ports/statement-reader.ts';
import { tooLarge } from '../failure.ts';
import { MAX_FILE_BYTES } from '../limits.ts';
import { StatementSink } from '../statement-sink.ts';
import { CsvAccounts } from './accounts.ts';
import { trimmedCell } from './cells.ts';
import { CsvText } from './charset.ts';
import { CsvColumns, MAX_PREAMBLE } from './columns.ts';
import { CsvRows } from './rows.ts';
import { isRow, isDateCell } from './table.ts';
import { type CsvRecord, CsvTokenizer } from './tokenizer.ts';

export class CsvParser implements StatementParser {
  readonly detection: StatementDetection;
  readonly #profile: CsvProfile;
  readonly #sink = new StatementSink();
  readonly #text: CsvText;
  readonly #tokens: CsvTokenizer;
  readonly #accounts: CsvAccounts;
  #rows: CsvRows | null = null;
  /** The header line as it stands, to know it when the bank repeats it. */
  #header: string | null = null;
  #preambleLines = 0;
  #ignored = 0;
  #bytes = 0;

  /** @throws {AppError} STATEMENT_PROFILE_UNFIT */
  constructor(detection: StatementDetection, profile: CsvProfile) {
    this.detection = detection;
    this.#profile = profile;
    if (profile.currency === null && profile.currencyColumn === null)
      throw new AppError('STATEMENT_PROFILE_UNFIT', { what: 'it names neither a currency nor a column with one' });
    this.#text = new CsvText(detection.charset, profile.charset);
    this.#noteCharset(this.#text.charset);
    this.#tokens = new CsvTokenizer({
      delimiter: profile.delimiter,
      decode: (text, place) => this.#text.decode(text, place),
      onLooseQuote: ({ line }) =>
        this.#sink.warn(
          'NOTATION_UNUSUAL',
          `Line ${line}: a quote within a quoted cell is not doubled; it was read as text.`,
        ),
    });
    this.#accounts = new CsvAccounts(this.#sink, profile.account !== null || profile.currencyColumn !== null);
  }

  write(chunk: Uint8Array): SourceEvent[] {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_FILE_BYTES) throw tooLarge(this.#tokens.place, 'file', `${MAX_FILE_BYTES} bytes`);
    this.#tokens.write(this.#text.take(chunk, this.#tokens.place));
    this.#read();
    return this.#sink.drain();
  }

  rowsSoFar(): SourceEvent[] {
    this.#accounts.release();
    return this.#sink.drainAll();
  }

  end(): SourceEvent[] {
    this.#tokens.write(this.#text.end(this.#tokens.place));
    this.#tokens.end();
    this.#read();
    if (this.#profile.hasHeader && !this.#rows) throw this.#noHeader();
    this.#accounts.end();
    if (this.#text.mixedLine !== null)
      this.#sink.warn(
        'CHARSET_MIXED',
        `Line ${this.#text.mixedLine}: not UTF-8 as the lines before; such lines were read as ${this.#profile.charset}.`,
      );
    return this.#sink.close(this.#contents());
  }

  #noteCharset(charset: string): void {
    if (this.detection.charset === 'us-ascii' || charset === this.#profile.charset) return;
    this.#sink.warn(
      'CHARSET_DIFFERS',
      `The profile says ${this.#profile.charset}; the file is ${charset} and was read so.`,
    );
  }

  #contents(): string {
    const ignored = this.#ignored === 0 ? '' : `; ${this.#ignored} rows are left out by the profile`;
    return `a table without transactions${ignored}`;
  }

  #read(): void {
    while (!this.#rows) if (!this.#preamble()) return;
    for (let record = this.#tokens.next(); record !== null; record = this.#tokens.next())
      this.#record(record, this.#rows);
  }

  /** One step towards the first row; false when the text does not hold it. */
  #preamble(): boolean {
    if (this.#profile.hasHeader) return this.#headerLine();
    const skipping = this.#preambleLines < this.#profile.skipLines;
    const record = skipping ? this.#tokens.nextLine() : this.#tokens.next();
    if (record === null) return false;
    if (skipping) this.#skip(record);
    else if (!isBlank(record)) this.#record(record, this.#begin(CsvColumns.ofFirstRow(record)));
    return true;
  }

  #headerLine(): boolean {
    const line = this.#tokens.nextLine();
    if (line === null) return false;
    const columns = CsvColumns.ofHeader(line, this.#profile);
    if (columns) {
      this.#header = line.raw;
      this.#begin(columns);
    } else this.#beforeHeader(line);
    return true;
  }

  /** A line further down than the profile's header that may be a row, or what is left of one, must not be lost before a header that comes again. */
  #beforeHeader(line: CsvRecord): void {
    this.#preambleLines += 1;
    if (this.#preambleLines > this.#profile.skipLines && (looksLikeRow(line) || this.#hasItsDate(line)))
      throw rowBefore(line);
    if (this.#preambleLines > MAX_PREAMBLE) throw this.#noHeader();
  }

  #hasItsDate({ cells }: CsvRecord): boolean {
    return cells.length > 1 && isDateCell(trimmedCell(cells[this.#profile.bookingDate.index] ?? ''));
  }

  /** Without a header nothing but their number tells the lines before the rows. */
  #skip(line: CsvRecord): void {
    this.#preambleLines += 1;
    if (looksLikeRow(line)) throw rowBefore(line);
  }

  #begin(columns: CsvColumns): CsvRows {
    this.#rows = new CsvRows(this.#profile, columns, this.#sink);
    return this.#rows;
  }

  #noHeader(): AppError {
    return new AppError('STATEMENT_PROFILE_UNFIT', {
      what: 'no line at its beginning holds the columns of the profile',
    });
  }

  #record(record: CsvRecord, rows: CsvRows): void {
    if (isBlank(record) || record.raw === this.#header) return;
    if (rows.isIgnored(record)) {
      this.#ignored += 1;
      return;
    }
    const item = rows.map(record);
    if (item === null) this.#ignored += 1;
    else this.#accounts.add(item);
    // A last row without a line end may have lost the end of its last cell, unless a quote closes it.
    if (!record.closed && !record.raw.endsWith('"'))
      this.#sink.warn(
        'LAST_LINE_OPEN',
        `Line ${record.place.line}: no line end follows the last row; check that the file is whole.`,
      );
  }
}

function isBlank({ cells }: CsvRecord): boolean {
  return cells.every((cell) => trimmedCell(cell) === '');
}

function looksLikeRow({ cells }: CsvRecord): boolean {
  return isRow(cells.map(trimmedCell));
}

function rowBefore({ place: { line } }: CsvRecord): AppError {
  const what = `line ${line} looks like a row but stands before the first one`;
  return new AppError('STATEMENT_PROFILE_UNFIT', { what, line: String(line) });
}
