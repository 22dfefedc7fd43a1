// The vault process of tests as one file of plain JavaScript, from the same sources: for runs that start it a thousand times. Nothing else uses it.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What carries native code or data files stays where its files are. */
const OUTSIDE = /^(?:node:|better-sqlite3-multiple-ciphers|argon2|pdfkit|@zxcvbn-ts\/)/;

/** Bundles `entry` and what it imports into a folder of this process under `node_modules`, from where packages are found. */
export async function bundleProcess(
  entry: string,
): Promise<{ readonly file: string; readonly remove: () => Promise<void> }> {
  const outDir = join(root, 'node_modules/.cache/strongroom/bundled', `${process.pid}-${randomUUID()}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      ssr: true,
      rollupOptions: {
        input: entry,
        external: (id: string) => OUTSIDE.test(id),
        output: { format: 'es', entryFileNames: 'process.mjs' },
      },
    },
  });
  return { file: join(outDir, 'process.mjs'), remove: () => rm(outDir, { recursive: true, force: true }) };
}
