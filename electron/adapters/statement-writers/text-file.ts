// A ledger file that is text from head to tail, row by row. It holds no more than the rows it is given.
import type { LedgerFile, LedgerHeader, LedgerRecord } from '../../core/ports/statement-writer.ts';
import { LedgerTally } from './tally.ts';

/** What a text format adds: its beginning, a row, its end. `balanceMinor` is the booked balance after the row. */
export interface TextFormat {
  readonly head: string;
  readonly tail: string;
  row(record: LedgerRecord, balanceMinor: bigint | null): string;
}

const PIECE_CHARACTERS = 1 << 18;

export class TextFile implements LedgerFile {
  readonly #format: TextFormat;
  readonly #tally: LedgerTally;
  #text: string;

  constructor(header: LedgerHeader, format: TextFormat) {
    this.#format = format;
    this.#tally = new LedgerTally(header);
    this.#text = format.head;
  }

  write(rows: readonly LedgerRecord[]): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    for (const row of rows) {
      this.#tally.add(row);
      this.#text += this.#format.row(row, this.#tally.balanceMinor);
      if (this.#text.length >= PIECE_CHARACTERS) pieces.push(this.#take());
    }
    return pieces;
  }

  end(): Uint8Array[] {
    this.#tally.check();
    this.#text += this.#format.tail;
    return [this.#take()];
  }

  #take(): Uint8Array {
    const bytes = Buffer.from(this.#text, 'utf8');
    this.#text = '';
    return bytes;
  }
}
