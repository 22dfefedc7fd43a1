// The unit tests that judge the mutants of one area, named by MUTATION_AREA; with --coverage, whether they take every branch of it.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { MUTATION_AREAS } from './mutation-areas.ts';

const name = process.env['MUTATION_AREA'] ?? '';
const area = MUTATION_AREAS[name];
if (!area) throw new TypeError(`MUTATION_AREA is one of ${Object.keys(MUTATION_AREAS).join(', ')}`);

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: [...area.tests],
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: [...area.mutate],
      reporter: ['text'],
      reportsDirectory: `coverage/branches-${name}`,
      thresholds: { branches: 100 },
    },
  },
});
