// Replaces a file so that a crash at any moment leaves the old or the new content, never a mixture. It keeps no generations.
import { dirname } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Write beside, fsync, rename over, fsync the folder. */
export function replaceFile(files: FileSystem, path: string, bytes: Uint8Array): void {
  const beside = `${path}.new`;
  files.write(beside, bytes);
  files.sync(beside);
  files.rename(beside, path);
  files.syncDirectory(dirname(path));
}
