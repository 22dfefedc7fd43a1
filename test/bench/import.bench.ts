// Whole imports as the program does them (reader's process, host, vault's process: staged, matched, committed with receipt), in turn with the same into
// plain SQLite and with other programs. `--actual` adds Actual (its install compiles), `--actual-large` its 100,000 rows, `--million` and `--gigabyte` size.
import { availableParallelism, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ForeignProgram, foreignPrograms } from './foreign-programs.ts';
import { RUNS, type Bench, type Table, median, spreadOf } from './harness.ts';
import { ImportHost } from './import-host-port.ts';
import type { ImportRun } from './import-host.ts';
import type { BenchFormat } from './statement-files.ts';

const ROWS = 100_000;
const PEER_ROWS = 10_000;
const FORMATS: readonly BenchFormat[] = ['ofx1', 'camt', 'mt940', 'csv'];
const MEBIBYTE = 1_048_576;
/** Bytes of an OFX row. */
const OFX_ROW_BYTES = 185;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const perSecond = (rows: number, ms: number): string => Math.round(rows / (ms / 1000)).toLocaleString('en');
const megabytes = (bytes: number): string => `${Math.round(bytes / MEBIBYTE)} MB`;
const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');
const count = (rows: number): string => rows.toLocaleString('en');

/** Encrypted against plain, run by run in turn. */
async function againstPlain(encrypted: ImportHost): Promise<Table> {
  const plain = await ImportHost.start('plain');
  const rows: string[][] = [];
  try {
    for (const format of FORMATS) {
      const pairs: { ours: ImportRun; reference: ImportRun }[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        const ours = await encrypted.import({ format, rows: ROWS });
        pairs.push({ ours, reference: await plain.import({ format, rows: ROWS }) });
      }
      rows.push(lineOf(format, pairs));
    }
  } finally {
    await plain.close();
  }
  const head = [
    'import of 100,000 rows',
    'encrypted',
    'rows/s',
    'plain',
    'encrypted ÷ plain rows/s',
    'spread',
    'goal',
    '',
  ];
  return { head, rows };
}

function lineOf(format: BenchFormat, pairs: readonly { ours: ImportRun; reference: ImportRun }[]): string[] {
  const ms = median(pairs.map(({ ours }) => ours.ms));
  const ratios = pairs.map(({ ours, reference }) => reference.ms / ours.ms);
  const reference = median(pairs.map((pair) => pair.reference.ms));
  const ratio = median(ratios);
  return [
    format,
    seconds(ms),
    perSecond(ROWS, ms),
    seconds(reference),
    `${ratio.toFixed(2)}×`,
    spreadOf(ratios),
    '≥ 0.85×',
    verdict(ratio >= 0.85),
  ];
}

/** Peak memory of host, vault and connector above idle, in processes that did nothing else before. */
async function memory(): Promise<Table> {
  const rows: string[][] = [];
  for (const format of FORMATS) {
    const host = await ImportHost.start('encrypted');
    const { peakBytes, peaks } = await host.import({ format, rows: ROWS });
    await host.close();
    rows.push([
      format,
      megabytes(peakBytes),
      peaks.map(megabytes).join(', '),
      '< 300 MB',
      verdict(peakBytes < 300 * MEBIBYTE),
    ]);
  }
  return { head: ['peak memory above idle, 100,000 rows', 'all', 'host, vault, reader', 'goal', ''], rows };
}

interface Rivalry {
  readonly rows: number;
  readonly runs: number;
}

/** Ours in turn with another program that reads the same rows. */
async function rival(host: ImportHost, program: ForeignProgram, { rows, runs }: Rivalry): Promise<string[]> {
  const name = `${program.name}, ${count(rows)} rows`;
  const missing = await program.prepare(rows);
  if (missing !== null) return [name, missing];
  const pairs: { ours: number; theirs: number }[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { ms } = await host.import({ format: program.format, rows });
    pairs.push({ ours: ms, theirs: await program.run() });
  }
  const ratios = pairs.map(({ ours, theirs }) => theirs / ours);
  const goal = program.goal(rows);
  const met = median(ratios) >= goal;
  return [
    name,
    seconds(median(pairs.map(({ ours }) => ours))),
    seconds(median(pairs.map(({ theirs }) => theirs))),
    `${median(ratios).toFixed(1)}×`,
    spreadOf(ratios, 1),
    `≥ ${goal}×`,
    verdict(met),
  ];
}

async function rivals(host: ImportHost, flags: ReadonlySet<string>): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-bench-'));
  const programs = foreignPrograms(folder, flags.has('--actual') || flags.has('--actual-large'));
  const rows: string[][] = [];
  try {
    for (const program of programs) {
      const slow = program.name.startsWith('Actual');
      rows.push(await rival(host, program, { rows: PEER_ROWS, runs: slow ? 3 : RUNS }));
      if (slow && flags.has('--actual-large')) rows.push(await rival(host, program, { rows: ROWS, runs: 1 }));
    }
  } finally {
    for (const program of programs) await program.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  return { head: ['against', 'ours', 'theirs', 'its time ÷ ours', 'spread', 'goal', ''], rows };
}

/** Ten times the rows, each in processes of their own. */
async function growth(): Promise<Table> {
  const [small, large] = [await alone(ROWS), await alone(ROWS * 10)];
  const ratio = large.ms / small.ms;
  const line = [
    'OFX',
    seconds(small.ms),
    seconds(large.ms),
    `${ratio.toFixed(1)}×`,
    '≤ 11×',
    verdict(ratio <= 11),
    megabytes(large.peakBytes),
    '< 300 MB',
    verdict(large.peakBytes < 300 * MEBIBYTE),
  ];
  return {
    head: ['growth', '100,000 rows', '1,000,000 rows', 'ratio', 'goal', '', 'peak above idle', 'goal', ''],
    rows: [line],
  };
}

async function alone(rows: number, dryRun = false): Promise<ImportRun> {
  const host = await ImportHost.start('encrypted');
  const run = await host.import({ format: 'ofx1', rows, dryRun });
  await host.close();
  return run;
}

/** A file of a gigabyte that never lies on a disk, read, staged and matched. */
async function gigabyte(): Promise<Table> {
  const run = await alone(Math.ceil((1024 * MEBIBYTE) / OFX_ROW_BYTES), true);
  const line = [
    `OFX, ${megabytes(run.bytes)}, ${count(run.rows)} rows`,
    seconds(run.stagedMs),
    perSecond(run.rows, run.stagedMs),
    megabytes(run.peakBytes),
    run.peaks.map(megabytes).join(', '),
    '< 300 MB',
    verdict(run.peakBytes < 300 * MEBIBYTE),
  ];
  return { head: ['staged', 'time', 'rows/s', 'peak above idle', 'host, vault, reader', 'goal', ''], rows: [line] };
}

export const bench: Bench = {
  title: `Whole imports through the real processes, ${availableParallelism()} cores`,
  run: async (flags): Promise<Table[]> => {
    const host = await ImportHost.start('encrypted');
    const tables: Table[] = [];
    try {
      tables.push(await againstPlain(host), await rivals(host, flags));
    } finally {
      await host.close();
    }
    tables.push(await memory());
    if (flags.has('--million')) tables.push(await growth());
    if (flags.has('--gigabyte')) tables.push(await gigabyte());
    return tables;
  },
};
