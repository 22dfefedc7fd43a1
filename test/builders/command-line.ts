// Runs the real command line in a process of its own and collects what it says; one that asks can be answered. Its vault takes the least
// costs that a vault allows, unless a test names the program's own entry.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { COMPILE_CACHE } from './compile-cache.ts';

const AT_FLOOR = fileURLToPath(new URL('command-line-at-floor.ts', import.meta.url));
/** The program's own entry: a new password costs what this computer can bear. */
export const PROGRAM_ENTRY = fileURLToPath(new URL('../../electron/cli/main.ts', import.meta.url));

export interface CommandLineResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** A command that is still running. */
export interface RunningCommand {
  /** Settles once standard error has the pattern, with its match; rejects when the command ends without. */
  heard(pattern: RegExp): Promise<RegExpMatchArray>;
  answer(line: string): void;
  /** Nobody answers any more. */
  hangUp(): void;
  readonly ended: Promise<CommandLineResult>;
}

/** Starts `strongroom …words`. It never has a terminal. */
export function startStrongroom(
  words: readonly string[],
  environment: Environment = {},
  entry = AT_FLOOR,
): RunningCommand {
  const child = spawn(process.execPath, [entry, ...words], {
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    for (const listener of listeners) listener();
  });
  // One that ended before it was answered closes its end first.
  child.stdin.on('error', () => child.stdin.destroy());
  const ended = new Promise<CommandLineResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    ended,
    answer: (line) => void child.stdin.write(`${line}\n`),
    hangUp: () => void child.stdin.end(),
    heard: async (pattern) =>
      await new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(stderr);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        ended.then(() => reject(new Error(`it ended without ${String(pattern)}: ${stderr}`)), reject);
        look();
      }),
  };
}

/** Runs `strongroom …words` and waits for its end. */
export async function strongroom(
  words: readonly string[],
  environment: Environment = {},
  entry = AT_FLOOR,
): Promise<CommandLineResult> {
  const command = startStrongroom(words, environment, entry);
  command.hangUp();
  return await command.ended;
}

/** Runs it with `--json` and parses stdout; a code other than 0 throws with what was said. */
export async function strongroomJson<T>(
  words: readonly string[],
  environment: Environment = {},
  entry = AT_FLOOR,
): Promise<T> {
  const { code, stdout, stderr } = await strongroom([...words, '--json'], environment, entry);
  if (code !== 0) throw new Error(`strongroom ${words.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as T;
}
