// Seeded mutations of our own files of every format: each gives an expected error, or every row the bytes still hold with its amount.
import { describe, expect, it } from 'vitest';
import { FUZZED_FORMATS, FUZZED_SAMPLES, fuzzTestName } from '../../builders/fuzzed-formats.ts';
import { mutatedSamples } from '../../builders/mutated-samples.ts';
import { MUTATED_STATEMENTS } from '../../builders/mutated-statements.ts';
import { expectMutationsRead, MUTATED_INPUTS, MUTATED_SAMPLES, MUTATIONS_TIMEOUT } from '../../builders/mutations.ts';
import { itWithShared } from '../../builders/shared-data.ts';

describe('every input is refused or read right', { timeout: MUTATIONS_TIMEOUT }, () => {
  for (const format of FUZZED_FORMATS) {
    it(`${fuzzTestName(format)}, ${MUTATED_INPUTS} inputs`, () => {
      expectMutationsRead(MUTATED_STATEMENTS[format]);
    });
  }

  itWithShared('samples', `${fuzzTestName(FUZZED_SAMPLES)}, ${MUTATED_SAMPLES} inputs`, (samples) => {
    expectMutationsRead(mutatedSamples(samples));
  });

  it('a file that gives an amount its text does not hold fails', () => {
    const { originals, ...rest } = MUTATED_STATEMENTS.bai2;
    const lying = originals.map((original) => ({ ...original, amounts: () => ['1'] }));
    expect(() => expectMutationsRead({ ...rest, originals: lying })).toThrow(/input \d+ of seed/);
  });
});
