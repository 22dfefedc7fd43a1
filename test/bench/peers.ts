// Other people's parsers to compare with. They are no dependencies: a bench installs exact versions into a temporary folder when it needs them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Versions a bench was written against. */
export const PEERS = {
  '@actual-app/api': '26.9.0',
  'csv-parse': '7.0.3',
  'fast-xml-parser': '5.12.1',
  htmlparser2: '12.0.0',
  'mt940-js': '1.0.0',
  mt940js: '1.3.5',
  'ofx-js': '1.1.1',
  papaparse: '5.7.1',
  saxes: '6.0.0',
  udsv: '0.7.3',
} as const;
export type PeerName = keyof typeof PEERS;

/** Packages with a native part, which their install script fetches or builds. */
const NEEDS_SCRIPTS: ReadonlySet<string> = new Set<PeerName>(['@actual-app/api']);
/** Packages that a peer needs and does not name. */
const COMPANIONS: Readonly<Partial<Record<PeerName, string>>> = { 'mt940-js': 'tslib@2.8.1' };
const INSTALL_MS = 300_000;
/** Resolves names from its own folder. */
const LOADER = 'load.mjs';

export interface Peers {
  readonly folder: string;
  /** False where it could not be installed; `why` says more. */
  has(name: PeerName): boolean;
  why(name: PeerName): string;
  remove(): Promise<void>;
}

/** Installs each peer by itself, so that one that fails leaves the others. */
export async function installPeers(names: readonly PeerName[]): Promise<Peers> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-peers-'));
  const failures = new Map<PeerName, string>();
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  await writeFile(join(folder, LOADER), 'export const load = (name) => import(name);');
  for (const name of names) {
    const scripts = NEEDS_SCRIPTS.has(name) ? [] : ['--ignore-scripts'];
    const packages = [`${name}@${PEERS[name]}`, COMPANIONS[name] ?? []].flat();
    const words = ['install', '--no-audit', '--no-fund', '--save-exact', ...scripts, ...packages];
    try {
      await run('npm', words, { cwd: folder, timeout: INSTALL_MS });
    } catch (error) {
      failures.set(name, String(error instanceof Error ? error.message : error).split('\n')[0] ?? '');
    }
  }
  return {
    folder,
    has: (name) => names.includes(name) && !failures.has(name),
    why: (name) => `skipped: peer not available (${failures.get(name) ?? 'not asked for'})`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a file beside the peers gets when it imports one: named exports and, of CommonJS, what it exports. */
export async function importPeer<T>(folder: string, name: PeerName): Promise<T> {
  const { load } = (await import(pathToFileURL(join(folder, LOADER)).href)) as {
    load(name: string): Promise<{ default?: object }>;
  };
  const loaded = await load(name);
  return { ...loaded.default, ...loaded } as T;
}
