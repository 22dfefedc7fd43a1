// Reads one QIF file under a profile: headers, accounts, records. It keeps one record at a time.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { type SourceAccount, type SourceEvent, UNNAMED_ACCOUNT } from '../../../../shared/model/source.ts';
import type { QifProfile } from '../../../../shared/model/statement-profile.ts';
import type { StatementDetection, StatementParser } from '../../../core/ports/statement-reader.ts';
import { CsvText } from '../csv/charset.ts';
import { malformed, tooLarge } from '../failure.ts';
import { MAX_FILE_BYTES } from '../limits.ts';
import { StatementSink } from '../statement-sink.ts';
import { minorString, optionalText } from '../values.ts';
import { type QifLine, QifLines } from './lines.ts';
import { type QifReading, QifRecord } from './record.ts';

/** Lists of rows, by their `!Type`; others hold no transactions. */
const KINDS: Readonly<Record<string, SourceAccount['kind']>> = {
  bank: 'current',
  ccard: 'card',
  cash: 'other',
  'oth a': 'other',
  'oth l': 'loan',
};
type Part = 'rows' | 'account' | 'other' | 'none';

export class QifParser implements StatementParser {
  readonly detection: StatementDetection;
  readonly #profile: QifReading;
  readonly #text: CsvText;
  readonly #lines = new QifLines();
  readonly #sink = new StatementSink();
  #part: Part = 'none';
  #record: QifRecord | null = null;
  #account: string | null = null;
  #kind: SourceAccount['kind'] = 'current';
  #open: { first: CalendarDate | null; last: CalendarDate | null; opening: [bigint, CalendarDate] | null } | null =
    null;
  #bytes = 0;

  /** @throws {AppError} STATEMENT_PROFILE_UNFIT */
  constructor(detection: StatementDetection, profile: QifProfile) {
    this.detection = detection;
    const { currency } = profile;
    if (currency === null) throw new AppError('STATEMENT_PROFILE_UNFIT', { what: 'it names no currency' });
    this.#profile = { ...profile, currency };
    this.#text = new CsvText(detection.charset, profile.charset);
  }

  write(chunk: Uint8Array): SourceEvent[] {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_FILE_BYTES) throw tooLarge(this.#lines.place, 'file', `${MAX_FILE_BYTES} bytes`);
    this.#lines.write(this.#text.take(chunk, this.#lines.place));
    this.#read();
    return this.#sink.drain();
  }

  rowsSoFar(): SourceEvent[] {
    return this.#sink.drainAll();
  }

  end(): SourceEvent[] {
    this.#lines.write(this.#text.end(this.#lines.place));
    this.#lines.end();
    this.#read();
    if (this.#record) throw malformed(this.#lines.place, 'the end of a record (^)', '');
    this.#close();
    return this.#sink.close('QIF lists without transactions');
  }

  #read(): void {
    for (const line of this.#lines.next()) this.#line(line);
  }

  #line(line: QifLine): void {
    const { text, place } = line;
    if (this.#record === null && (text.trim() === '' || text === '\x1a' || /^\0+$/.test(text))) return;
    if (text.startsWith('!')) this.#header(text.slice(1).trim(), line);
    else if (this.#part === 'none') throw malformed(place, 'a header (!Type)', text);
    else {
      this.#record ??= new QifRecord(place, (bytes, at) => this.#text.decode(bytes, at));
      if (text.startsWith('^')) this.#finish(this.#record);
      else this.#record.add(line);
    }
  }

  /** @throws {AppError} STATEMENT_UNSUPPORTED for investments, STATEMENT_MALFORMED within a record */
  #header(header: string, { place }: QifLine): void {
    if (this.#record) throw malformed(place, 'the end of a record (^) before the next list', header);
    if (/^(?:option|clear)\s*:/i.test(header)) return;
    this.#close();
    if (/^account\b/i.test(header)) this.#part = 'account';
    else this.#type(/^type\s*:\s*(.*)$/i.exec(header)?.[1]?.toLowerCase() ?? '', header);
  }

  #type(type: string, header: string): void {
    if (type.startsWith('invst'))
      throw new AppError('STATEMENT_UNSUPPORTED', { what: 'investment transactions in QIF' });
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
    this.#part = kind === undefined ? 'other' : 'rows';
    if (kind === undefined) {
      this.#sink.warn('PART_NOT_READ', `The list “${header.slice(0, 60)}” holds no transactions and was left out.`);
      return;
    }
    this.#kind = kind;
  }

  #finish(record: QifRecord): void {
    this.#record = null;
    if (record.isEmpty || this.#part === 'other') return;
    if (this.#part === 'account') this.#account = optionalText(record.field('N') ?? undefined, 200);
    else this.#row(record);
  }

  #row(record: QifRecord): void {
    const open = (this.#open ??= this.#begin());
    if (isOpening(record, this.#sink.rowsInStatement)) {
      open.opening = [record.amount(this.#profile), record.date(this.#profile)];
      return;
    }
    const row = record.row(this.#profile);
    if (open.first === null || row.bookingDate < open.first) open.first = row.bookingDate;
    if (open.last === null || row.bookingDate > open.last) open.last = row.bookingDate;
    this.#sink.add(row);
  }

  #begin() {
    const name = this.#account;
    const { currency } = this.#profile;
    const id = name ?? UNNAMED_ACCOUNT;
    this.#sink.begin({ id, iban: null, currency, name, institution: null, kind: this.#kind }, null);
    return { first: null, last: null, opening: null };
  }

  #close(): void {
    if (!this.#open) return;
    const { first, last, opening } = this.#open;
    this.#open = null;
    this.#sink.end({
      from: first,
      to: last,
      opening: opening && { amountMinor: minorString(opening[0]), date: opening[1] },
      closing: null,
      balances: [],
      declaredEmpty: false,
    });
  }
}

/** Quicken writes the balance before the first row as a record of its own. */
function isOpening(record: QifRecord, rowsBefore: number): boolean {
  return rowsBefore === 0 && /^opening balance$/i.test((record.field('P') ?? '').trim());
}
