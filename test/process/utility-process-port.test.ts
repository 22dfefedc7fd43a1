// The utilityProcess implementation of ProcessPort, over a double of Electron's UtilityProcess that runs a real process.
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ForkOptions, UtilityProcess } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { createUtilityProcessSpawn } from '../../electron/hosts/electron/utility-process-port.ts';
import { processPortContract } from '../contracts/process-port.ts';

const entry = fileURLToPath(new URL('fixtures/echo-utility-process.ts', import.meta.url));
const entries = { vault: entry, connector: entry };
const started: ForkOptions[] = [];

/** As documented: `exit` carries a code only, `kill` is polite, `pid` is there once it runs. */
function forkDouble(file: string, words: string[], options: ForkOptions): UtilityProcess {
  started.push(options);
  const child = fork(file, words, {
    env: options.env as NodeJS.ProcessEnv,
    execArgv: options.execArgv ?? [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const double = Object.assign(new EventEmitter(), {
    pid: child.pid,
    stderr: child.stderr,
    postMessage: (message: string) => void child.send(message, () => undefined),
    kill: () => child.kill('SIGTERM'),
  });
  child.on('message', (message) => double.emit('message', message));
  child.on('exit', (code) => double.emit('exit', code ?? 1));
  return double as unknown as UtilityProcess;
}

const spawn = createUtilityProcessSpawn({ fork: forkDouble, entries, onStandardError: () => undefined });

describe('utilityProcess', () => processPortContract(spawn));

describe('a utility process', () => {
  it('starts with a clean environment, a limited heap and no inherited stream', () => {
    vi.stubEnv('NODE_OPTIONS', '--no-warnings');
    vi.stubEnv('SSLKEYLOGFILE', '/nowhere');
    const port = spawn('connector');
    vi.unstubAllEnvs();
    port.kill();
    const options = started.at(-1);
    expect(Object.keys(options?.env ?? {}).filter((name) => /^(NODE|SSL)/.test(name))).toEqual([]);
    expect(options).toMatchObject({
      execArgv: expect.arrayContaining(['--max-old-space-size=512', '--disable-proto=delete']) as string[],
      stdio: ['ignore', 'ignore', 'pipe'],
      serviceName: 'Strongroom connector',
    });
  });
});
