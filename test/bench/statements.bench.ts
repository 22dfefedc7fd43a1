// Reading statement files alone: our readers and other people's parsers in turn over the same file, each run in a process of its own.
import { fork } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { detectStatement } from '../../electron/adapters/statements/readers.ts';
import { RUNS, type Bench, type Table, median, spreadOf } from './harness.ts';
import type { ParseRun } from './parse-run.ts';
import type { ParserName } from './parsers.ts';
import { type PeerName, type Peers, installPeers } from './peers.ts';
import { BENCH_FORMATS, type BenchFormat, statementFile } from './statement-files.ts';

const ROWS = 100_000;
const MEBIBYTE = 1_048_576;
const ENTRY = fileURLToPath(new URL('parse-run.ts', import.meta.url));

/** Who else reads what. saxes and htmlparser2 only report elements, papaparse, csv-parse and udsv only cut cells: no dates, no amounts, no rows. */
const CONTESTS: Readonly<Record<BenchFormat, readonly Exclude<ParserName, 'strongroom'>[]>> = {
  ofx1: ['ofx-js'],
  ofx2: ['saxes', 'htmlparser2', 'fast-xml-parser', 'ofx-js'],
  camt: ['saxes', 'htmlparser2', 'fast-xml-parser'],
  mt940: ['mt940js', 'mt940-js'],
  csv: ['papaparse', 'udsv', 'csv-parse'],
  qif: [],
  bai2: [],
};
const TOKENS_ONLY: ReadonlySet<string> = new Set<PeerName>(['saxes', 'htmlparser2', 'papaparse', 'udsv', 'csv-parse']);

function parseRun(words: readonly string[]): Promise<ParseRun> {
  return new Promise((resolve, reject) => {
    const child = fork(ENTRY, words, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let problem = '';
    child.stderr?.on('data', (text: Buffer) => (problem += text.toString()));
    child.once('message', (run) => resolve(run as ParseRun));
    child.once('exit', () => reject(new Error(`${words.join(' ')}: ${problem.slice(-500)}`)));
  });
}

interface File {
  readonly format: BenchFormat;
  readonly path: string;
}

function isRead(format: BenchFormat): boolean {
  return detectStatement(Buffer.concat([...statementFile(format, 100)])) !== null;
}

function writeFile(folder: string, format: BenchFormat): File {
  const path = join(folder, format);
  const file = openSync(path, 'wx');
  for (const piece of statementFile(format, ROWS)) writeSync(file, piece);
  closeSync(file);
  return { format, path };
}

async function contest({ format, path }: File, peers: Peers): Promise<string[][]> {
  const names = CONTESTS[format].filter((name) => peers.has(name));
  const parsers: readonly ParserName[] = ['strongroom', ...names];
  const runs = new Map<ParserName, ParseRun[]>(parsers.map((parser) => [parser, []]));
  for (let round = 0; round < RUNS; round += 1)
    for (const parser of parsers) {
      const run = await parseRun([parser, format, path, peers.folder]);
      if (run.rows !== ROWS) throw new Error(`${parser} read ${run.rows} rows of ${format}`);
      runs.get(parser)?.push(run);
    }
  const ours = runs.get('strongroom') ?? [];
  const megabytes = statSync(path).size / MEBIBYTE;
  const lines = parsers.map((parser) => lineOf(parser, { runs: runs.get(parser) ?? [], ours, megabytes }));
  const missing = CONTESTS[format].filter((name) => !peers.has(name)).map((name) => [name, peers.why(name)]);
  return [[`${format}, ${megabytes.toFixed(1)} MB`], ...lines, ...missing];
}

function lineOf(
  parser: ParserName,
  { runs, ours, megabytes }: { runs: readonly ParseRun[]; ours: readonly ParseRun[]; megabytes: number },
): string[] {
  const ms = median(runs.map((run) => run.ms));
  const ratios = runs.map((run, round) => run.ms / (ours[round]?.ms ?? Number.NaN));
  return [
    `  ${parser}${TOKENS_ONLY.has(parser) ? ' (tokens only)' : ''}`,
    (megabytes / (ms / 1000)).toFixed(1),
    Math.round(ROWS / (ms / 1000)).toLocaleString('en'),
    `${(median(runs.map((run) => run.cpuMs)) / 1000).toFixed(2)} s`,
    `${(median(runs.map((run) => run.peakBytes)) / MEBIBYTE).toFixed(0)} MB`,
    parser === 'strongroom' ? '' : `${median(ratios).toFixed(2)}×`,
    parser === 'strongroom' ? '' : spreadOf(ratios),
  ];
}

const HEAD = ['reader', 'MB/s', 'rows/s', 'CPU time', 'peak memory', 'its time ÷ ours', 'spread'];

export const bench: Bench = {
  title: `Reading files of ${ROWS.toLocaleString('en')} rows, each run in a fresh process`,
  run: async (): Promise<Table[]> => {
    const folder = mkdtempSync(join(tmpdir(), 'strongroom-bench-'));
    const peers = await installPeers([...new Set(Object.values(CONTESTS).flat())]);
    try {
      const rows: string[][] = [];
      for (const format of BENCH_FORMATS) {
        if (!isRead(format)) {
          rows.push([`${format}: no reader yet`]);
          continue;
        }
        rows.push(...(await contest(writeFile(folder, format), peers)));
        rmSync(join(folder, format));
      }
      return [{ head: HEAD, rows }];
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await peers.remove();
    }
  },
};
