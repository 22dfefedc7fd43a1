// The formats whose mutations are read, by the names that `npm run test:soak -- fuzz-parsers:NAME` takes. It imports no test runner.

export const FUZZED_FORMATS = ['ofx', 'camt', 'zip', 'mt940', 'mt942', 'csv', 'qif', 'bai2'] as const;
export type FuzzedFormat = (typeof FUZZED_FORMATS)[number];

/** The same for the files of others that lie beside the repository. */
export const FUZZED_SAMPLES = 'samples';
export type Fuzzed = FuzzedFormat | typeof FUZZED_SAMPLES;

/** The variable that says how many inputs a format's fuzz test reads; without it the number of every commit. */
export const FUZZ_INPUTS_VARIABLE = 'STATEMENT_FUZZ_INPUTS';

/** The name by which a test runner finds the test of one format. */
export function fuzzTestName(format: Fuzzed): string {
  return `mutated ${format} files`;
}
