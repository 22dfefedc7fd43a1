// Copies damaged files into the office's `evidence` folder, once per content, whole or not at all. It never touches the originals.
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { EvidenceFiles } from '../../core/ports/evidence-files.ts';
import { withFileErrors, type FileSystem } from './file-system.ts';
import { HEADER_FILE, PREVIOUS_HEADER_FILE } from './header-files.ts';
import { CLIENTS_FOLDER } from './office-folders.ts';

/** Folder of the copies inside an office's folder. */
export const EVIDENCE_FOLDER = 'evidence';

function namesOf(what: Parameters<EvidenceFiles['keep']>[1]): string[] {
  if (what === 'header') return [HEADER_FILE, PREVIOUS_HEADER_FILE];
  const database = what === 'office' ? 'office.db' : `${CLIENTS_FOLDER}/${what}.db`;
  return [database, `${database}-wal`];
}

/** First 12 hexadecimal digits of a hash of names and contents. */
function contentName(files: FileSystem, directory: string, names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of names) hash.update(`${name}\n${files.sha256(join(directory, name))}\n`);
  return hash.digest('hex').slice(0, 12);
}

/** Beside the copies' place first: a folder in that place is complete. */
function copyInto(files: FileSystem, place: string, paths: readonly string[]): void {
  const partial = `${place}.partial`;
  files.remove(partial);
  try {
    files.makeDirectory(partial);
    for (const path of paths) {
      const copy = join(partial, basename(path));
      files.copy(path, copy);
      files.sync(copy);
    }
    files.syncDirectory(partial);
    files.rename(partial, place);
  } catch (error) {
    files.remove(partial);
    throw error;
  }
}

export function createEvidenceFiles(files: FileSystem): EvidenceFiles {
  return {
    keep: (directory, what) =>
      withFileErrors(() => {
        const names = namesOf(what).filter((name) => files.exists(join(directory, name)));
        const name = contentName(files, directory, names);
        const folder = join(directory, EVIDENCE_FOLDER);
        const place = join(folder, name);
        if (!files.exists(place)) {
          copyInto(
            files,
            place,
            names.map((file) => join(directory, file)),
          );
          files.syncDirectory(folder);
          files.syncDirectory(directory);
        }
        return `${EVIDENCE_FOLDER}/${name}`;
      }),
  };
}
