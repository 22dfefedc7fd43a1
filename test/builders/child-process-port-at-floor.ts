// The program's way to start processes, with the vault at the floor of what a password may cost. For tests of anything but those costs.
import { fileURLToPath } from 'node:url';
import {
  createChildProcessSpawn as createSpawn,
  SOURCE_ENTRIES,
  type ChildProcessOptions,
} from '../../electron/adapters/process/child-process-port.ts';
import type { SpawnProcess } from '../../electron/core/ports/process-port.ts';

const vault = fileURLToPath(new URL('vault-process-at-floor.ts', import.meta.url));

export function createChildProcessSpawn(options: ChildProcessOptions): SpawnProcess {
  return createSpawn({ ...options, entries: { ...SOURCE_ENTRIES, vault } });
}
