// Seeded mutations of our own files: every outcome is an expected error or valid events that hold every row the bytes still hold.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { SourceEvent } from '../../../shared/model/source.ts';
import { camtText, ledgerRows, ofxText } from '../../builders/statement-files.ts';
import { countRows, readInChunks } from '../../contracts/statement-reader.ts';

const INPUTS = Number(process.env['STATEMENT_FUZZ_INPUTS'] ?? '20000');
const SLOWEST_MS = 2000;

/** A small seeded generator (mulberry32): the same seed mutates the same way everywhere. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const TOKENS = [
  '<',
  '>',
  '</',
  '/>',
  '&',
  '&amp;',
  '&#0;',
  '&#xD800;',
  '<!',
  '<?',
  ']]>',
  '"',
  "'",
  '=',
  '\0',
  '\r\n',
  '',
  'ÿ',
  '😀',
  '-',
  ',',
  '.',
  '1.234',
  '1,5',
  '99999999999999999999',
  '-0',
  '20230230',
  '2023-02-30',
  'NaN',
  'EUR',
  'XXX',
  '<STMTTRN>',
  '</STMTTRN>',
  '</OFX>',
  '<OFX>',
  '<Ntry>',
  '</Ntry>',
  '<Stmt>',
  '</Stmt>',
  'DBIT',
  'CRDT',
  '<MEMO>',
  '<CURDEF>',
  'xmlns=',
  'camt.053.001.02',
  'encoding="utf-16"',
].map((token) => Buffer.from(token));

function mutate(original: Buffer, next: (below: number) => number): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let times = next(3); times >= 0; times -= 1) bytes = mutateOnce(bytes, next);
  return bytes;
}

function mutateOnce(bytes: Buffer, next: (below: number) => number): Buffer {
  const at = next(bytes.length + 1);
  const end = Math.min(at + 1 + next(next(4) === 0 ? 400 : 12), bytes.length);
  const [before, middle, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
  const token = TOKENS[next(TOKENS.length)] ?? Buffer.alloc(0);
  switch (next(6)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, middle, middle, after]);
    case 2:
      return Buffer.concat([before, token, bytes.subarray(at)]);
    case 3:
      return Buffer.concat([before, token, after]);
    case 4:
      return Buffer.concat([before, Buffer.from([next(256)]), bytes.subarray(Math.min(at + 1, bytes.length))]);
    default:
      return next(4) === 0 ? before : Buffer.concat([before, middle.reverse(), after]);
  }
}

interface Outcome {
  readonly read: number;
  readonly refused: number;
  readonly slowestMs: number;
}

function fuzz(originals: readonly Buffer[], rowEnd: RegExp, seed: number): Outcome {
  const next = seeded(seed);
  const outcome = { read: 0, refused: 0, slowestMs: 0 };
  for (let input = 0; input < INPUTS; input += 1) {
    const bytes = mutate(originals[input % originals.length] ?? Buffer.alloc(0), next);
    const started = performance.now();
    const events = readOrRefuse(bytes, `input ${input} of seed ${seed}`);
    outcome.slowestMs = Math.max(outcome.slowestMs, performance.now() - started);
    if (events === null) outcome.refused += 1;
    else {
      outcome.read += 1;
      for (const event of events) SourceEvent.parse(event);
      const rowsInBytes = markupOf(bytes).match(rowEnd)?.length ?? 0;
      expect(countRows(events), `input ${input} of seed ${seed}`).toBe(rowsInBytes);
    }
  }
  return outcome;
}

/** The file without processing instructions, which a mutation can make swallow a tag. */
function markupOf(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/<\?[^]*?\?>/g, '');
}

function readOrRefuse(bytes: Buffer, name: string): SourceEvent[] | null {
  try {
    return readInChunks(bytes, 700);
  } catch (error) {
    if (!(error instanceof AppError)) throw new Error(`${name} gave an unexpected error`, { cause: error });
    expect(error.code).toMatch(/^STATEMENT_/);
    return null;
  }
}

describe('mutated files', { timeout: 60_000 + INPUTS * 5 }, () => {
  const rows = ledgerRows(2);

  it(`OFX, ${INPUTS} inputs`, () => {
    const originals = [Buffer.from(ofxText({ rows })), Buffer.from(ofxText({ rows, xml: true }))];
    const { read, refused, slowestMs } = fuzz(originals, /<\/STMTTRN\s*>/gi, 20_260_101);
    expect(read).toBeGreaterThan(INPUTS / 20);
    expect(refused).toBeGreaterThan(INPUTS / 20);
    expect(slowestMs).toBeLessThan(SLOWEST_MS);
  });
  it(`CAMT, ${INPUTS} inputs`, () => {
    const { read, refused, slowestMs } = fuzz([Buffer.from(camtText({ rows }))], /<\/Ntry\s*>/g, 20_260_102);
    expect(read).toBeGreaterThan(INPUTS / 20);
    expect(refused).toBeGreaterThan(INPUTS / 20);
    expect(slowestMs).toBeLessThan(SLOWEST_MS);
  });
});
