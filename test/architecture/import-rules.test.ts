// The import rules refuse what the house's table does not list. Each case is a file that must not be allowed.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** File → its text, and the rule that must name it; null where it is allowed (a cycle is named once, at one of its files). */
const CASES: readonly (readonly [file: string, text: string, rule: string | null])[] = [
  ['shared/model/pure.ts', 'export const x = 1;', null],
  ['shared/model/reads.ts', "import 'node:fs';", 'shared-packages'],
  ['shared/model/reaches.ts', "import '../../electron/core/use-case.ts';", 'shared-rooms'],
  ['electron/core/use-case.ts', "import '../../shared/model/pure.ts';", null],
  ['electron/core/drives.ts', "import '../adapters/sqlite/open.ts';", 'core-rooms'],
  ['electron/core/native.ts', "import 'better-sqlite3-multiple-ciphers';", 'core-packages'],
  ['electron/core/windows.ts', "import 'electron';", 'electron-only-in-its-host'],
  ['electron/adapters/sqlite/open.ts', "import 'better-sqlite3-multiple-ciphers';", null],
  ['electron/adapters/http/mixes.ts', "import '../sqlite/open.ts';", 'adapters-of-the-same-kind'],
  ['electron/adapters/http/decides.ts', "import '../../core/use-case.ts';", 'adapters-rooms'],
  ['electron/processes/vault.ts', "import '../cli/main.ts';", 'hosts-and-processes-apart'],
  ['electron/cli/main.ts', 'export const y = 1;', null],
  ['electron/practice-bank/bank.ts', "import '../core/use-case.ts';", 'practice-bank-rooms'],
  ['renderer/features/one/page.ts', "import '../two/page.ts';", 'features-apart'],
  ['renderer/features/two/page.ts', "import '../../../shared/model/pure.ts';", null],
  ['renderer/app/node.ts', "import 'node:fs';", 'renderer-packages'],
  ['renderer/app/main.ts', "import '../../electron/core/use-case.ts';", 'renderer-rooms'],
  ['renderer/app/cycle.ts', "import '../ui/one.ts'; export const two = 2;", 'no-cycles'],
  ['renderer/ui/one.ts', "import '../app/cycle.ts'; export const one = 1;", null],
  ['renderer/ui/lost.ts', "import './nowhere.ts';", 'resolvable'],
];

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

let folder = '';
let violations: Cruise['summary']['violations'] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-rules-'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const [file, text] of CASES) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [
    cruiser,
    '--config',
    join(ROOT, 'build/architecture.cjs'),
    '-T',
    'json',
    '--preserve-symlinks',
    'shared',
    'electron',
    'renderer',
  ];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  if (stdout === '') throw new Error(stderr);
  violations = (JSON.parse(stdout) as Cruise).summary.violations;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('import rules', () => {
  test.each(CASES)('%s', (file, _text, rule) => {
    const names = violations.filter(({ from }) => from === file).map((violation) => violation.rule.name);
    if (rule === null) expect(names).toEqual([]);
    else expect(names).toContain(rule);
  });
});
