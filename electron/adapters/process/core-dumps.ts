// Keeps memory out of core files: a limit a process is started with, and what it asks the kernel for itself, a case a system. It kills nothing.
import { readFileSync, writeFileSync } from 'node:fs';

/** How Node is started: the program, and the words before Node's own. */
export interface StartWords {
  readonly execPath: string;
  readonly execArgv: readonly string[];
}

/** `exec` turns the shell into Node: process id, descriptors and signals are Node's. It reads no text of ours but this. */
const LIMITED = 'ulimit -c 0; exec "$@"';
/** Kinds of memory a core file of this process would hold, as bits. @see core(5), proc(5) */
const FILTER = '/proc/self/coredump_filter';
const LIMITS = '/proc/self/limits';

/** Starts Node with a core file limit of 0, which it cannot raise. Windows writes no core files, so nothing is needed there. */
export function startWithoutCoreFiles(
  node: string,
  switches: readonly string[],
  platform: NodeJS.Platform = process.platform,
): StartWords {
  if (platform === 'win32') return { execPath: node, execArgv: switches };
  return { execPath: '/bin/sh', execArgv: ['-c', LIMITED, 'sh', node, ...switches] };
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/**
 * Asks Linux to leave all memory of this process, and of those it starts later, out of any core file; a collector of core files gets none
 * either. Elsewhere it does nothing. Whether it worked says `coreDumps`.
 */
export function refuseCoreDumps(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync(FILTER, '0');
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** `off` where the limit is 0 and no kind of memory would be written. */
export function judgeCoreDumps(limits: string, filter: string): 'off' | 'unknown' {
  const limited = /^Max core file size\s+0\s/m.test(limits);
  return limited && /^0+$/.test(filter.trim()) ? 'off' : 'unknown';
}

/** What the system says of this process: `off` where its memory is in no core file, `unknown` where the system does not tell or it might be. */
export function coreDumps(): 'off' | 'unknown' {
  try {
    return judgeCoreDumps(readFileSync(LIMITS, 'utf8'), readFileSync(FILTER, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return 'unknown';
    throw error;
  }
}
