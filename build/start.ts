// `npm start [DIR]`: the window. Electron where its binary is, otherwise an installed Chromium, otherwise what to install.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInherited, ROOT } from './run.ts';

const ELECTRON = join(ROOT, 'node_modules/electron');
const CHROMIUM_HOST = join(ROOT, 'electron/hosts/chromium/main.ts');

/** Path of Electron's binary as its package records it after a download; null where there was none. */
function findElectron(): string | null {
  const record = join(ELECTRON, 'path.txt');
  if (!existsSync(record)) return null;
  const binary = join(ELECTRON, 'dist', readFileSync(record, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

const electron = findElectron();
const targets = electron ? ['renderer', 'electron'] : ['renderer'];
const built = await runInherited(['node', 'build/build.ts', '--if-stale', ...targets]);
const words = process.argv.slice(2);
const command: [string, ...string[]] = electron ? [electron, ROOT, ...words] : ['node', CHROMIUM_HOST, ...words];
process.exitCode = built === 0 ? await runInherited(command) : built;
