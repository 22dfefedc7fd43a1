// Runs Stryker over keys, roles, audit, dispatch and sessions: a mutant that no test notices is a promise without a proof. Arguments name areas;
// without any it runs them all. Each leaves its report at coverage/mutation-AREA.json.
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MUTATION_AREAS } from './mutation-areas.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const stryker = fileURLToPath(new URL('../node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));
const report = fileURLToPath(new URL('../coverage/mutation.json', import.meta.url));

/** False where the area's score is below the threshold, or there is none. */
function judge(name: string): boolean {
  const area = MUTATION_AREAS[name];
  if (!area) throw new TypeError(`no area ${name}: ${Object.keys(MUTATION_AREAS).join(', ')}`);
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [stryker, 'run', 'build/stryker.config.json', '-m', area.mutate.join()],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, MUTATION_AREA: name },
    },
  );
  if (existsSync(report)) renameSync(report, report.replace('.json', `-${name}.json`));
  return status === 0;
}

const named = process.argv.slice(2);
const failed = (named.length > 0 ? named : Object.keys(MUTATION_AREAS)).filter((name) => !judge(name));
if (failed.length > 0) {
  console.error(`Below the threshold: ${failed.join(', ')}`);
  process.exitCode = 1;
}
