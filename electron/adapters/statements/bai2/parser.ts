// The BAI2 parser: takes logical records in their order and turns each account into a statement. It keeps one account's figures and one record.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { SourceEvent } from '../../../../shared/model/source.ts';
import type { StatementDetection, StatementParser } from '../../../core/ports/statement-reader.ts';
import { type StreamDecoder, createStreamDecoder } from '../charset.ts';
import { malformed, quoteSource, tooLarge } from '../failure.ts';
import { MAX_FILE_BYTES, MAX_STATEMENTS } from '../limits.ts';
import { type Decode, createDecode } from '../mt940/text.ts';
import { StatementSink } from '../statement-sink.ts';
import { Bai2Account } from './account.ts';
import { type Control, compareControls } from './controls.ts';
import { readDetail } from './detail.ts';
import { Fields } from './fields.ts';
import { type Group, readGroup } from './group.ts';
import { type LogicalRecord, RecordScanner } from './record-scanner.ts';
import { amountOf, countOf } from './values.ts';

/** What has been found since the header of a level. */
interface Level {
  total: bigint;
  members: number;
  records: number;
}

const newLevel = (): Level => ({ total: 0n, members: 0, records: 0 });

export class Bai2Parser implements StatementParser {
  readonly detection: StatementDetection;
  readonly #sink = new StatementSink();
  readonly #decode: Decode;
  readonly #wide: StreamDecoder | null;
  readonly #scanner = new RecordScanner((record) => this.#record(record));
  #file: Level | null = null;
  #group: (Level & { readonly header: Group }) | null = null;
  #account: (Level & { readonly figures: Bai2Account }) | null = null;
  #bytes = 0;

  constructor(detection: StatementDetection) {
    this.detection = detection;
    const wide = detection.charset.startsWith('utf-16');
    this.#wide = wide ? createStreamDecoder(detection.charset) : null;
    this.#decode = createDecode(wide ? 'utf-8' : detection.charset);
  }

  write(chunk: Uint8Array): SourceEvent[] {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_FILE_BYTES) throw tooLarge(this.#scanner.place, 'file', `${MAX_FILE_BYTES} bytes`);
    const bytes = this.#wide ? this.#narrow(chunk, this.#wide) : chunk;
    this.#scanner.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
    return this.#sink.drain();
  }

