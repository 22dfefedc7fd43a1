// Runs Stryker over keys, roles, audit and dispatch: a mutant that no test notices is a promise without a proof. Arguments narrow what is mutated.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stryker = fileURLToPath(new URL('../node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));
const patterns = process.argv.slice(2).join(',');
const narrowed = patterns === '' ? [] : ['--mutate', patterns];
const { status } = spawnSync(process.execPath, [stryker, 'run', 'build/stryker.config.json', ...narrowed], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
