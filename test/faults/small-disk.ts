// A disk of a few hundred kilobytes, where the system lets us have one: Linux, as root. Elsewhere a test says so and skips.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (command: string, words: readonly string[]): boolean => spawnSync(command, words).status === 0;

export interface SmallDisk {
  readonly directory: string;
  /** From now on nothing can be written, or everything again. */
  setReadOnly(readOnly: boolean): boolean;
  remove(): void;
}

/** Null where mounting is not for us. */
export function createSmallDisk(kibibytes: number): SmallDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const root = mkdtempSync(join(tmpdir(), 'strongroom-disk-'));
  const directory = join(root, 'disk');
  mkdirSync(directory);
  if (!run('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', directory])) {
    rmSync(root, { recursive: true });
    return null;
  }
  return {
    directory,
    setReadOnly: (readOnly) => run('mount', ['-o', `remount,${readOnly ? 'ro' : 'rw'}`, directory]),
    remove: () => {
      run('umount', ['-l', directory]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** True where this system gives us small disks. */
export function smallDisksAvailable(): boolean {
  const disk = createSmallDisk(64);
  disk?.remove();
  return disk !== null;
}
