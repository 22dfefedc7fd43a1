// Writes XLSX: sheets of rows and a summary, compressed as they come. The dates inside the archive are fixed, so that the same ledger is the same file.
import { Zip, ZipDeflate } from 'fflate';
import type { LedgerFile, LedgerHeader, LedgerRecord, StatementWriter } from '../../../core/ports/statement-writer.ts';
import { COLUMNS } from '../columns.ts';
import { rowNotExpressible } from '../failure.ts';
import { LedgerTally } from '../tally.ts';
import { needsText, xlsxRow } from './cells.ts';
import { SHEET_TAIL, STYLE, fixedParts, sheetHead, sheetPath } from './parts.ts';
import { summarySheet } from './summary.ts';

/** Rows of a sheet below its heading. @see Excel specifications and limits: 1,048,576 rows */
const ROWS_PER_SHEET = 1_048_575;
const PIECE_CHARACTERS = 1 << 18;
/** Sizes in a ZIP without its 64-bit extension have 32 bits. @see APPNOTE 6.3.10 §4.4.8, §4.4.9 */
const MAX_PART_BYTES = 2 ** 32 - 2 ** 24;

export const xlsxWriter: StatementWriter = {
  format: 'xlsx',
  open: (header) => new XlsxFile(header),
};

class XlsxFile implements LedgerFile {
  readonly #header: LedgerHeader;
  readonly #tally: LedgerTally;
  readonly #sheets: readonly string[];
  readonly #zip = new Zip((error, piece) => this.#take(error, piece));
  #pieces: Uint8Array[] = [];
  #part: ZipDeflate;
  #partBytes = 0;
  #bytes = 0;
  #text = '';
  #sheet = 0;
  #rows = 0;
  #amountsAsText = 0;

  constructor(header: LedgerHeader) {
    this.#header = header;
    this.#tally = new LedgerTally(header);
    this.#sheets = sheetNames(header.totals.rows);
    for (const { path, content } of fixedParts(this.#sheets, header)) {
      this.#open(path).push(Buffer.from(content, 'utf8'), true);
    }
    this.#part = this.#openSheet();
  }

  write(rows: readonly LedgerRecord[]): Uint8Array[] {
    for (const row of rows) {
      if (this.#rows >= ROWS_PER_SHEET) this.#nextSheet();
      this.#row(row);
      if (this.#text.length >= PIECE_CHARACTERS) this.#compress(row);
    }
    return this.#drain();
  }

  end(): Uint8Array[] {
    this.#tally.check();
    this.#closeSheet();
    const summary = this.#open(sheetPath(this.#sheets.length - 1));
    summary.push(Buffer.from(summarySheet(this.#header, this.#amountsAsText), 'utf8'), true);
    this.#zip.end();
    return this.#drain();
  }

  #row(row: LedgerRecord): void {
    this.#tally.add(row);
    this.#rows += 1;
    const context = { account: this.#header.account, balanceMinor: this.#tally.balanceMinor };
    const cells = COLUMNS.map((column) => column.cell(row, context));
    this.#amountsAsText += cells.filter(needsText).length;
    this.#text += xlsxRow(this.#rows + 1, cells);
  }

  #compress(row: LedgerRecord): void {
    const bytes = Buffer.from(this.#text, 'utf8');
    this.#text = '';
    this.#partBytes += bytes.length;
    if (Math.max(this.#partBytes, this.#bytes) > MAX_PART_BYTES)
      throw rowNotExpressible(row, 'comes after more text than an XLSX file can hold');
    this.#part.push(bytes);
  }

  #nextSheet(): void {
    this.#closeSheet();
    this.#sheet += 1;
    this.#part = this.#openSheet();
  }

  #openSheet(): ZipDeflate {
    this.#rows = 0;
    this.#partBytes = 0;
    const headings = COLUMNS.map(({ title }) => ({ kind: 'text', text: title }) as const);
    const widths = COLUMNS.map(({ width }) => width);
    this.#text = sheetHead(widths, this.#sheet === 0) + xlsxRow(1, headings, STYLE.heading);
    return this.#open(sheetPath(this.#sheet));
  }

  #closeSheet(): void {
    this.#part.push(Buffer.from(this.#text + SHEET_TAIL, 'utf8'), true);
    this.#text = '';
  }

  #open(path: string): ZipDeflate {
    const part = new ZipDeflate(path, { level: 4 });
    // ZIP keeps local time: the same local noon is the same digits in every time zone.
    part.mtime = new Date(1980, 0, 1, 12);
    this.#zip.add(part);
    return part;
  }

  #take(error: Error | null, piece: Uint8Array): void {
    if (error) throw error;
    this.#bytes += piece.length;
    this.#pieces.push(piece);
  }

  #drain(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }
}

function sheetNames(rows: number): string[] {
  const count = Math.max(1, Math.ceil(rows / ROWS_PER_SHEET));
  const names = Array.from({ length: count }, (_, index) =>
    index === 0 ? 'Transactions' : `Transactions ${index + 1}`,
  );
  return [...names, 'Summary'];
}
