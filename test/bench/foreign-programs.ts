// Other programs that take in bank statements, where they are installed. Each gets the rows in the form it knows and does what it does with them.
import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Peers, installPeers } from './peers.ts';
import { type BenchFormat, statementFile } from './statement-files.ts';
import { benchRow } from './statement-rows.ts';

const run = promisify(execFile);
const MINUTES_20 = 1_200_000;

export interface ForeignProgram {
  readonly name: string;
  readonly format: BenchFormat;
  /** How many times our time it should take. */
  goal(rows: number): number;
  /** Writes what it reads; why it cannot run, null where it can. */
  prepare(rows: number): Promise<string | null>;
  /** Milliseconds of the work, of a command with its start. */
  run(): Promise<number>;
  remove(): Promise<void>;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function isInstalled(command: string): Promise<boolean> {
  return await run('which', [command]).then(
    () => true,
    () => false,
  );
}

function command(file: string, words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { stdio: 'ignore', timeout: MINUTES_20 });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${file} ended with ${code ?? 'a signal'}`)),
    );
  });
}

interface CommandOptions {
  readonly name: string;
  readonly format: BenchFormat;
  readonly goal: number;
  readonly command: string;
  readonly words: (path: string) => readonly string[];
  /** Before each run. */
  readonly clean?: () => void;
}

function commandProgram(folder: string, options: CommandOptions): ForeignProgram {
  const { name, format, goal, clean = () => undefined } = options;
  const path = join(folder, `${options.command}.${format}`);
  return {
    name,
    format,
    goal: () => goal,
    prepare: async (rows) => {
      if (!(await isInstalled(options.command))) return 'skipped: not installed';
      const file = openSync(path, 'w');
      for (const piece of statementFile(format, rows)) writeSync(file, piece);
      closeSync(file);
      return null;
    },
    run: () => {
      clean();
      return timed(() => command(options.command, options.words(path)));
    },
    remove: () => Promise.resolve(),
  };
}

function aqbanking(folder: string, importer: { name: string; format: BenchFormat; words: string[] }): ForeignProgram {
  const [configuration, context] = [join(folder, 'aqbanking'), join(folder, 'aqbanking.ctx')];
  return commandProgram(folder, {
    name: `aqbanking-cli, ${importer.name}`,
    format: importer.format,
    goal: 3,
    command: 'aqbanking-cli',
    words: (path) => ['-D', configuration, '-n', 'import', ...importer.words, '-f', path, '-c', context],
    clean: () => {
      rmSync(configuration, { recursive: true, force: true });
      rmSync(context, { force: true });
    },
  });
}

/** Blank lines do not count. */
const HLEDGER_RULES = `skip 2
separator ;
fields date,date2,payee,iban,description,reference,amount,after
date-format %d.%m.%Y
decimal-mark ,
currency EUR
account1 assets:bank
`;

function hledger(folder: string): ForeignProgram {
  const rules = join(folder, 'hledger.rules');
  writeFileSync(rules, HLEDGER_RULES);
  return commandProgram(folder, {
    name: 'hledger stats (reads only), CSV',
    format: 'csv',
    goal: 1,
    command: 'hledger',
    words: (path) => ['-f', `csv:${path}`, '--rules-file', rules, 'stats'],
  });
}

/** Only what its interface needs: rows are objects already, no file is parsed. Runs under the Node that its native module was built for. */
const ACTUAL_IMPORT = `
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { load } from './load.mjs';
const api = await load('@actual-app/api');
const dataDir = mkdtempSync('data-');
try {
  await api.init({ dataDir });
  await api.runImport('bench', async () => {});
  const account = await api.createAccount({ name: 'bench', offbudget: false }, 0);
  const rows = JSON.parse(readFileSync('rows.json', 'utf8'));
  const started = performance.now();
  const { added } = await api.importTransactions(account, rows);
  if (added.length !== rows.length) throw new Error(added.length + ' rows were added');
  process.send(performance.now() - started);
  await api.shutdown();
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
`;

function actualRow(index: number): object {
  const { date, amountMinor, name, purpose, reference } = benchRow(index);
  return { date, amount: amountMinor, payee_name: name, notes: purpose, imported_id: reference, cleared: true };
}

/** The Nodes of this computer: ours, and what a native module may have been built for. */
async function nodes(): Promise<string[]> {
  const { stdout } = await run('which', ['-a', 'node']).catch(() => ({ stdout: '' }));
  return [...new Set([process.execPath, ...stdout.split('\n').filter((path) => path !== '')])];
}

function nodeRun(node: string, folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['import.mjs'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: MINUTES_20,
    });
    let ms: number | null = null;
    child.once('message', (message) => (ms = Number(message)));
    child.once('error', reject);
    child.once('exit', () => (ms === null ? reject(new Error(`no import under ${node}`)) : resolve(ms)));
  });
}

class Actual implements ForeignProgram {
  readonly name = '@actual-app/api (no parsing)';
  readonly format = 'ofx1';
  #peers: Peers | null = null;
  #node: string | null = null;

  goal(rows: number): number {
    return rows > 10_000 ? 200 : 50;
  }

  async prepare(rows: number): Promise<string | null> {
    this.#peers ??= await installPeers(['@actual-app/api']);
    if (!this.#peers.has('@actual-app/api')) return this.#peers.why('@actual-app/api');
    const { folder } = this.#peers;
    writeFileSync(join(folder, 'import.mjs'), ACTUAL_IMPORT);
    this.#node ??= await this.#workingNode(folder);
    if (this.#node === null) return 'skipped: peer not available (its native module runs under no Node here)';
    writeRows(folder, rows);
    return null;
  }

  run(): Promise<number> {
    if (this.#peers === null || this.#node === null) throw new TypeError('prepared first');
    return nodeRun(this.#node, this.#peers.folder);
  }

  async remove(): Promise<void> {
    await this.#peers?.remove();
  }

  async #workingNode(folder: string): Promise<string | null> {
    writeRows(folder, 1);
    for (const node of await nodes()) {
      const works = await nodeRun(node, folder).then(
        () => true,
        () => false,
      );
      if (works) return node;
    }
    return null;
  }
}

function writeRows(folder: string, count: number): void {
  writeFileSync(
    join(folder, 'rows.json'),
    JSON.stringify(Array.from({ length: count }, (_, index) => actualRow(index))),
  );
}

/** In the order in which they are compared. */
export function foreignPrograms(folder: string, withActual: boolean): ForeignProgram[] {
  return [
    aqbanking(folder, { name: 'OFX', format: 'ofx1', words: ['--importer=ofx', '--profile=default'] }),
    aqbanking(folder, { name: 'MT940', format: 'mt940', words: ['--importer=swift', '--profile=SWIFT-MT940'] }),
    commandProgram(folder, {
      name: 'ofxdump (parses only)',
      format: 'ofx1',
      goal: 1,
      command: 'ofxdump',
      words: (path) => [path],
    }),
    hledger(folder),
    ...(withActual ? [new Actual()] : []),
  ];
}
