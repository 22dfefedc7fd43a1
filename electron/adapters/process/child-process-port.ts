// Starts the vault and connector processes under plain Node. It inherits no descriptor and no variable that was not allowed.
import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProcessExit, ProcessName, ProcessPort, SpawnProcess } from '../../core/ports/process-port.ts';
import { startWithoutCoreFiles } from './core-dumps.ts';
import { cleanEnvironment, processSwitches } from './environment.ts';

/** Entry files of the processes, run from source by Node's type stripping. */
export const SOURCE_ENTRIES: Readonly<Record<ProcessName, string>> = Object.freeze({
  vault: fileURLToPath(new URL('../../processes/vault.ts', import.meta.url)),
  connector: fileURLToPath(new URL('../../processes/connector.ts', import.meta.url)),
});

export interface ChildProcessOptions {
  /** Entry file of each process, absolute. Defaults to the sources. */
  readonly entries?: Readonly<Record<ProcessName, string>>;
  /** Hears each line a process writes to standard error; the caller redacts it. */
  readonly onStandardError: (name: ProcessName, line: string) => void;
  /** Variables added to the clean environment. Tests only. */
  readonly environment?: Readonly<Record<string, string>>;
}

function onceEnded(child: ChildProcess, listener: (code: number | null, signal: string | null) => void): void {
  let ended = false;
  const end = (code: number | null, signal: string | null): void => {
    if (ended) return;
    ended = true;
    listener(code, signal);
  };
  child.once('exit', end);
  child.on('error', () => {
    if (child.pid === undefined) end(null, null);
  });
}

function portOf(name: ProcessName, child: ChildProcess): ProcessPort {
  const exitListeners = new Set<(exit: ProcessExit) => void>();
  let killed = false;
  let exit: ProcessExit | null = null;
  onceEnded(child, (code, signal) => {
    exit = { reason: killed ? 'killed' : 'crashed', code, signal };
    for (const listener of exitListeners) listener(exit);
  });
  return {
    name,
    pid: child.pid ?? -1,
    post: (message) => {
      // A send that fails belongs to a child that is ending; its exit event tells the caller.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => {
      const heard = (message: unknown): void => listener(String(message));
      child.on('message', heard);
      return () => void child.off('message', heard);
    },
    onExit: (listener) => {
      exitListeners.add(listener);
      if (exit) listener(exit);
      return () => void exitListeners.delete(listener);
    },
    kill: () => {
      killed = true;
      child.kill('SIGKILL');
    },
  };
}

/** A SpawnProcess over `child_process.fork`: JSON channel, no standard input or output, clean environment, limited heap, no core files. */
export function createChildProcessSpawn(options: ChildProcessOptions): SpawnProcess {
  const entries = options.entries ?? SOURCE_ENTRIES;
  return (name) => {
    const { execPath, execArgv } = startWithoutCoreFiles(process.execPath, processSwitches(name));
    const child = fork(entries[name], [], {
      env: { ...cleanEnvironment(process.env), ...options.environment },
      execPath,
      execArgv: [...execArgv],
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
    });
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => options.onStandardError(name, line));
    }
    return portOf(name, child);
  };
}
