// The environment and switches a child process starts with: an allow-list, so that no variable of the user's shell reaches a process with keys.
import type { ProcessName } from '../../core/ports/process-port.ts';

/** Variables a process needs to find its folders, language and time zone, on any system. Everything else stays outside. */
const ALLOWED = new Set([
  'HOME',
  'LANG',
  'LANGUAGE',
  'TMPDIR',
  'TEMP',
  'TMP',
  'TZ',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
]);

/** Old-generation heap limit in MiB. The vault's large objects live outside the heap; a parser that needs more is a hostile file. */
const HEAP_MIB: Readonly<Record<ProcessName, number>> = { vault: 1024, connector: 512 };

/**
 * Young generation in MiB, each half. A parser's rows are dead when their slice is sent; with the larger default they survive into the old
 * generation, and a file of 1 GB takes twice the memory.
 */
const SEMI_SPACE_MIB: Readonly<Partial<Record<ProcessName, number>>> = { connector: 16 };

/** The allowed part of `source` (names compared without case, as Windows does), plus `LC_*`. @see security.md §3 row 22 */
export function cleanEnvironment(source: NodeJS.ProcessEnv): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    const upper = name.toUpperCase();
    if (value !== undefined && (ALLOWED.has(upper) || upper.startsWith('LC_'))) environment[name] = value;
  }
  return environment;
}

/** Switches of V8 and Node for a process: heap limit, no `__proto__`, no inspector by signal. */
export function processSwitches(name: ProcessName): string[] {
  return [
    `--max-old-space-size=${HEAP_MIB[name]}`,
    ...(SEMI_SPACE_MIB[name] === undefined ? [] : [`--max-semi-space-size=${SEMI_SPACE_MIB[name]}`]),
    '--disable-proto=delete',
    '--disable-sigusr1',
    '--disable-warning=ExperimentalWarning',
  ];
}
