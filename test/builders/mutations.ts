// Seeded mutations of files: the same seed mutates the same way everywhere. A reader must refuse each with an expected error, or read it right:
// every row the bytes hold, with the amounts that stand there.
import { expect } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { SourceEvent } from '../../shared/model/source.ts';
import type { StatementProfile } from '../../shared/model/statement-profile.ts';
import { readInChunks, rowsOf } from '../contracts/statement-reader.ts';
import { type AmountsInText, plainAmount } from './amounts-in-text.ts';
import { FUZZ_INPUTS_VARIABLE } from './fuzzed-formats.ts';
import { SLOWEST_MS, timedOnThread } from './thread-time.ts';

/** Inputs a parser; more on demand. */
export const MUTATED_INPUTS = Number(process.env[FUZZ_INPUTS_VARIABLE] ?? '20000');
/** Inputs out of the samples, which are a second helping: fewer on every commit, all of them on demand. */
export const MUTATED_SAMPLES = process.env[FUZZ_INPUTS_VARIABLE] === undefined ? 2000 : MUTATED_INPUTS;
/** What a suite of so many inputs may take, in milliseconds. */
export const MUTATIONS_TIMEOUT = 60_000 + MUTATED_INPUTS * 10;

type Random = (below: number) => number;

/** A small seeded generator (mulberry32). */
function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One to three changes: a stretch lost, doubled or reversed, a token put in or over it, a byte changed, the rest cut off. */
function mutate(original: Buffer, tokens: readonly Buffer[], next: Random): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let times = next(3); times >= 0; times -= 1) bytes = mutateOnce(bytes, tokens, next);
  return bytes;
}

function mutateOnce(bytes: Buffer, tokens: readonly Buffer[], next: Random): Buffer {
  const at = next(bytes.length + 1);
  const end = Math.min(at + 1 + next(next(4) === 0 ? 400 : 12), bytes.length);
  const [before, middle, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
  const token = tokens[next(tokens.length)] ?? Buffer.alloc(0);
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
      return next(4) === 0 ? before : Buffer.concat([before, Buffer.from(middle).reverse(), after]);
  }
}

/** A file to mutate, with the profile it is read by, and how its amounts are found without a reader. */
export interface Original {
  readonly bytes: Buffer;
  readonly profile?: StatementProfile;
  readonly amounts: AmountsInText;
}

/** A mutated file that was read without an error. */
export interface MutatedRead {
  readonly bytes: Buffer;
  readonly events: readonly SourceEvent[];
  /** Index of its original. */
  readonly which: number;
  /** For the message of a failed expectation. */
  readonly name: string;
}

export interface Mutations {
  readonly originals: readonly Original[];
  /** What a parser of the format may stumble over. */
  readonly tokens: readonly string[];
  readonly seed: number;
  /** Expects that what was read is what the bytes hold. */
  readonly check: (read: MutatedRead) => void;
  /** The part of the files read that must be plain enough for a second opinion on their amounts; a half unless it says otherwise. */
  readonly leastJudged?: number;
  /** How many there are, MUTATED_INPUTS unless it says otherwise. */
  readonly inputs?: number;
}

/** Reads all mutations; some must be read and some refused, none slowly, and none with another amount than its text holds. */
export function expectMutationsRead({ originals, tokens, seed, check, ...limits }: Mutations): void {
  const { leastJudged = 0.5, inputs = MUTATED_INPUTS } = limits;
  const next = seeded(seed);
  const pieces = tokens.map((token) => Buffer.from(token));
  const outcome = { read: 0, refused: 0, judged: 0, slowestMs: 0 };
  for (let input = 0; input < inputs; input += 1) {
    const which = input % originals.length;
    const original = originals[which];
    if (!original) throw new TypeError('there is something to mutate');
    const bytes = mutate(original.bytes, pieces, next);
    const name = `input ${input} of seed ${seed}`;
    const profile = original.profile ?? null;
    const { result: events, ms } = timedOnThread(() => readOrRefuse(bytes, { profile, name }));
    outcome.slowestMs = Math.max(outcome.slowestMs, ms);
    outcome[events ? 'read' : 'refused'] += 1;
    if (!events) continue;
    for (const event of events) SourceEvent.parse(event);
    check({ bytes, events, which, name });
    const amounts = original.amounts(bytes.toString('latin1'));
    if (amounts === null) continue;
    outcome.judged += 1;
    expect(rowsOf(events).map(plainAmount).toSorted(), name).toEqual(amounts.toSorted());
  }
  expect(outcome.read).toBeGreaterThan(inputs / 50);
  expect(outcome.refused).toBeGreaterThan(inputs / 50);
  expect(outcome.judged).toBeGreaterThan(outcome.read * leastJudged);
  expect(outcome.slowestMs).toBeLessThan(SLOWEST_MS);
}

interface Reading {
  readonly profile: StatementProfile | null;
  readonly name: string;
}

function readOrRefuse(bytes: Buffer, { profile, name }: Reading): SourceEvent[] | null {
  try {
    return readInChunks(bytes, 700, profile);
  } catch (error) {
    if (!(error instanceof AppError)) throw new Error(`${name} gave an unexpected error`, { cause: error });
    expect(error.code, name).toMatch(/^STATEMENT_/);
    return null;
  }
}
