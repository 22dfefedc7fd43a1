// The unit tests that judge mutants of keys, roles, audit and dispatch: those that can notice one. It must not hide a test from `npm test`.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: [
      'test/shared/ipc/**/*.test.ts',
      'test/shared/model/**/*.test.ts',
      'test/core/vault/**/*.test.ts',
      'test/vectors/**/*.test.ts',
      'test/adapters/sqlite/audit*.test.ts',
      'test/architecture/role-matrix.test.ts',
    ],
    testTimeout: 60_000,
  },
});
