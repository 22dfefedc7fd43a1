// Test projects: `unit` runs in parallel without processes; `process` starts real vault, connector and practice-bank processes;
// `e2e` drives a real Chromium. Files run side by side, one a core: whatever a test uses is its own. It must not raise a limit to hide a
// slow test.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  test: {
    // Vitest would leave a core to itself, and on two cores that is half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          root,
          include: ['test/**/*.test.ts'],
          exclude: ['test/process/**', 'test/e2e/**', 'test/hosts/**', 'test/practice-bank/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'process',
          root,
          include: ['test/process/**/*.test.ts', 'test/hosts/**/*.test.ts', 'test/practice-bank/**/*.test.ts'],
          globalSetup: 'test/global-setup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          root,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/global-setup.ts',
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