  end(): SourceEvent[] {
    this.#scanner.end();
    const { place } = this.#scanner;
    if (this.#file !== null) throw malformed(place, `record ${this.#expected()}`, 'the end of the file');
    return this.#sink.close('accounts without transactions');
  }

  #narrow(chunk: Uint8Array, decoder: StreamDecoder): Uint8Array {
    try {
      return Buffer.from(decoder.write(chunk), 'utf8');
    } catch (error) {
      if (error instanceof TypeError)
        throw malformed(this.#scanner.place, `${this.detection.charset} text`, 'other bytes');
      throw error;
    }
  }

  #record(record: LogicalRecord): void {
    this.#note(record);
    for (const level of [this.#file, this.#group, this.#account]) if (level) level.records += record.records;
    if (!this.#follows(record.code)) throw malformed(record.place, `record ${this.#expected()}`, record.code);
    switch (record.code) {
      case '01':
        return this.#openFile(record);
      case '02':
        this.#group = { ...newLevel(), records: record.records, header: readGroup(record, this.#sink) };
        return;
      case '03':
        return this.#openAccount(record);
      case '16':
        return this.#detail(record);
      case '49':
        return this.#closeAccount(record);
      case '98':
        return this.#closeGroup(record);
      default:
        this.#closeFile(record);
    }
  }

  #note(record: LogicalRecord): void {
    const wrapped = record.parts.find((part) => part.wrapped);
    if (wrapped && record.code !== '16')
      throw malformed(record.place, 'a record that begins with its code', wrapped.text);
    if (wrapped)
      this.#sink.warn('NOTATION_UNUSUAL', `Line ${record.place.line}: a text goes on in a line without a record code.`);
    if (record.joined)
      this.#sink.warn('NOTATION_UNUSUAL', `Line ${record.place.line}: records stand behind one another on one line.`);
  }

  #follows(code: string): boolean {
    if (this.#account) return code === '16' || code === '49';
    if (this.#group) return code === '03' || code === '98';
    return this.#file ? code === '02' || code === '99' : code === '01';
  }

  #expected(): string {
    if (this.#account) return '16 or 49';
    if (this.#group) return '03 or 98';
    return this.#file ? '02 or 99' : '01';
  }

  #openFile(record: LogicalRecord): void {
    const fields = new Fields(record);
    const [, , , , , , , version = ''] = Array.from({ length: 8 }, () => fields.next());
    if (version !== '' && version !== '2')
      throw new AppError('STATEMENT_UNSUPPORTED', { what: `version ${quoteSource(version)} of BAI` });
    this.#file = { ...newLevel(), records: record.records };
  }

  #openAccount(record: LogicalRecord): void {
    const group = this.#group?.header;
    if (!group) throw malformed(record.place, 'record 02', record.code);
    const figures = new Bai2Account(record, { group, decode: this.#decode });
    this.#account = { ...newLevel(), records: record.records, figures };
    if (!group.read) return;
    this.#sink.begin(figures.account, null);
    if (this.#sink.statements > MAX_STATEMENTS) throw tooLarge(record.place, 'file', `${MAX_STATEMENTS} statements`);
  }

  #detail(record: LogicalRecord): void {
    const figures = this.#account?.figures;
    if (!figures) throw malformed(record.place, 'record 03', record.code);
    const { currency, group } = figures;
    const { asOf, interim, read } = group;
    const { written, minor, row, undated } = readDetail(record, { currency, asOf, interim, decode: this.#decode });
    const { line } = record.place;
    if (undated)
      this.#sink.warn('DATE_UNREADABLE', `Line ${line}: a value date is no day of the calendar and was left out.`);
    if (row === null) {
      figures.addInformation(written);
      this.#sink.warn('ENTRY_INFORMATION_ONLY', `Line ${line}: type 890 moves no money; it is no row.`);
      return;
    }
    figures.add(written, minor);
    if (read) this.#sink.add(row);
  }

  #closeAccount(record: LogicalRecord): void {
    const [account, group] = [this.#account, this.#group];
    if (!account || !group) throw malformed(record.place, 'record 03', record.code);
    const stated = trailerOf(record, { members: false });
    const { figures } = account;
    const found = { total: figures.control, members: 0, records: account.records };
    const { details, proven } = figures;
    compareControls({ code: '49', place: record.place, stated, found, details, proven }, this.#sink);
    if (group.header.read) figures.end(this.#sink);
    group.members += 1;
    group.total += stated.total ?? figures.control;
    this.#account = null;
  }

  #closeGroup(record: LogicalRecord): void {
    const [group, file] = [this.#group, this.#file];
    if (!group || !file) throw malformed(record.place, 'record 02', record.code);
    const stated = trailerOf(record, { members: true });
    compareControls({ code: '98', place: record.place, stated, found: group, proven: false }, this.#sink);
    file.members += 1;
    file.total += stated.total ?? group.total;
    this.#group = null;
  }

  #closeFile(record: LogicalRecord): void {
    const file = this.#file;
    if (!file) throw malformed(record.place, 'record 01', record.code);
    if (!record.ended && record.parts.at(-1)?.closed !== true)
      throw malformed(record.place, 'the end of record 99', 'the end of the file');
    const stated = trailerOf(record, { members: true });
    compareControls({ code: '99', place: record.place, stated, found: file, proven: false }, this.#sink);
    this.#file = null;
  }
}

/**
 * The control total, the number of accounts or groups (not in 49), the number of records.
 * @throws {AppError} STATEMENT_MALFORMED
 */
function trailerOf(record: LogicalRecord, { members }: { members: boolean }): Control<null> {
  const { place } = record;
  const fields = new Fields(record);
  const total = amountOf(fields.next(), { place, what: `the control total of record ${record.code}` });
  const count = members ? countOf(fields.next(), { place, what: `the number in record ${record.code}` }) : null;
  const records = countOf(fields.next(), { place, what: `the number of records in record ${record.code}` });
  // One figure instead of two is the number of records (ASB, New Zealand).
  return records === null ? { total, members: null, records: count } : { total, members: count, records };
}
