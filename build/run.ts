// Runs the house's commands side by side and reports which failed. It starts nothing but what its caller names.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

/** Runs one command in the root folder and collects what it prints. */
export async function runStep({ name, command: [file, ...args] }: Step): Promise<StepResult> {
  const started = performance.now();
  const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  const output = Buffer.concat(chunks).toString('utf8');
  return { name, ok: code === 0, seconds: (performance.now() - started) / 1000, output };
}

/** Runs one command with the caller's own terminal. Resolves with its exit code. */
export async function runInherited(
  [file, ...args]: readonly [string, ...string[]],
  env = process.env,
): Promise<number> {
  const child = spawn(file, args, { cwd: ROOT, stdio: 'inherit', env });
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
}
