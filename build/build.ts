// Builds the window (dist/renderer) and Electron's bundles (dist/electron). `--if-stale` builds only what is older than its sources.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './run.ts';

interface Target {
  readonly name: string;
  readonly configs: readonly string[];
  /** A file that exists when the target was built. */
  readonly proof: string;
  readonly sources: readonly string[];
}

const TARGETS: readonly Target[] = [
  {
    name: 'renderer',
    configs: ['build/vite.renderer.config.ts'],
    proof: 'dist/renderer/index.html',
    sources: ['renderer', 'shared', 'build/vite.renderer.config.ts', 'package-lock.json'],
  },
  {
    name: 'electron',
    configs: ['build/vite.electron.config.ts', 'build/vite.preload.config.ts'],
    proof: 'dist/electron/electron/hosts/electron/main.js',
    sources: ['electron', 'shared', 'build/vite.electron.config.ts', 'package-lock.json'],
  },
];

async function modifiedMs(path: string): Promise<number> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return info ? info.mtimeMs : 0;
}

async function newestMs(path: string): Promise<number> {
  const entries = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : [''];
  return Math.max(...(await Promise.all(entries.map((entry) => modifiedMs(join(path, entry))))));
}

async function isStale({ proof, sources }: Target): Promise<boolean> {
  const built = await modifiedMs(join(ROOT, proof));
  const newest = await Promise.all(sources.map((source) => newestMs(join(ROOT, source))));
  return built < Math.max(...newest);
}

const onlyStale = process.argv.includes('--if-stale');
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const target of TARGETS) {
  if (named.length > 0 && !named.includes(target.name)) continue;
  if (onlyStale && !(await isStale(target))) continue;
  for (const config of target.configs) await build({ configFile: join(ROOT, config), logLevel: 'warn' });
  console.error(`built ${target.name}`);
}
