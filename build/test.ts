// `npm test`: prerequisites, the built window, then every test project. Ends with one line of real counts.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { preparePrerequisites } from './prerequisites.ts';
import { ROOT, runInherited } from './run.ts';

const RESULTS = join(ROOT, 'coverage/test-results.json');
const Results = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numFailedTestSuites: z.int(),
  numPendingTests: z.int(),
  success: z.boolean(),
});

/** Vitest's own counts; a suite that failed to load counts as one failed test, for it hides an unknown number. */
async function readCounts(): Promise<z.infer<typeof Results>> {
  return Results.parse(JSON.parse(await readFile(RESULTS, 'utf8')));
}

await preparePrerequisites();
await mkdir(join(ROOT, 'coverage'), { recursive: true });
await rm(RESULTS, { force: true });
const built = await runInherited(['node', 'build/build.ts', '--if-stale']);
if (built !== 0) throw new Error('the window could not be built');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`];
const code = await runInherited([
  ...(['vitest', 'run', '--config', 'build/vitest.config.ts'] as const),
  ...reporters,
  ...process.argv.slice(2),
]);
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = await readCounts();
const failed = numFailedTests === 0 && code !== 0 ? Math.max(1, numFailedTestSuites) : numFailedTests;
console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
process.exitCode = code;
