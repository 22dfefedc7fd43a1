// `npm run test:soak -- [NAME…] [--scale 0.01]`: the on-demand figures of security.md §5, all or some, one line each. A loss ends it with code 1.
// `fuzz-parsers:mt940` reads the mutations of one format alone.
import { existsSync } from 'node:fs';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import {
  FUZZED_FORMATS,
  FUZZED_SAMPLES,
  FUZZ_INPUTS_VARIABLE,
  type Fuzzed,
  fuzzTestName,
} from '../test/builders/fuzzed-formats.ts';
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

interface Fuzz {
  readonly file: string;
  /** The variable of the environment that says how many inputs there are. */
  readonly variable: string;
  readonly inputs: number;
  /** The name of the only test to run. */
  readonly only?: string;
}

/** Runs a test file whose number of inputs is a variable of its environment. */
async function fuzz({ file, variable, inputs, only }: Fuzz): Promise<Figures> {
  const words = ['vitest', 'run', '--config', 'build/vitest.config.ts', '--project', 'unit', '--testTimeout=0', file];
  const name = only === undefined ? [] : ['--testNamePattern', only];
  const { ok, output, seconds } = await withVariable(variable, String(inputs), () =>
    runStep({ name: file, command: ['npx', ...words, ...name] }),
  );
  if (!ok || !/Tests.* [1-9]\d* passed/.test(stripVTControlCharacters(output))) throw new Error(output);
  return { inputs, wrong: 0, seconds: Math.round(seconds) };
}

/** A child takes its environment when it is started, and `run` starts one before it first waits. */
function withVariable<T>(variable: string, value: string, run: () => T): T {
  const previous = process.env[variable];
  process.env[variable] = value;
  try {
    return run();
  } finally {
    if (previous === undefined) Reflect.deleteProperty(process.env, variable);
    else process.env[variable] = previous;
  }
}

const AT_ONCE = 2;

const SAMPLES = new URL('../../shared/samples', import.meta.url);
/** The formats, and the samples where they lie beside the repository. */
const FUZZED: readonly Fuzzed[] = existsSync(SAMPLES) ? [...FUZZED_FORMATS, FUZZED_SAMPLES] : FUZZED_FORMATS;

/** Reads the mutations of each format in a process of its own, two at a time, and prints a line when one is done. */
async function fuzzParsers(inputs: number, formats: readonly Fuzzed[]): Promise<Figures> {
  const waiting = [...formats];
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let format = waiting.shift(); format !== undefined; format = waiting.shift()) {
      const only = fuzzTestName(format);
      try {
        const file = 'test/adapters/statements/fuzz.test.ts';
        console.log(line(`  ${format}`, await fuzz({ file, variable: FUZZ_INPUTS_VARIABLE, inputs, only })));
      } catch (error) {
        failed.push(format);
        console.error(`  ${format.padEnd(12)}  FAILED`, error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failed.length > 0) throw new Error(`wrong or slow: ${failed.join(', ')}`);
  return { inputs: inputs * formats.length, formats: formats.length, wrong: 0 };
}

/** A name of the command line: a soak, or a soak with one of its parts. */
function chosen(name: string): Soak | null {
  const [soak = '', part] = name.split(':');
  const found = SOAKS.find((one) => one.name === soak) ?? null;
  if (part === undefined || found === null) return found;
  const formats = FUZZED.filter((format) => format === part);
  if (soak !== FUZZ_PARSERS || formats.length === 0) return null;
  return { ...found, name, run: (count) => fuzzParsers(count, formats) };
}

const FUZZ_PARSERS = 'fuzz-parsers';
const SOAKS: readonly Soak[] = [
  { name: 'write-kills', count: 10_000, run: killDuringWrites },
  { name: 'rekey-kills', count: 1_000, run: killDuringRekey },
  { name: 'backup-kills', count: 1_000, run: killDuringBackup },
  { name: 'restore-kills', count: 1_000, run: killDuringRestore },
  { name: 'flips', count: 100_000, run: (count) => flipDatabaseBits(count, Date.now() % 2 ** 31) },
  { name: 'full-disk', count: 400, run: sweepFullDisk },
  { name: FUZZ_PARSERS, count: 10_000_000, run: (count) => fuzzParsers(count, FUZZED) },
  {
    name: 'fuzz-ipc',
    count: 1_000_000,
    run: (inputs) => fuzz({ file: 'test/core/app/ipc-fuzz.test.ts', variable: 'STRONGROOM_FUZZ_MESSAGES', inputs }),
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
const names = positionals.length === 0 ? SOAKS.map(({ name }) => name) : positionals;
const wanted = names.map(chosen).filter((one) => one !== null);
if (!(scale > 0) || wanted.length < names.length)
  throw new Error(
    `usage: test:soak [${SOAKS.map(({ name }) => name).join('] [')}] [--scale 0.01]; one format: ${FUZZ_PARSERS}:${FUZZED.join('|')}`,
  );
const outcomes: boolean[] = [];
for (const one of wanted) outcomes.push(await soak(one, scale));
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
