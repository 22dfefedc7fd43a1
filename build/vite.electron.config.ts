// Electron's main process, its utility processes and the practice bank as plain JavaScript, one file a module. Packages stay outside.
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

const ENTRIES = [
  'electron/hosts/electron/main.ts',
  'electron/processes/vault.ts',
  'electron/processes/connector.ts',
  'electron/practice-bank/main.ts',
];

/** Everything that is not a file of this project. */
function isPackage(id: string): boolean {
  return builtinModules.includes(id) || id.startsWith('node:') || !/^[./]|^[A-Za-z]:[\\/]|^\0/.test(id);
}

export default defineConfig({
  root,
  publicDir: false,
  build: {
    outDir: 'dist/electron',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    ssr: true,
    rollupOptions: {
      input: ENTRIES,
      external: (id: string) => isPackage(id) && !ENTRIES.includes(id),
      output: { format: 'es', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js' },
    },
  },
});
