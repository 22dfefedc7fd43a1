// Many rows leave as they come: what a writer holds back does not grow with the ledger. The figures for a million rows are in the writers' README.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { STATEMENT_WRITERS } from '../../../electron/adapters/statement-writers/writers.ts';
import { EXPORT_FORMATS } from '../../../shared/ipc/contract/statements.ts';
import { addDays } from '../../../shared/model/calendar-date.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import { aLedger, aRecord } from '../../builders/written-ledger.ts';

const ROWS = 50_000;
const SLICE = 1000;
const FIRST = aRecord(0).bookingDate;

const ledger = aLedger(
  Array.from({ length: ROWS }, (_, index) =>
    aRecord(index + 1, {
      bookingDate: addDays(FIRST, Math.floor(index / 200)),
      valueDate: addDays(FIRST, Math.floor(index / 200)),
      amountMinor: MinorUnits.parse(String(index % 2 === 0 ? index + 1 : -index)),
    }),
  ),
);

interface Run {
  readonly bytes: number;
  readonly largestPiece: number;
  readonly atEnd: number;
  readonly hash: string;
}

function run(format: (typeof EXPORT_FORMATS)[number], slice: number): Run {
  const file = STATEMENT_WRITERS[format].open(ledger.header);
  const hash = createHash('sha256');
  let [bytes, largestPiece] = [0, 0];
  const take = (pieces: readonly Uint8Array[]): number => {
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    for (const piece of pieces) {
      hash.update(piece);
      largestPiece = Math.max(largestPiece, piece.length);
    }
    bytes += size;
    return size;
  };
  for (let at = 0; at < ROWS; at += slice) take(file.write(ledger.rows.slice(at, at + slice)));
  const atEnd = take(file.end());
  return { bytes, largestPiece, atEnd, hash: hash.digest('hex') };
}

describe(`${ROWS} rows`, () => {
  for (const format of EXPORT_FORMATS) {
    it(`${format}: leave in small pieces, hardly anything at the end, and the same however they came`, () => {
      const result = run(format, SLICE);
      expect(result.bytes).toBeGreaterThan(1_000_000);
      expect(result.largestPiece).toBeLessThan(1_000_000);
      expect(result.atEnd).toBeLessThan(1_000_000);
      expect(run(format, 333).hash).toBe(result.hash);
    });
  }
});
