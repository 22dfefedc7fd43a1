// Runs the quick tests of keys, roles, audit, dispatch and sessions: they must take every branch, and then notice Stryker's mutants, for a mutant
// that no test notices is a promise without a proof. Arguments name areas; without any all are run. Reports: coverage/mutation-AREA.json.
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MUTATION_AREAS } from './mutation-areas.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const toolOf = (path: string): string => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
const vitest = [toolOf('vitest/vitest.mjs'), 'run', '--config', 'build/vitest.mutation.config.ts', '--coverage'];
const stryker = [toolOf('@stryker-mutator/core/bin/stryker.js'), 'run', 'build/stryker.config.json', '--mutate'];
const report = fileURLToPath(new URL('../coverage/mutation.json', import.meta.url));

/** False where a branch of the area is never taken, or its score is below the threshold. */
function judge(name: string): boolean {
  const area = MUTATION_AREAS[name];
  if (!area) throw new TypeError(`no area ${name}: ${Object.keys(MUTATION_AREAS).join(', ')}`);
  const env = { ...process.env, MUTATION_AREA: name };
  const succeeds = (...command: string[]): boolean =>
    spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit', env }).status === 0;
  if (!succeeds(...vitest)) return false;
  rmSync(report, { force: true });
  const good = succeeds(...stryker, area.mutate.join());
  if (existsSync(report)) renameSync(report, report.replace('.json', `-${name}.json`));
  return good;
}

const named = process.argv.slice(2);
const failed = (named.length > 0 ? named : Object.keys(MUTATION_AREAS)).filter((name) => !judge(name));
if (failed.length > 0) {
  console.error(`Not proven: ${failed.join(', ')}`);
  process.exitCode = 1;
}
