// The source's own records of a slice, kept together in one compressed block: provenance without a file's weight.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { Database } from './open-database.ts';

const Records = z.array(z.string());

/** A block never inflates beyond this: 5,000 records of at most a megabyte come in slices far smaller. */
const MAX_BLOCK_BYTES = 512 * 1024 * 1024;

/** Speed over size: deflate's first level already brings statement records to a tenth. */
const LEVEL = 1;

/** Compresses records in their order. */
export function packRecords(records: readonly string[]): Buffer {
  return deflateRawSync(JSON.stringify(records), { level: LEVEL });
}

export interface RawRecords {
  /** Stores a block and returns its number. */
  add(batch: number, records: readonly string[]): number;
  read(block: number, position: number): string;
}

export function createRawRecords(database: Database): RawRecords {
  const insert = database.prepare('INSERT INTO raw_blocks (batch, records) VALUES (?, ?)');
  const select = database.prepare<[number], Buffer>('SELECT records FROM raw_blocks WHERE number = ?').pluck();
  return {
    add: (batch, records) => Number(insert.run(batch, packRecords(records)).lastInsertRowid),
    read: (block, position) => {
      const packed = select.get(block);
      if (!packed) return '';
      const text = inflateRawSync(packed, { maxOutputLength: MAX_BLOCK_BYTES }).toString('utf8');
      return Records.parse(JSON.parse(text))[position] ?? '';
    },
  };
}
