// Starts the vault and connector processes under Electron as utility processes. It inherits no descriptor and no variable that was not allowed.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ForkOptions, UtilityProcess } from 'electron';
import { cleanEnvironment, processSwitches } from '../../adapters/process/environment.ts';
import type { ProcessExit, ProcessName, ProcessPort, SpawnProcess } from '../../core/ports/process-port.ts';

export interface UtilityProcessOptions {
  /** `utilityProcess.fork` */
  readonly fork: (entry: string, words: string[], options: ForkOptions) => UtilityProcess;
  /** Entry file of each process, absolute. */
  readonly entries: Readonly<Record<ProcessName, string>>;
  /** Hears each line a process writes to standard error; the caller redacts it. */
  readonly onStandardError: (name: ProcessName, line: string) => void;
}

/** Electron's own `kill` asks politely (SIGTERM); the wipe of a memory does not. */
function killNow(child: UtilityProcess): void {
  if (child.pid === undefined) child.kill();
  else process.kill(child.pid, 'SIGKILL');
}

function portOf(name: ProcessName, child: UtilityProcess): ProcessPort {
  const exitListeners = new Set<(exit: ProcessExit) => void>();
  let killed = false;
  let exit: ProcessExit | null = null;
  child.once('exit', (code) => {
    exit = { reason: killed ? 'killed' : 'crashed', code, signal: null };
    for (const listener of exitListeners) listener(exit);
  });
  return {
    name,
    get pid() {
      return child.pid ?? -1;
    },
    post: (message) => {
      if (!exit) child.postMessage(message, []);
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
      if (exit || killed) return;
      killed = true;
      killNow(child);
    },
  };
}

/** A SpawnProcess over `utilityProcess.fork`; call after Electron's `ready`. */
export function createUtilityProcessSpawn({ fork, entries, onStandardError }: UtilityProcessOptions): SpawnProcess {
  return (name) => {
    const child = fork(entries[name], [], {
      env: cleanEnvironment(process.env),
      execArgv: processSwitches(name),
      serviceName: `Strongroom ${name}`,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Electron types the stream as a browser's; it is Node's. @see Electron utilityProcess, child.stderr
    const standardError = child.stderr as Readable | null;
    if (standardError)
      createInterface({ input: standardError }).on('line', (line: string) => onStandardError(name, line));
    return portOf(name, child);
  };
}
