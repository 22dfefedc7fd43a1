// The sample files of others as originals of mutations. Whoever finds a sample's amounts without a reader may judge its mutations.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { countRows, errorOf, readInChunks, rowsOf } from '../contracts/statement-reader.ts';
import {
  type AmountsInText,
  amountsInBai2,
  amountsInCamt,
  amountsInOfx,
  amountsInSwift,
  plainAmount,
} from './amounts-in-text.ts';
import { MUTATED_STATEMENTS } from './mutated-statements.ts';
import { MUTATED_SAMPLES, type Mutations, type Original } from './mutations.ts';

/** Larger files only take longer to mutate. */
const MAX_BYTES = 16_384;

const BY_FOLDER: Readonly<Record<string, AmountsInText>> = {
  ofx: amountsInOfx,
  camt: amountsInCamt,
  mt940: amountsInSwift,
  bai2: amountsInBai2,
};

/** The second opinion, where it is right about the sample itself. */
function opinionOn(bytes: Buffer, opinion: AmountsInText): AmountsInText {
  let amounts: string[] = [];
  const error = errorOf(() => (amounts = rowsOf(readInChunks(bytes, 700)).map(plainAmount)));
  const found = opinion(bytes.toString('latin1'));
  const right = error === null && found !== null && found.toSorted().join() === amounts.toSorted().join();
  return right ? opinion : () => null;
}

/** Mutations of all small samples, refused or read in order; a row is never made up out of nothing. */
export function mutatedSamples(folder: string): Mutations {
  const originals = Object.entries(BY_FOLDER).flatMap(([format, opinion]): Original[] =>
    readdirSync(join(folder, format), { recursive: true, encoding: 'utf8' })
      .toSorted()
      .map((name) => join(folder, format, name))
      .filter((path) => extname(path) !== '.md' && statSync(path).isFile() && statSync(path).size <= MAX_BYTES)
      .map((path) => readFileSync(path))
      .map((bytes) => ({ bytes, amounts: opinionOn(bytes, opinion) })),
  );
  return {
    originals,
    tokens: Object.values(MUTATED_STATEMENTS).flatMap(({ tokens }) => tokens),
    seed: 20_260_109,
    check: ({ bytes, events, name }) => {
      if (countRows(events) > bytes.length / 8) throw new Error(`${name} has more rows than its bytes can hold`);
    },
    leastJudged: 0.2,
    inputs: MUTATED_SAMPLES,
  };
}
