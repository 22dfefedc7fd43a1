// Runs the real command line in a process of its own and collects what it says.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../electron/cli/main.ts', import.meta.url));

export interface CommandLineResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `strongroom …words` and waits for its end. */
export async function strongroom(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandLineResult> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') };
}

/** Runs it with `--json` and parses stdout; a code other than 0 throws with what was said. */
export async function strongroomJson<T>(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<T> {
  const { code, stdout, stderr } = await strongroom([...words, '--json'], environment);
  if (code !== 0) throw new Error(`strongroom ${words.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as T;
}
