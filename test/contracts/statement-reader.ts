// The contract of every statement reader, run by each format over its own files. It knows no format.
import { assert, constantFrom, double, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatementStream } from '../../electron/adapters/statements/read-statement.ts';
import { detectStatement } from '../../electron/adapters/statements/readers.ts';
import type { StatementReader } from '../../electron/core/ports/statement-reader.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { SourceEvent, type SourceTransaction } from '../../shared/model/source.ts';
import type { StatementProfile } from '../../shared/model/statement-profile.ts';

/**
 * A file of the format: its bytes and how many rows it holds. Small, since it is cut at every byte. `openEnded`: the format has no end mark, so
 * that a file cut between two rows passes for a whole one; then what is left must be the same rows as before the cut, or a warning must say it.
 */
export interface ContractFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly profile?: StatementProfile;
  readonly openEnded?: true;
}

/** All events of a file read in chunks of `size` bytes. @throws {AppError} what the reader throws */
export function readInChunks(bytes: Uint8Array, size: number, profile: StatementProfile | null = null): SourceEvent[] {
  const stream = new StatementStream(profile);
  const events: SourceEvent[] = [];
  for (let at = 0; at < bytes.length; at += size) events.push(...stream.write(bytes.subarray(at, at + size)));
  return [...events, ...stream.end()];
}

export function rowsOf(events: readonly SourceEvent[]): SourceTransaction[] {
  return events.flatMap((event) => (event.type === 'transactions' ? event.items : []));
}

export function countRows(events: readonly SourceEvent[]): number {
  return events.reduce((sum, event) => sum + (event.type === 'transactions' ? event.items.length : 0), 0);
}

/** The error a file gives, or null. Anything but an AppError is a bug and passes through. */
export function errorOf(read: () => unknown): AppError | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

export function statementReaderContract(reader: StatementReader, files: readonly ContractFile[]): void {
  describe(`statement reader contract: ${reader.format}`, () => {
    for (const file of files) describe(file.name, () => fileContract(reader, file));
    it('detection of random bytes never throws', () => detectsAnything(reader));
    it('a head that begins like the format and goes on at random gives events or an expected error', () =>
      survivesGarbage(files));
  });
}

function fileContract(reader: StatementReader, { bytes, rows, profile, openEnded }: ContractFile): void {
  const read = (part: Uint8Array, size: number): SourceEvent[] => readInChunks(part, size, profile ?? null);
  const whole = read(bytes, bytes.length);

  it('is detected by this reader alone, from its bytes', () => {
    expect(reader.detect(bytes)).not.toBeNull();
    expect(detectStatement(bytes)?.format).toBe(reader.format);
  });
  it('gives valid events with every row', () => {
    expect(countRows(whole)).toBe(rows);
    for (const event of whole) expect(SourceEvent.parse(event)).toEqual(event);
  });
  it('opens, fills and ends each statement in order', () => expect(shapeOf(whole)).toMatch(/^(?:st*e)+w*$/));
  it('keeps the source text of every row', () => {
    const text = Buffer.from(bytes).toString('utf8');
    for (const event of whole)
      if (event.type === 'transactions') for (const row of event.items) expect(text).toContain(row.raw);
  });
  it('is the same twice, and in chunks of any size', () => {
    for (const size of [1, 2, 3, 7, 64, 1000, bytes.length]) expect(read(bytes, size)).toEqual(whole);
  });
  it('cut off anywhere gives an error, never fewer rows', () => {
    for (let end = 0; end < bytes.length; end += 1) {
      const cut = bytes.subarray(0, end);
      let events: SourceEvent[] = [];
      const error = errorOf(() => (events = read(cut, 4096)));
      if (error !== null) expect(error.code).toMatch(/^STATEMENT_/);
      else if (openEnded) expectBeginning(events, whole, `cut at byte ${end}`);
      else expect(events, `cut at byte ${end}`).toEqual(whole);
    }
  });
}

/** The rows before the cut, letter for letter, unless a warning says that the last one may be incomplete. */
function expectBeginning(events: readonly SourceEvent[], whole: readonly SourceEvent[], name: string): void {
  const warned = events.some((event) => event.type === 'warning' && event.warning.code === 'LAST_LINE_OPEN');
  const left = rowsOf(events);
  const certain = warned ? left.slice(0, -1) : left;
  expect(certain, name).toEqual(rowsOf(whole).slice(0, certain.length));
}

function shapeOf(events: readonly SourceEvent[]): string {
  const letters = { statement: 's', transactions: 't', 'statement-end': 'e', warning: 'w' } as const;
  return events.map((event) => letters[event.type]).join('');
}

function detectsAnything(reader: StatementReader): void {
  assert(
    property(uint8Array({ maxLength: 300 }), (bytes) => {
      expect(() => reader.detect(bytes)).not.toThrow();
      expect(() => detectStatement(bytes)).not.toThrow();
    }),
    { numRuns: 2000 },
  );
}

function survivesGarbage(files: readonly ContractFile[]): void {
  const starts = constantFrom(...files);
  assert(
    property(starts, double({ min: 0, max: 1, noNaN: true }), uint8Array({ maxLength: 400 }), (file, part, tail) => {
      const head = file.bytes.subarray(0, Math.floor(file.bytes.length * part));
      const error = errorOf(() => readInChunks(Buffer.concat([head, tail]), 50, file.profile ?? null));
      if (error) expect(error.code).toMatch(/^STATEMENT_/);
    }),
    { numRuns: 1000 },
  );
}
