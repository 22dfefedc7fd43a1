// `npm run test:soak -- [NAME…] [--scale 0.01]`: the on-demand figures of security.md §5, all or some, one line each. A loss ends it with code 1.
import { parseArgs } from 'node:util';
import { killDuringBackup, killDuringRestore } from '../test/faults/backup-kills.ts';
import { flipDatabaseBits } from '../test/faults/flips.ts';
import { sweepFullDisk } from '../test/faults/full-disk.ts';
import { killDuringRekey } from '../test/faults/rekey-kills.ts';
import { killDuringWrites } from '../test/faults/write-kills.ts';
import { runStep } from './run.ts';

/** What a soak came to, in words and figures for its line; null where this system can't run it. */
type Figures = object;

interface Soak {
  readonly name: string;
  /** The figure of the on-demand column. */
  readonly count: number;
  readonly run: (count: number) => Promise<Figures | null> | Figures;
}

/** Runs a test file whose number of inputs is a variable of its environment. */
async function fuzz(file: string, variable: string, inputs: number): Promise<Figures> {
  const words = ['vitest', 'run', '--config', 'build/vitest.config.ts', '--project', 'unit', '--testTimeout=0', file];
  const previous = process.env[variable];
  process.env[variable] = String(inputs);
  try {
    const { ok, output, seconds } = await runStep({ name: file, command: ['npx', ...words] });
    if (!ok) throw new Error(output);
    return { inputs, wrong: 0, seconds: Math.round(seconds) };
  } finally {
    if (previous === undefined) Reflect.deleteProperty(process.env, variable);
    else process.env[variable] = previous;
  }
}

const SOAKS: readonly Soak[] = [
  { name: 'write-kills', count: 10_000, run: killDuringWrites },
  { name: 'rekey-kills', count: 1_000, run: killDuringRekey },
  { name: 'backup-kills', count: 1_000, run: killDuringBackup },
  { name: 'restore-kills', count: 1_000, run: killDuringRestore },
  { name: 'flips', count: 100_000, run: (count) => flipDatabaseBits(count, Date.now() % 2 ** 31) },
  { name: 'full-disk', count: 400, run: sweepFullDisk },
  {
    name: 'fuzz-parsers',
    count: 10_000_000,
    run: (count) => fuzz('test/adapters/statements/fuzz.test.ts', 'STATEMENT_FUZZ_INPUTS', count),
  },
  {
    name: 'fuzz-ipc',
    count: 1_000_000,
    run: (count) => fuzz('test/core/app/ipc-fuzz.test.ts', 'STRONGROOM_FUZZ_MESSAGES', count),
  },
];

const line = (name: string, figures: Figures): string =>
  [
    name.padEnd(14),
    ...Object.entries(figures).map(([what, figure]: [string, unknown]) => `${what} ${String(figure)}`),
  ].join('  ');

async function soak({ name, count, run }: Soak, scale: number): Promise<boolean> {
  try {
    const figures = await run(Math.max(2, Math.round(count * scale)));
    console.log(figures ? line(name, figures) : `${name.padEnd(14)}  skipped: not on this system`);
    return true;
  } catch (error) {
    console.error(`${name.padEnd(14)}  FAILED`, error);
    return false;
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { scale: { type: 'string' } } });
const scale = Number(values.scale ?? '1');
const unknown = positionals.filter((name) => !SOAKS.some((one) => one.name === name));
if (!(scale > 0) || unknown.length > 0)
  throw new Error(
    `usage: test:soak [${SOAKS.map(({ name }) => name).join('] [')}] [--scale 0.01] ${unknown.join(' ')}`,
  );
const wanted = SOAKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const outcomes: boolean[] = [];
for (const one of wanted) outcomes.push(await soak(one, scale));
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
