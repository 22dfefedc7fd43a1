// `npm run check`: types, lint, format, architecture, stale generated files, unit tests. CI runs it.
import { runStep, type Step } from './run.ts';

const ROOMS = ['shared', 'electron', 'renderer', 'test', 'build'];

const STEPS: readonly Step[] = [
  ...ROOMS.map((room): Step => ({ name: `types in ${room}`, command: ['tsc', '-p', room] })),
  { name: 'lint', command: ['oxlint', '--type-aware'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  {
    name: 'architecture',
    command: ['depcruise', '--config', 'build/architecture.cjs', 'shared', 'electron', 'renderer'],
  },
  { name: 'generated files', command: ['node', 'build/generate.ts', '--check'] },
];

const UNIT_TESTS: Step = {
  name: 'unit tests',
  command: ['vitest', 'run', '--config', 'build/vitest.config.ts', '--project', 'unit'],
};

const pending = [...STEPS];
let failures = 0;

async function worker(): Promise<void> {
  for (let step = pending.shift(); step; step = pending.shift()) {
    const result = await runStep(step);
    console.log(`${result.ok ? 'ok    ' : 'FAILED'} ${result.name} (${result.seconds.toFixed(1)} s)`);
    if (result.ok) continue;
    failures += 1;
    console.log(result.output);
  }
}

await Promise.all([worker(), worker()]);
if (!process.argv.includes('--no-tests')) {
  pending.push(UNIT_TESTS);
  await worker();
}
process.exitCode = failures === 0 ? 0 : 1;
