// The unit tests that judge the mutants of one area, named by MUTATION_AREA.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { MUTATION_AREAS } from './mutation-areas.ts';

const area = MUTATION_AREAS[process.env['MUTATION_AREA'] ?? ''];
if (!area) throw new TypeError(`MUTATION_AREA is one of ${Object.keys(MUTATION_AREAS).join(', ')}`);

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: { include: [...area.tests], testTimeout: 60_000 },
});
